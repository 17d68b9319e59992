import { type Executor, transaction } from '../../../db/client.ts';
import { findMeeting, saveMeeting, type StoredMeeting } from '../../../db/repo/meeting.ts';
import { isMemberOn } from '../../../db/repo/team-membership.ts';
import type { MeetingId, PersonId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { chairOf } from '../../../domain/meeting/chair.ts';
import type { Meeting } from '../../../domain/meeting/meeting.ts';
import { type Actor, mayAttendMeeting, type MeetingTeam } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { CommandContext } from '../context.ts';

/** What every command on a meeting answers: a page that has this revision has the change. */
export interface MeetingSaved {
	readonly revision: number;
}

export type MeetingFailure = { readonly code: 'not-found' | 'forbidden' | 'meeting-changed' };

type Question = (actor: Actor, team: MeetingTeam, chairId: PersonId | null) => boolean;

/** Somebody else changed the meeting between our reading and our writing. */
class LostRace extends Error {}

/**
 * One transaction on a meeting as it stands. Who may not attend it is told that it does not exist. A race that is lost is
 * run once more from the start; the meeting room is told after the commit.
 *
 * @param may who, of those who attend
 * @param at the server's clock
 */
export async function transactionOnMeeting<Value extends MeetingSaved, Refusal>(
	ctx: CommandContext,
	meetingId: MeetingId,
	may: Question,
	work: (tx: Executor, found: StoredMeeting, at: Date) => Promise<Result<Value, Refusal | MeetingFailure>>,
): Promise<Result<Value, Refusal | MeetingFailure>> {
	const attempt = () =>
		transaction(ctx.db, async (tx): Promise<Result<Value & Pick<Meeting, 'teamId'>, Refusal | MeetingFailure>> => {
			const at = ctx.now();
			const asked = await askedMeeting(ctx, tx, meetingId, may, at);
			if (!asked.ok) return asked;
			const done = await work(tx, asked.value, at);
			return done.ok ? ok({ ...done.value, teamId: asked.value.meeting.teamId }) : done;
		});
	const result = await onceMore(attempt);
	if (!result) return refuse({ code: 'meeting-changed' });
	if (result.ok) ctx.announce({ kind: 'meeting', meetingId, teamId: result.value.teamId, revision: result.value.revision });
	return result;
}

async function askedMeeting(
	{ signedIn: { actor } }: CommandContext,
	tx: Executor,
	meetingId: MeetingId,
	may: Question,
	at: Date,
): Promise<Result<StoredMeeting, MeetingFailure>> {
	const found = await findMeeting(tx, meetingId);
	if (!found) return refuse({ code: 'not-found' });
	const { teamId } = found.meeting;
	const team = { teamId, isMember: await isMemberOn(tx, teamId, actor.personId, dayOf(at)) };
	if (!mayAttendMeeting(actor, team)) return refuse({ code: 'not-found' });
	return may(actor, team, chairOf(found.meeting)) ? ok(found) : refuse({ code: 'forbidden' });
}

/** Saves what a rule made of the meeting. @throws {LostRace} which {@link transactionOnMeeting} knows */
export async function saveChange(tx: Executor, before: StoredMeeting, after: Meeting): Promise<MeetingSaved> {
	if (!(await saveMeeting(tx, before, after))) throw new LostRace(after.id);
	return { revision: before.revision + 1 };
}

/** Undefined when the race was lost twice. */
async function onceMore<Value>(attempt: () => Promise<Value>): Promise<Value | undefined> {
	for (let left = 2; left > 0; left--) {
		try {
			return await attempt();
		} catch (error) {
			if (!(error instanceof LostRace)) throw error;
		}
	}
	return undefined;
}
