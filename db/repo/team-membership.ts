import { and, eq, gte, isNull, lt, or } from 'drizzle-orm';
import type { PersonId, TeamId } from '../../domain/ids.ts';
import { addDays, type Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { teamMember } from '../schema/people.ts';

/**
 * Out of the team from a day on. A membership that would only have begun then never came to be, and is taken away: whoever
 * was made lead by mistake this morning must not lead until midnight. False when there was nothing to end.
 */
export async function leaveTeam(tx: Executor, teamId: TeamId, personId: PersonId, fromDay: Day): Promise<boolean> {
	const mine = and(eq(teamMember.teamId, teamId), eq(teamMember.personId, personId));
	const running = and(lt(teamMember.fromDay, fromDay), or(isNull(teamMember.untilDay), gte(teamMember.untilDay, fromDay)));
	const shortened = await tx
		.update(teamMember)
		.set({ untilDay: addDays(fromDay, -1) })
		.where(and(mine, running))
		.returning();
	const removed = await tx
		.delete(teamMember)
		.where(and(mine, gte(teamMember.fromDay, fromDay)))
		.returning();
	return shortened.length + removed.length > 0;
}
