import { type Database, type Executor, transaction } from '../../../db/client.ts';
import { appendAudit } from '../../../db/repo/audit.ts';
import { meetingsUnseenSince } from '../../../db/repo/meeting-attendance.ts';
import { findMeeting, saveMeeting } from '../../../db/repo/meeting.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { FORGOTTEN_MS, parkMeeting } from '../../../domain/meeting/park.ts';
import type { Announce, Announcement } from '../announcement.ts';

/** Lays aside meetings that everybody has left. Runs by the clock, for nobody; one that somebody changes meanwhile waits. */
export async function parkForgottenMeetings(db: Database, at: Date, announce: Announce): Promise<void> {
	for (const meetingId of await meetingsUnseenSince(db.orm, new Date(at.getTime() - FORGOTTEN_MS))) {
		const parked = await transaction(db, (tx) => park(tx, meetingId, at));
		if (parked) announce(parked);
	}
}

async function park(tx: Executor, meetingId: MeetingId, at: Date): Promise<Announcement | undefined> {
	const found = await findMeeting(tx, meetingId);
	const parked = found && parkMeeting(found.meeting, at);
	if (!found || !parked?.ok || !(await saveMeeting(tx, found, parked.value))) return undefined;
	const entry = { action: 'meeting.park', subject: { meetingId }, at, personId: null, sessionId: null } as const;
	await appendAudit(tx, found.organisationId, entry);
	return { kind: 'meeting', meetingId, teamId: found.meeting.teamId, revision: found.revision + 1 };
}
