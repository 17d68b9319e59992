import type { ChecklistLine } from '../../domain/meeting/checklist.ts';
import type { Attendance, Direction } from '../../domain/week/week-status.ts';
import { Chance } from './chance.ts';
import { KEEPER_OF, type TeamKey } from './cast.ts';
import citizens from './citizens.json' with { type: 'json' };
import texts from './texts.json' with { type: 'json' };
import type { Profession } from '../../domain/people.ts';
import type { ObservationKind } from '../../domain/observation/observation.ts';

/** Weeks of history before the current one. */
export const WEEKS_BACK = 12;

/** Past weekly meetings of each team: as many as a first start can afford, each some two seconds of work. */
export const MEETINGS_BACK = 4;

export interface DemoCitizen {
	readonly name: string;
	readonly she: boolean;
	readonly born: number;
	/** Index into the phases of the template. */
	readonly phase: number;
	/** Where the placement is; empty while there is none. */
	readonly place: string;
	readonly own: string;
	readonly team: string;
	readonly kind: string;
}

export interface WeekStory {
	/** 0 is the current week, 1 the one before. */
	readonly weeksAgo: number;
	readonly direction: Direction;
	readonly attended: Attendance | null;
	readonly line: string;
	readonly raise: boolean;
}

export interface TrackStory {
	readonly type: string;
	readonly keeper: Profession;
	readonly label: string | null;
	readonly timesPerWeek: number;
	readonly startedWeeksAgo: number;
	readonly endsInWeeks: number;
	/** Weeks ago the rest began; null when it runs. */
	readonly pausedWeeksAgo: number | null;
	/** Weeks without a row are silence. */
	readonly weeks: readonly WeekStory[];
	readonly tasks: readonly TaskStory[];
	/** When the tasks were agreed. */
	readonly tasksWeeksAgo: number;
}

export interface MeetingStory {
	readonly weeksAgo: number;
	/** Empty where nothing was decided. */
	readonly decision: string;
	readonly agreed: Readonly<Partial<Record<ChecklistLine, string>>>;
}

export interface TaskStory {
	readonly text: string;
	/** From today; negative is overdue. */
	readonly dueInDays: number;
	readonly finished: boolean;
	readonly removed: boolean;
	/** Empty unless it is given up. */
	readonly dropReason: string;
	/** When it was made; what became of it is said at the meeting after. */
	readonly madeWeeksAgo: number;
}

export interface ObservationStory {
	readonly author: Profession;
	readonly compartment: 'team' | 'placement' | 'clinical' | 'justice';
	readonly kind: ObservationKind;
	readonly text: string;
	readonly daysAgo: number;
	readonly comment: { readonly author: Profession; readonly text: string } | null;
}

export interface CaseStory {
	readonly citizen: DemoCitizen;
	readonly team: TeamKey;
	readonly inPrison: boolean;
	readonly tracks: readonly TrackStory[];
	readonly observations: readonly ObservationStory[];
	readonly coordinator: Profession;
	/** Two colleagues chose this week's status of the social mentor's track at once. */
	readonly disagreement: boolean;
	/** The team has opened the board since anything happened. */
	readonly seen: boolean;
	/** The access of the psychologist, who is no employee of the municipality, ends within days. */
	readonly accessEnds: boolean;
	/** Meetings that talked of the citizen, by how many weeks ago, the oldest first. */
	readonly meetings: readonly MeetingStory[];
	/** Set where the coordinator changed: who it was, and how many weeks ago. */
	readonly before: { readonly profession: Profession; readonly weeksAgo: number } | null;
}

/** Weeks in which nobody wrote a word about a citizen who has been forgotten. */
const QUIET_WEEKS = 2;

/** The citizen whose board shows everything there is to see. */
export const EXAMPLE = 'Amina Holm';
const IN_PRISON = new Set(['Rasmus Hede', 'Victor Lund']);

/** The whole municipality: two teams, thirty citizens each. */
export function demoStories(): readonly CaseStory[] {
	return (['west', 'east'] as const).flatMap((team) => citizens[team].map((citizen, index) => storyOf(citizen, team, index)));
}

/** Puts the citizen's name and pronouns into a text. */
export function about(text: string, citizen: DemoCitizen): string {
	const words: Record<string, string> = citizen.she
		? { hun: 'hun', Hun: 'Hun', hende: 'hende', hendes: 'hendes' }
		: { hun: 'han', Hun: 'Han', hende: 'ham', hendes: 'hans' };
	const place = citizen.place || 'virksomheden';
	const known: Record<string, string> = {
		...words,
		first: citizen.name.split(' ')[0]!,
		place,
		Place: place[0]!.toUpperCase() + place.slice(1),
	};
	return text.replace(/\{(\w+)\}/g, (whole, word: string) => known[word] ?? whole);
}

