import type { Profession } from '../../domain/people.ts';
import { mayLead } from '../../domain/policy.ts';
import { Chance } from './chance.ts';
import { EXAMPLE, WEEKS_BACK, type CaseStory } from './story.ts';

type Values = Readonly<Record<string, number>>;

/** One week's ratings of one citizen, before anybody saw another's. */
export interface RatingWeek {
	/** 0 is the current week. */
	readonly weeksAgo: number;
	readonly citizen: Values;
	readonly professionals: readonly { readonly profession: Profession; readonly values: Values }[];
	/** The current week's are still hidden. */
	readonly revealed: boolean;
}

/** What the example citizen is rated on, in the order of the template. */
const EXAMPLE_MILESTONES = [
	'belief-in-own-abilities',
	'responsible-and-reliable',
	'skills-and-experience',
	'handles-mental-illness',
	'everyday-mastery',
	'motivation',
];
const MILESTONES = [...EXAMPLE_MILESTONES, 'professional-community', 'clear-about-education-or-job', 'labour-market-knowledge'];

/** How a milestone goes, and how differently the two sides see it. */
interface Course {
	readonly milestone: string;
	readonly start: number;
	/** Steps a week. */
	readonly climb: number;
	/** How many steps higher the citizen sees it than the professionals do. */
	readonly gap: number;
	/** The professionals have not answered since; null where they have. */
	readonly silentForWeeks: number | null;
}

/** Twelve weeks of ratings; of one citizen in eight nobody has rated anything. */
export function ratingWeeks(story: CaseStory): readonly RatingWeek[] {
	const chance = new Chance(`${story.citizen.name} ratings`);
	const isExample = story.citizen.name === EXAMPLE;
	if (chance.happens(0.12) && !isExample) return [];
	const courses = isExample ? exampleCourses() : someCourses(chance);
	const raters = ratersOf(story, chance);
	const started = isExample ? WEEKS_BACK - 1 : chance.between(5, WEEKS_BACK - 1);
	const weeks: RatingWeek[] = [];
	for (let weeksAgo = started; weeksAgo >= 0; weeksAgo--) {
		const skipped = chance.happens(isExample ? 0 : 0.12);
		const current = weeksAgo === 0;
		const professionals = raters.map((profession) => ({ profession, values: seen(courses, 'professionals', weeksAgo, chance) }));
		const citizen = seen(courses, 'citizen', weeksAgo, chance);
		if (skipped || (current && !isExample && chance.happens(0.7))) continue;
		weeks.push({ weeksAgo, citizen, professionals: current ? professionals.slice(0, 1) : professionals, revealed: !current });
	}
	return weeks;
}

function exampleCourses(): readonly Course[] {
	const gaps = [-2, 0, 1, 0, 2, 1];
	return EXAMPLE_MILESTONES.map((milestone, index) => ({
		milestone,
		start: [2, 1, 1.5, 2.5, 2, 2.5][index] ?? 2,
		climb: [0.2, 0.22, 0.16, 0.05, 0.08, 0.14][index] ?? 0.1,
		gap: gaps[index] ?? 0,
		silentForWeeks: milestone === 'handles-mental-illness' ? 4 : null,
	}));
}

function someCourses(chance: Chance): readonly Course[] {
	const first = chance.between(0, MILESTONES.length - 1);
	return Array.from({ length: chance.between(4, 6) }, (_, index) => ({
		milestone: MILESTONES[(first + index) % MILESTONES.length]!,
		start: 1.5 + chance.next() * 2,
		climb: chance.oneOf([0.2, 0.12, 0, -0.1]),
		gap: chance.oneOf([0, 0, 0, 1, 1, -1, -1, 2, -2]),
		silentForWeeks: chance.happens(0.15) ? chance.between(3, 5) : null,
	}));
}

/** The coordinator and two more who read the plan. */
function ratersOf({ coordinator, tracks }: CaseStory, chance: Chance): readonly Profession[] {
	const keepers = tracks.map(({ keeper }) => keeper).filter((keeper) => mayLead(keeper) && keeper !== coordinator);
	const others = [...new Set<Profession>([...keepers, 'teacher', 'social-mentor'])].filter((each) => each !== coordinator);
	const first = chance.between(0, others.length - 1);
	return [...new Set([coordinator, others[first]!, others[(first + 1) % others.length]!])];
}

function seen(courses: readonly Course[], side: 'citizen' | 'professionals', weeksAgo: number, chance: Chance): Values {
	const values: Record<string, number> = {};
	for (const { milestone, start, climb, gap, silentForWeeks } of courses) {
		const doubt = (chance.next() - 0.5) * 0.9;
		if (side === 'professionals' && silentForWeeks !== null && weeksAgo < silentForWeeks) continue;
		const level = start + climb * (WEEKS_BACK - weeksAgo) + (side === 'citizen' ? gap : doubt);
		values[milestone] = Math.min(5, Math.max(1, Math.round(level)));
	}
	return values;
}
