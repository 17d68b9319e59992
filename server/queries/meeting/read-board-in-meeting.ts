import { transaction, type Database } from '../../../db/client.ts';
import { findMeeting } from '../../../db/repo/meeting.ts';
import { membersOn } from '../../../db/repo/team-membership.ts';
import type { CaseId, MeetingId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayAttendMeeting } from '../../../domain/policy.ts';
import type { Result } from '../../../domain/result.ts';
import type { CaseBoard } from '../case/case-board.ts';
import { recordWithinOpeningsBy } from '../case/opening.ts';
import { boardOr, boardsWithin } from '../case/read-case-board.ts';
import { perDatabase, Together } from '../case/together.ts';
import type { NotFound, QueryContext } from '../query-context.ts';

interface Asked {
	readonly ctx: QueryContext;
	readonly meetingId: MeetingId;
	readonly caseId: CaseId;
}

const readings = perDatabase((db) => new Together<Asked, Result<CaseBoard, NotFound>>((asked) => readBoards(db, asked)));

/** The board of somebody on the agenda. However often the meeting comes back to them, it is one opening. */
export function readBoardInMeeting(
	ctx: QueryContext,
	meetingId: MeetingId,
	caseId: CaseId,
): Promise<Result<CaseBoard, NotFound>> {
	return readings(ctx.db).ask(`${meetingId} ${caseId}`, { ctx, meetingId, caseId });
}

/** Everybody at a meeting goes to the next citizen at once, so they are answered together. */
async function readBoards(db: Database, asked: readonly Asked[]): Promise<Result<CaseBoard, NotFound>[]> {
	const { ctx, meetingId, caseId } = asked[0]!; // nobody is served who has not asked
	const at = ctx.now();
	return transaction(db, async (tx) => {
		const meeting = (await findMeeting(tx, meetingId))?.meeting;
		const isOnAgenda = meeting?.items.some((item) => item.caseId === caseId);
		const members = meeting && isOnAgenda ? await membersOn(tx, meeting.teamId, dayOf(at)) : [];
		const attends = ({ signedIn: { actor } }: QueryContext) =>
			meeting && mayAttendMeeting(actor, { teamId: meeting.teamId, isMember: members.includes(actor.personId) });
		const askers = isOnAgenda ? asked.map((each) => each.ctx).filter(attends) : [];
		const read = new Map([...(await boardsWithin(tx, caseId, askers, at))].filter(([, { reading }]) => reading.reach.team));
		await recordWithinOpeningsBy(
			tx,
			'meeting',
			Array.from(read.values(), ({ reading }) => reading),
			at,
		);
		return asked.map((each) => boardOr(read.get(each.ctx)));
	});
}