function storyOf(citizen: DemoCitizen, team: TeamKey, index: number): CaseStory {
	const chance = new Chance(citizen.name);
	const inPrison = IN_PRISON.has(citizen.name);
	const placed = citizen.place !== '';
	const isExample = citizen.name === EXAMPLE;
	const course = courseOf(citizen);
	const quiet = course === 'silent';
	const changed = placed && (chance.happens(0.6) || isExample);
	return {
		citizen,
		team,
		inPrison,
		disagreement: isExample,
		seen: !isExample && new Chance(`${citizen.name} seen`).happens(0.4),
		accessEnds: new Chance(`${citizen.name} access`).happens(0.1),
		tracks: trackTypes(citizen, chance, inPrison)
			.map((type) => trackStory(type, citizen, chance))
			.map((track) => (course ? COURSES[course](track) : track)),
		observations: observations(citizen, chance, inPrison).map((story) => (quiet ? earlier(story) : story)),
		meetings: meetingStories(citizen, index, quiet),
		coordinator: placed ? 'job-consultant' : chance.oneOf(['case-worker', 'social-mentor'] as const),
		before: changed ? { profession: 'case-worker', weeksAgo: chance.between(2, 6) } : null,
	};
}

/** The job-directed track is always last, so that lists of citizens read alike. */
function trackTypes(citizen: DemoCitizen, chance: Chance, inPrison: boolean): readonly string[] {
	const types = [];
	const all = citizen.name === EXAMPLE;
	if (chance.happens(0.55) || all) types.push('psychologist');
	types.push(...(chance.happens(0.8) || all ? ['group-teaching'] : []), 'motivation-talks');
	if (2026 - citizen.born < 28 || chance.happens(0.3)) types.push('social-mentor');
	if (chance.happens(0.35)) types.push('exercise');
	if (chance.happens(0.35) || all) types.push('health-support');
	if (inPrison || chance.happens(0.2)) types.push('substance-treatment');
	if (chance.happens(0.5) || all) types.push('practical-help');
	if (citizen.place) types.push('company-placement');
	return types;
}

function trackStory(type: string, citizen: DemoCitizen, chance: Chance): TrackStory {
	const placement = type === 'company-placement';
	const startedWeeksAgo = placement ? chance.between(3, 7) : chance.between(5, WEEKS_BACK);
	const timesPerWeek =
		{ 'group-teaching': 4, 'social-mentor': 2, exercise: 2, 'company-placement': 3, 'practical-help': 0.5 }[type] ?? 1;
	const isExample = citizen.name === EXAMPLE && type === 'health-support';
	const pausedWeeksAgo = isExample ? 2 : chance.happens(0.08) ? chance.between(1, 3) : null;
	return {
		type,
		timesPerWeek,
		startedWeeksAgo,
		pausedWeeksAgo,
		keeper: KEEPER_OF[type]!,
		label: placement ? citizen.place : null,
		endsInWeeks: chance.between(1, 11),
		weeks: weekStories(startedWeeksAgo, pausedWeeksAgo, timesPerWeek, chance),
		tasks: taskStories(type, citizen, chance),
		tasksWeeksAgo: 1,
	};
}

/** What a few of the citizens have in common beyond chance: nobody writes, they stop coming, or nothing moves. */
const COURSES = { silent: fallenSilent, waning, still };

function courseOf(citizen: DemoCitizen): keyof typeof COURSES | null {
	if (citizen.name === EXAMPLE) return null;
	const course = new Chance(`${citizen.name} course`).next();
	if (course < 0.15) return 'waning';
	if (course < 0.3) return 'still';
	return course > 0.8 && citizen.place === '' ? 'silent' : null;
}

function waning(track: TrackStory): TrackStory {
	const weeks = track.weeks.map((week): WeekStory => {
		const attended = week.attended && { ...week.attended, came: week.weeksAgo > 2 ? week.attended.planned : 0 };
		return { ...week, attended, direction: week.weeksAgo > 2 ? week.direction : 'back' };
	});
	return { ...track, weeks };
}

function still(track: TrackStory): TrackStory {
	return { ...track, weeks: track.weeks.map((week) => ({ ...week, direction: 'unchanged' as const, line: '' })) };
}

function fallenSilent(track: TrackStory): TrackStory {
	const weeks = track.weeks.filter(({ weeksAgo }) => weeksAgo >= QUIET_WEEKS);
	return { ...track, weeks, pausedWeeksAgo: null, tasksWeeksAgo: QUIET_WEEKS };
}

function earlier(story: ObservationStory): ObservationStory {
	return { ...story, daysAgo: story.daysAgo + 7 * QUIET_WEEKS };
}

