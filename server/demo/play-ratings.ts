import type { CaseId } from '../../domain/ids.ts';
import { weekOf } from '../../domain/iso-week.ts';
import type { Profession } from '../../domain/people.ts';
import { handleGiveRatings } from '../commands/rating/give.ts';
import { handleRevealRatings } from '../commands/rating/reveal.ts';
import type { RatingWeek } from './rating-story.ts';
import { done, type Role, type Stage } from './stage.ts';
import type { Happening } from './timeline.ts';
import { workingHour } from './working-hour.ts';

/** One week: each professional answers, one of them writes for the citizen, and the lead shows all of it at once. */
export function ratedInWeek(
	stage: Stage,
	caseId: CaseId,
	story: RatingWeek,
	roleOf: (profession: Profession) => Role,
): Happening {
	const at = workingHour(stage.now, 7 * story.weeksAgo, story.weeksAgo * 11);
	return { kind: 'command', at, run: (then) => rate(then, at, caseId, story, roleOf) };
}

async function rate(
	stage: Stage,
	at: Date,
	caseId: CaseId,
	story: RatingWeek,
	roleOf: (profession: Profession) => Role,
): Promise<void> {
	const week = weekOf(at);
	// Early on a Monday nobody has worked yet this week.
	if (story.weeksAgo === 0 && week !== weekOf(stage.now)) return;
	const given = (values: Readonly<Record<string, number>>) =>
		Object.entries(values).map(([milestone, value]) => ({ milestone, value }));
	for (const { profession, values } of story.professionals) {
		const ratings = given(values);
		if (ratings.length > 0) {
			done(await handleGiveRatings(stage.as(roleOf(profession), at), caseId, { week, as: 'professional', ratings }));
		}
	}
	const writer = roleOf(story.professionals[0]?.profession ?? 'team-lead');
	done(await handleGiveRatings(stage.as(writer, at), caseId, { week, as: 'citizen', ratings: given(story.citizen) }));
	if (!story.revealed) return;
	const milestones = Object.keys(story.citizen);
	done(await handleRevealRatings(stage.as(roleOf('team-lead'), at), caseId, { week, milestones }));
}
