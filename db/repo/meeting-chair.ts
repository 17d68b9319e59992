import { and, eq } from 'drizzle-orm';
import type { PersonId, TeamId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { meeting } from '../schema/meetings.ts';

/** Danish: ordstyrer. Who holds the chair of the team's meeting that is on now; null when there is none. */
export async function chairNow(tx: Executor, teamId: TeamId): Promise<PersonId | null> {
	const [row] = await tx
		.select({ chairId: meeting.chairId })
		.from(meeting)
		.where(and(eq(meeting.teamId, teamId), eq(meeting.phase, 'open')));
	return (row?.chairId ?? null) as PersonId | null; // safe: written by us
}
