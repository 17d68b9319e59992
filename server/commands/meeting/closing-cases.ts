/** Records every discussed case of a meeting that closes: its snapshot and its minutes. */
import type { Executor } from '../../../db/client.ts';
import { loadCaseHeaders, loadCoordinators, loadTemplateContents, type CaseHeaderRow } from '../../../db/repo/case-read.ts';
import { insertMinutes } from '../../../db/repo/minutes.ts';
import { writersAfter } from '../../../db/repo/shared-documents.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import { insertSnapshot, newestSnapshots, partsOf, type StoredPart, type StoredSnapshot } from '../../../db/repo/snapshot.ts';
import type { CaseId, DocumentId, PersonId, SnapshotId } from '../../../domain/ids.ts';
import type { Reconciliation, StampedTask } from '../../../domain/meeting/reconcile.ts';
import { templateContentSchema } from '../../../domain/programme/template.ts';
import type { LockedBoard } from '../../log/lock-boards.ts';
import { sealMinutes } from '../../log/minutes.ts';
import { observationsSince, type PlacedObservation } from '../../log/observations-since.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import { planIn, sealSnapshot, type NewPart } from '../../log/snapshot.ts';
import type { CommandContext } from '../context.ts';
import {
	minutesOf,
	peopleNamed,
	withPeople,
	type ClosingCase,
	type ClosingFacts,
	type MinutesWithoutPeople,
} from './minutes-of.ts';

export interface RecordedCase {
	readonly caseId: CaseId;
	readonly snapshotId: SnapshotId;
}

/** @param boards of every discussed case that can be read @param onRecorded told after each case */
export async function recordCases(
	ctx: CommandContext,
	tx: Executor,
	closing: ClosingFacts,
	boards: readonly LockedBoard[],
	reconciliation: Reconciliation,
	onRecorded: (done: number, of: number) => void,
): Promise<readonly RecordedCase[]> {
	const byCase = Map.groupBy(boards, ({ caseId }) => caseId);
	const loaded = await loadClosing(ctx, tx, [...byCase.keys()], boards);
	const recorded: { key: Buffer; minutes: MinutesWithoutPeople }[] = [];
	for (const [caseId, mine] of byCase) {
		const header = loaded.headers.get(caseId);
		const [key, citizenKey] = [header && loaded.keys.get(header.caseKeyId), header && loaded.keys.get(header.citizenKeyId)];
		if (!header || !key || !citizenKey) continue;
		const last = loaded.last.get(caseId);
		const observations = await observationsSince(tx, key, caseId, last);
		const of = { meetingId: closing.meeting.id, caseId, takenAt: closing.meeting.closedAt };
		const { snapshot, parts } = sealSnapshot(key, of, last, partsFor(mine, observations));
		await insertSnapshot(tx, snapshot, parts);
		const planBefore = last && planIn(key, loaded.lastParts.get(last.id) ?? []);
		const facts = { ...caseFacts(mine, header, loaded, snapshot, reconciliation, observations), planBefore };
		const citizenName = unsealText(citizenKey, header.sealedName, CITIZEN_TEXT.name, header.citizenId);
		recorded.push({ key, minutes: minutesOf(closing, { ...facts, citizenName }) });
		onRecorded(recorded.length, byCase.size);
	}
	const people = await loadShownPeople(tx, [...new Set(recorded.flatMap(({ minutes }) => peopleNamed(minutes)))]);
	for (const { key, minutes } of recorded) await insertMinutes(tx, sealMinutes(key, withPeople(minutes, people)));
	return recorded.map(({ minutes: { caseId, snapshotId } }) => ({ caseId, snapshotId }));
}

type Loaded = Awaited<ReturnType<typeof loadClosing>>;