/** Attendance drifts up or down; a tenth of the weeks are silent; the current week is half told. */
function weekStories(started: number, paused: number | null, timesPerWeek: number, chance: Chance): readonly WeekStory[] {
	const weeks: WeekStory[] = [];
	const planned = Math.max(1, Math.round(timesPerWeek));
	const drift = chance.oneOf([0.04, 0.02, 0, -0.03]);
	let share = 0.45 + chance.next() * 0.35;
	for (let weeksAgo = started; weeksAgo >= 0; weeksAgo--) {
		share = Math.min(1, Math.max(0.05, share + drift + (chance.next() - 0.5) * 0.25));
		const silent = chance.happens(weeksAgo === 0 ? 0.4 : 0.1) || (paused !== null && weeksAgo <= paused);
		const line = chance.next();
		const raise = chance.happens(weeksAgo === 0 ? 0.2 : 0.05);
		if (silent || (timesPerWeek < 1 && weeksAgo % 2 === 1)) continue;
		const came = Math.round(share * planned);
		const direction: Direction = share > 0.75 ? 'forward' : share < 0.3 ? 'back' : 'unchanged';
		const lines = texts.lines[direction];
		weeks.push({ weeksAgo, direction, attended: { came, planned }, line: lines[Math.floor(line * lines.length)]!, raise });
	}
	return weeks;
}

function taskStories(type: string, citizen: DemoCitizen, chance: Chance): readonly TaskStory[] {
	const pool = texts.tasks[type as keyof typeof texts.tasks];
	const count = Math.min(pool.length, chance.between(0, 2));
	const first = chance.between(0, pool.length - 1);
	return Array.from({ length: count }, (_, index) => ({
		text: about(pool[(first + index) % pool.length]!, citizen),
		dueInDays: chance.happens(0.15) ? -chance.between(1, 6) : chance.between(1, 16),
		finished: chance.happens(0.25),
		removed: chance.happens(0.08),
		dropReason: about(texts.dropReasons[(first + index) % texts.dropReasons.length]!, citizen),
		madeWeeksAgo: 1 + ((first + index + citizen.born) % 4),
	}));
}

/** Half of the citizens each week, and the example always; its own chance, so that the other stories stay as they are. */
function meetingStories(citizen: DemoCitizen, index: number, quiet: boolean): readonly MeetingStory[] {
	const chance = new Chance(`${citizen.name} meetings`);
	const weeks = Array.from({ length: MEETINGS_BACK }, (_, back) => MEETINGS_BACK - back);
	return weeks
		.filter((weeksAgo) => citizen.name === EXAMPLE || (index + weeksAgo) % 2 === 0)
		.map((weeksAgo) => ({ weeksAgo, isForgotten: quiet && weeksAgo < QUIET_WEEKS }))
		.map(({ weeksAgo, isForgotten }) => ({
			weeksAgo,
			decision: chance.happens(0.5) && !isForgotten ? about(chance.oneOf(texts.decisions), citizen) : '',
			agreed: Object.fromEntries(
				Object.entries(texts.agreed)
					.filter(() => chance.happens(0.6) && !isForgotten)
					.map(([line, pool]) => [line, about(chance.oneOf(pool), citizen)]),
			),
		}));
}

function observations(citizen: DemoCitizen, chance: Chance, inPrison: boolean): readonly ObservationStory[] {
	const authors = (['teacher', 'social-mentor', 'job-consultant', 'case-worker', 'health-staff', 'psychologist'] as const).filter(
		(author) => author !== 'job-consultant' || citizen.place !== '',
	);
	const stories = Array.from({ length: chance.between(4, 7) }, (): ObservationStory => {
		const author = chance.oneOf(authors);
		const pool = texts.observations[author];
		const comment = chance.happens(0.3)
			? { author: chance.oneOf(authors), text: about(chance.oneOf(texts.comments), citizen) }
			: null;
		return {
			author,
			compartment: 'team',
			...pick(pool, citizen, chance),
			daysAgo: chance.between(0, citizen.name === EXAMPLE ? 10 : 40),
			comment,
		};
	});
	if (chance.happens(0.4) || citizen.name === EXAMPLE) stories.push(sealedOff('psychologist', 'clinical', citizen, chance));
	if (citizen.place === 'Løvbjerg Gartneri') stories.push(sealedOff('company-mentor', 'placement', citizen, chance));
	if (inPrison) stories.push(sealedOff('prison-partner', 'justice', citizen, chance));
	return unlikeEachOther(stories);
}

function sealedOff(
	author: Profession,
	compartment: 'clinical' | 'justice' | 'placement',
	citizen: DemoCitizen,
	chance: Chance,
): ObservationStory {
	return {
		author,
		compartment,
		...pick(texts.observations[compartment], citizen, chance),
		daysAgo: chance.between(3, 18),
		comment: null,
	};
}

function pick(
	pool: readonly (readonly string[])[],
	citizen: DemoCitizen,
	chance: Chance,
): { kind: ObservationKind; text: string } {
	const [kind, text] = chance.oneOf(pool);
	return { kind: kind as ObservationKind, text: about(text!, citizen) }; // safe: texts.json holds kinds only
}

/** Nobody writes the same sentence twice about one citizen. */
function unlikeEachOther(stories: readonly ObservationStory[]): readonly ObservationStory[] {
	return stories.filter((story, index) => stories.findIndex(({ text }) => text === story.text) === index);
}
