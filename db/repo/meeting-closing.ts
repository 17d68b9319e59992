import { eq } from 'drizzle-orm';
import type { MeetingId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { meeting } from '../schema/meetings.ts';
import { organisation, team } from '../schema/people.ts';
import { findMeeting, type StoredMeeting } from './meeting.ts';

/** A meeting with the names its minutes carry. */
export interface MeetingToClose extends StoredMeeting {
	readonly organisationName: string;
	readonly teamName: string;
}

/** Locks the meeting until the transaction ends: of two who close it at once the second finds it closed. */
export async function lockMeetingToClose(tx: Executor, id: MeetingId): Promise<MeetingToClose | undefined> {
	await tx.select({ id: meeting.id }).from(meeting).where(eq(meeting.id, id)).for('update');
	const found = await findMeeting(tx, id);
	if (!found) return undefined;
	const [place] = await tx
		.select({ teamName: team.name, organisationName: organisation.name })
		.from(team)
		.innerJoin(organisation, eq(organisation.id, team.organisationId))
		.where(eq(team.id, found.meeting.teamId));
	return { ...found, ...place! }; // every meeting has a team
}
