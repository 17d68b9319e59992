import { transaction, type Executor } from '../../../db/client.ts';
import { loadCaseHeaders } from '../../../db/repo/case-read.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import { attendanceOf } from '../../../db/repo/meeting-attendance.ts';
import { closedMeetingsOf, findClosedMeeting, recordedItems, type ClosedMeetingRow } from '../../../db/repo/meeting-record.ts';
import { minutesOf } from '../../../db/repo/minutes.ts';
import { isMemberOn, teamsOfMember } from '../../../db/repo/team-membership.ts';
import type { CaseId, MeetingId, TeamId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayAttendMeeting, type Reach } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { openMinutes } from '../../log/minutes.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import { openCases } from '../case/case-header.ts';
import { recordOpenings } from '../case/opening.ts';
import { viewPerson } from '../case/person-view.ts';
import { readerOf } from '../case/reader.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { MeetingRecord, PastMeeting } from './minutes-view.ts';
import { COLLEAGUE, planOnly } from './plan-only.ts';

/** The closed meetings of one's teams, newest first. They name no citizen. */
export async function listPastMeetings(ctx: QueryContext, teamId?: TeamId): Promise<readonly PastMeeting[]> {
	const { orm } = ctx.db;
	const mine = (await teamsOfMember(orm, ctx.signedIn.actor.personId, dayOf(ctx.now()))).map(({ id }) => id);
	const meetings = await closedMeetingsOf(
		orm,
		mine.filter((id) => teamId === undefined || id === teamId),
	);
	return meetings.map(pastMeeting);
}

/** A closed meeting as a whole: who was there, who was talked of, and what the tasks came to. */
export async function readMeetingRecord(ctx: QueryContext, meetingId: MeetingId): Promise<Result<MeetingRecord, NotFound>> {
	const at = ctx.now();
	const { actor } = ctx.signedIn;
	return transaction(ctx.db, async (tx) => {
		const meeting = await findClosedMeeting(tx, meetingId);
		if (!meeting) return refuse({ code: 'not-found' });
		const isMember = await isMemberOn(tx, meeting.teamId, actor.personId, dayOf(at));
		if (!mayAttendMeeting(actor, { teamId: meeting.teamId, isMember })) return refuse({ code: 'not-found' });
		const items = await recordedItems(tx, meetingId);
		const named = await citizensNamed(
			ctx,
			tx,
			items.map(({ caseId }) => caseId),
			at,
		);
		return ok({
			...pastMeeting(meeting),
			chairId: meeting.chairId,
			attendance: await attendance(ctx, tx, meetingId),
			items: items.map(({ caseId, state, spentMs }) => ({
				caseId: named.has(caseId) ? caseId : null,
				citizenName: named.get(caseId) ?? null,
				state: state === 'done' ? 'discussed' : 'not-reached',
				spentMs,
			})),
			equation: await wholeEquation(ctx, tx, meetingId),
		});
	});
}

function pastMeeting({
	id,
	teamId,
	teamName,
	week,
	openedAt,
	closedAt,
	discussed,
	notReached,
	came,
}: ClosedMeetingRow): PastMeeting {
	return {
		...{ id, week, discussed, notReached, came, team: { id: teamId, name: teamName } },
		...{ openedAt: openedAt.toISOString(), closedAt: closedAt.toISOString() },
	};
}

/** The citizens whose plan the reader may read; each is a read of their case. */
async function citizensNamed(
	ctx: QueryContext,
	tx: Executor,
	caseIds: readonly CaseId[],
	at: Date,
): Promise<ReadonlyMap<CaseId, string>> {
	const standings = await loadStandings(tx, { personIds: [ctx.signedIn.actor.personId], caseIds: [...caseIds] }, at);
	const readers = standings.map(readerOf).filter(({ reach }) => reach.team);
	const opened = await openCases(
		ctx,
		tx,
		readers.map(({ facts }) => facts.caseId),
	);
	const reading = (reach: Reach) => ({ ...planOnly(reach), placementIds: [] });
	await recordOpenings(
		ctx,
		tx,
		readers
			.filter(({ facts }) => opened.has(facts.caseId))
			.map(({ facts, reach }) => ({ caseId: facts.caseId, purpose: 'minutes' as const, reach: reading(reach) })),
		at,
	);
	return new Map(
		Array.from(opened, ([caseId, { row, citizenKey }]) => [
			caseId,
			unsealText(citizenKey, row.sealedName, CITIZEN_TEXT.name, row.citizenId),
		]),
	);
}

async function attendance(ctx: QueryContext, tx: Executor, meetingId: MeetingId): Promise<MeetingRecord['attendance']> {
	return (await attendanceOf(tx, meetingId)).map((row) => ({
		person: viewPerson(COLLEAGUE, row, ctx.signedIn.actor.personId),
		firstSeenAt: row.firstSeenAt.toISOString(),
		lastSeenAt: row.lastSeenAt.toISOString(),
	}));
}

/** Figures only: they tell of no case in particular. */
async function wholeEquation(ctx: QueryContext, tx: Executor, meetingId: MeetingId): Promise<MeetingRecord['equation']> {
	const stored = await minutesOf(tx, meetingId);
	const headers = await loadCaseHeaders(
		tx,
		stored.map(({ caseId }) => caseId),
	);
	const keyIds = new Map(headers.map(({ caseId, caseKeyId }) => [caseId, caseKeyId]));
	const keys = await ctx.keys.openAll(tx, [...keyIds.values()]);
	const sum = { open: 0, done: 0, carried: 0, dropped: 0 };
	for (const each of stored) {
		const key = keys.get(keyIds.get(each.caseId)!); // a case is never deleted
		if (!key) continue;
		const { open, done, carried, dropped } = openMinutes(key, each).equation;
		sum.open += open;
		sum.done += done;
		sum.carried += carried;
		sum.dropped += dropped.length;
	}
	return sum;
}
