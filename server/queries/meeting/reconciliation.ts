/** Danish: afstemning. What would become of the open tasks if the meeting closed now, and what still asks for an answer. */
import type { PlacementProjection, PrivateProjection, TeamProjection } from '../../../board/project.ts';
import type { TaskRow } from '../../../board/rows.ts';
import { StampedTasks } from '../../../board/tasks-now.ts';
import { type Executor, transaction } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import { attendanceOf } from '../../../db/repo/meeting-attendance.ts';
import { stampedTasks } from '../../../db/repo/meeting-task.ts';
import { findMeeting } from '../../../db/repo/meeting.ts';
import { privateDocumentsOf } from '../../../db/repo/private-documents.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import { isMemberOn } from '../../../db/repo/team-membership.ts';
import type { CaseId, MeetingId, PersonId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { isDiscussed } from '../../../domain/meeting/close-meeting.ts';
import { reconcile, type StampedTask } from '../../../domain/meeting/reconcile.ts';
import { mayAttendMeeting, mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import { openCases } from '../case/case-header.ts';
import { viewPerson } from '../case/person-view.ts';
import { recordWithinOpenings } from '../case/opening.ts';
import { readerOf } from '../case/reader.ts';
import { COLLEAGUE, planOnly } from '../minutes/plan-only.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { ReconciliationView } from './reconciliation-view.ts';

export async function readReconciliation(ctx: QueryContext, meetingId: MeetingId): Promise<Result<ReconciliationView, NotFound>> {
	const at = ctx.now();
	const { actor } = ctx.signedIn;
	return transaction(ctx.db, async (tx) => {
		const place = await findMeeting(tx, meetingId);
		if (!place) return refuse({ code: 'not-found' });
		const { teamId, items } = place.meeting;
		const team = { teamId, isMember: await isMemberOn(tx, teamId, actor.personId, dayOf(at)) };
		if (!mayAttendMeeting(actor, team)) return refuse({ code: 'not-found' });

		const caseIds = items.filter(isDiscussed).map(({ caseId }) => caseId);
		const { named, reading } = await citizensOf(ctx, tx, caseIds, at);
		const stamped = await stampedTasks(tx, meetingId, caseIds);
		const { tasks, readable } = await tasksOf(ctx, tx, stamped);
		const { open, done, carried, dropped, unanswered } = reconcile(readable, tasks.now, dayOf(at));
		const shown = <Task extends StampedTask>(list: readonly Task[]) =>
			list.flatMap((task) => {
				const citizenName = named.get(task.caseId);
				const row = tasks.rowOf(task);
				return citizenName !== undefined && row ? [{ task, view: taskView(task, row, citizenName) }] : [];
			});
		const asking = shown(unanswered).map(({ view }) => view);
		const drafts = mayLeadMeeting(actor, team) ? await draftsOf(ctx, tx, meetingId, [...named.keys()]) : [];
		await recordWithinOpenings(ctx, tx, 'meeting', reading, at);
		return ok({
			...{ open, done: done.length, carried: carried.length, dropped: dropped.length },
			unanswered: asking,
			hidden: unanswered.length - asking.length,
			droppedTasks: shown(dropped).map(({ task: { by, at: when, reason }, view }) => ({ ...view, by, at: when, reason })),
			drafts,
		});
	});
}

function taskView({ caseId, documentId, taskId }: StampedTask, row: TaskRow, citizenName: string) {
	const owners = row.owner.values.map(({ value }) => value);
	return { caseId, citizenName, documentId, taskId, text: row.text, owners, dueOn: row.dueOn.values.map(({ value }) => value) };
}

/** The citizens whose plan the reader reads, and what is to be logged of it: a read within the meeting. */
async function citizensOf(ctx: QueryContext, tx: Executor, caseIds: readonly CaseId[], at: Date) {
	const standings = await loadStandings(tx, { personIds: [ctx.signedIn.actor.personId], caseIds }, at);
	const readers = standings.map(readerOf).filter(({ reach }) => reach.team);
	const opened = await openCases(
		ctx,
		tx,
		readers.map(({ facts }) => facts.caseId),
	);
	const named: ReadonlyMap<CaseId, string> = new Map(
		Array.from(opened, ([caseId, { row, citizenKey }]) => [
			caseId,
			unsealText(citizenKey, row.sealedName, CITIZEN_TEXT.name, row.citizenId),
		]),
	);
	const reading = readers
		.filter(({ facts }) => opened.has(facts.caseId))
		.map(({ facts, reach }) => ({ caseId: facts.caseId, reach: planOnly(reach) }));
	return { named, reading };
}

/** Tasks of erased cases can be read by nobody and are left out, as they are when the meeting closes. */
async function tasksOf(ctx: QueryContext, tx: Executor, stamped: readonly StampedTask[]) {
	const opened = await openCases(ctx, tx, [...new Set(stamped.map(({ caseId }) => caseId))]);
	const readable = stamped.filter(({ caseId }) => opened.has(caseId));
	const documents = [];
	for (const id of new Set(readable.map(({ documentId }) => documentId))) {
		const rows = (await ctx.log.readProjection(tx, id))?.projection as TeamProjection | PlacementProjection | undefined;
		if (rows) documents.push({ id, tasks: rows.tasks });
	}
	return { tasks: new StampedTasks(documents), readable };
}

/** For who may close the meeting: whom to wait for. Only counts leave this function: a draft is its author's. */
async function draftsOf(
	ctx: QueryContext,
	tx: Executor,
	meetingId: MeetingId,
	caseIds: readonly CaseId[],
): Promise<ReconciliationView['drafts']> {
	const opened = await openCases(ctx, tx, caseIds);
	const present = new Set((await attendanceOf(tx, meetingId)).map(({ personId }) => personId));
	const counts = new Map<PersonId, number>();
	for (const { id, personId } of await privateDocumentsOf(tx, [...opened.keys()])) {
		if (!present.has(personId)) continue;
		const rows = (await ctx.log.readProjection(tx, id))?.projection as PrivateProjection | undefined;
		const unshared = rows?.drafts.filter(({ shared, removed, text }) => !shared && !removed && text.trim() !== '').length ?? 0;
		if (unshared > 0) counts.set(personId, (counts.get(personId) ?? 0) + unshared);
	}
	const people = await loadShownPeople(tx, [...counts.keys()]);
	return people.map((row) => ({
		person: viewPerson(COLLEAGUE, row, ctx.signedIn.actor.personId),
		count: counts.get(row.personId)!, // loaded by these ids
	}));
}