async function loadClosing(ctx: CommandContext, tx: Executor, caseIds: readonly CaseId[], boards: readonly LockedBoard[]) {
	const headers = await loadCaseHeaders(tx, caseIds);
	const contents = await loadTemplateContents(
		tx,
		headers.map(({ templateVersionId }) => templateVersionId),
	);
	const last = await newestSnapshots(tx, caseIds);
	const lastParts = await partsOf(
		tx,
		Array.from(last.values(), ({ id }) => id),
	);
	return {
		headers: new Map(headers.map((row) => [row.caseId, row])),
		templates: new Map(Array.from(contents, ([id, content]) => [id, templateContentSchema.parse(content)])),
		keys: await ctx.keys.openAll(
			tx,
			headers.flatMap(({ caseKeyId, citizenKeyId }) => [caseKeyId, citizenKeyId]),
		),
		coordinators: await loadCoordinators(tx, caseIds),
		last,
		lastParts: Map.groupBy(lastParts, ({ snapshotId }) => snapshotId),
		writers: await writersAfter(tx, afterSnapshots(lastParts, boards)),
	};
}

/** Up to which sequence each document stood in its case's last snapshot: 0 where it did not. */
function afterSnapshots(lastParts: readonly StoredPart[], boards: readonly LockedBoard[]) {
	const until = new Map(lastParts.map(({ documentId, seq }) => [documentId, seq]));
	return boards.map(({ id }) => ({ id, seq: until.get(id) ?? 0 }));
}

function partsFor(boards: readonly LockedBoard[], observations: readonly PlacedObservation[]): readonly NewPart[] {
	const of = (compartment: PlacedObservation['compartment'], placementId: PlacedObservation['placementId']) =>
		observations
			.filter((each) => each.compartment === compartment && each.placementId === placementId)
			.map(({ compartment: _, placementId: __, ...observation }) => observation);
	const edited = boards.map(({ id, seq, state, placementId, projection }): NewPart => {
		const compartment = placementId === null ? 'team' : 'placement';
		return {
			compartment,
			placementId,
			document: { id, seq, state },
			content: { projection, observations: of(compartment, placementId) },
		};
	});
	const authored = (['clinical', 'justice'] as const).map((compartment): NewPart => ({
		compartment,
		placementId: null,
		document: null,
		content: { projection: null, observations: of(compartment, null) },
	}));
	return [...edited, ...authored];
}

function caseFacts(
	boards: readonly LockedBoard[],
	{ caseId, templateVersionId, phase }: CaseHeaderRow,
	{ templates, coordinators, writers }: Loaded,
	snapshot: StoredSnapshot,
	reconciliation: Reconciliation,
	observations: readonly PlacedObservation[],
): Omit<ClosingCase, 'citizenName' | 'planBefore'> {
	const plan = boards.find(({ placementId }) => placementId === null);
	if (plan?.placementId !== null) throw new Error(`Case ${caseId} has no team document`);
	return {
		snapshot,
		phase,
		template: templates.get(templateVersionId)!, // a case has a version
		coordinators: coordinators.filter((row) => row.caseId === caseId),
		plan: plan.projection,
		tasks: boards.flatMap(({ placementId, projection }) => projection.tasks.map((row) => ({ placementId, row }))),
		reconciliation: ofCase(reconciliation, caseId),
		writers: writersOf(boards, writers, observations),
	};
}

/** Authors of what only some read are left out: their name would tell that there is something. */
function writersOf(
	boards: readonly LockedBoard[],
	writers: ReadonlyMap<DocumentId, readonly PersonId[]>,
	observations: readonly PlacedObservation[],
): readonly PersonId[] {
	const shared = observations.filter(({ compartment }) => compartment === 'team' || compartment === 'placement');
	return [...new Set([...boards.flatMap(({ id }) => writers.get(id) ?? []), ...shared.map(({ authorId }) => authorId)])];
}

function ofCase({ done, carried, dropped, unanswered }: Reconciliation, caseId: CaseId): Reconciliation {
	const mine = <Task extends StampedTask>(tasks: readonly Task[]) => tasks.filter((task) => task.caseId === caseId);
	const heaps = { done: mine(done), carried: mine(carried), dropped: mine(dropped), unanswered: mine(unanswered) };
	return { ...heaps, open: heaps.done.length + heaps.carried.length + heaps.dropped.length + heaps.unanswered.length };
}
