import { transaction, type Executor } from '../../../db/client.ts';
import { loadPlacements } from '../../../db/repo/case-read.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import { findSnapshot, partsOf, type StoredPart } from '../../../db/repo/snapshot.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { SnapshotId, SnapshotPartId } from '../../../domain/ids.ts';
import { comparePlans } from '../../../domain/meeting/compare.ts';
import { mayRead, type Reach } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { openPart, planIn } from '../../log/snapshot.ts';
import { headOf, openCase, type OpenedCase } from '../case/case-header.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { recordOpening } from '../case/opening.ts';
import { viewPerson } from '../case/person-view.ts';
import { viewTemplate } from '../case/board-view.ts';
import { loadTemplate } from '../case/template-contents.ts';
import { loadAudience, type Reader } from '../case/reader.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { Comparison, MinutesView, SnapshotView } from './minutes-view.ts';
import { peopleIn } from './people-in.ts';
import { planThen } from './plan-then.ts';
import { planOnly } from './plan-only.ts';
import { snapshotReferences } from './read-minutes.ts';

type Reference = MinutesView['snapshots'][number];

interface ReadableSnapshot {
	readonly reference: Reference;
	readonly opened: OpenedCase;
	readonly me: Reader;
	/** Those the reader may read today. */
	readonly parts: readonly StoredPart[];
}

/** A snapshot's rows, compartment by compartment, as far as the reader reads these today. */
export async function readSnapshot(ctx: QueryContext, id: SnapshotId): Promise<Result<SnapshotView, NotFound>> {
	return within(ctx, id, async (tx, { reference, opened, me, parts }) => {
		const companies = new Map((await loadPlacements(tx, [me.facts.caseId])).map((row) => [row.id, row.company]));
		const shown = parts.map((part) => ({ part, ...openPart(opened.caseKey, part) }));
		const people = await loadShownPeople(tx, peopleIn(shown.map(({ content }) => content)));
		return {
			...reference,
			caseId: me.facts.caseId,
			citizenName: headOf(opened, me.reach, dayOf(ctx.now())).citizenName,
			template: viewTemplate(await loadTemplate(tx, opened.row.templateVersionId), me),
			parts: shown.map(({ part, document, content }) => ({
				id: part.id,
				compartment: part.compartment,
				placementId: part.placementId,
				company: part.placementId && (companies.get(part.placementId) ?? null),
				hash: part.hash.toString('hex'),
				documentBytes: document?.length ?? null,
				projection: content.projection,
				observations: content.observations.map((each) => (me.reach.team ? each : { ...each, trackId: null })),
			})),
			people: people.map((row) => viewPerson(me.reach, row, me.actor.personId)),
		};
	});
}

/** The document's bytes as they were stored, one V2 update. */
export async function readSnapshotDocument(
	ctx: QueryContext,
	id: SnapshotId,
	partId: SnapshotPartId,
): Promise<Result<Buffer, NotFound>> {
	return within(ctx, id, async (_tx, { opened, parts }) => {
		const part = parts.find((each) => each.id === partId);
		return (part && openPart(opened.caseKey, part).document) ?? undefined;
	});
}

/** What changed in the plan from one snapshot of a case to another. */
export async function compareSnapshots(
	ctx: QueryContext,
	from: SnapshotId,
	to: SnapshotId,
): Promise<Result<Comparison, NotFound>> {
	return within(ctx, to, async (tx, { reference, opened, me, parts }) => {
		const earlier = (await snapshotReferences(tx, me.facts.caseId)).find(({ id }) => id === from);
		const before = earlier && planIn(opened.caseKey, await partsOf(tx, [from]));
		const after = planIn(opened.caseKey, parts);
		if (!before || !after) return undefined;
		const { trackTypes } = viewTemplate(await loadTemplate(tx, opened.row.templateVersionId), me);
		const changes = comparePlans(planThen(before, earlier.week, trackTypes), planThen(after, reference.week, trackTypes));
		return { from: earlier, to: reference, changes };
	});
}

/** Who reads nothing of the snapshot is told that there is none. */
async function within<Answer>(
	ctx: QueryContext,
	id: SnapshotId,
	read: (tx: Executor, snapshot: ReadableSnapshot) => Promise<Answer | undefined>,
): Promise<Result<Answer, NotFound>> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const stored = await findSnapshot(tx, id);
		const me = stored && (await loadAudience(ctx, tx, stored.caseId, at))?.me;
		const opened = me && (await openCase(ctx, tx, stored.caseId));
		const reference = opened && (await snapshotReferences(tx, stored.caseId)).find((each) => each.id === id);
		if (!me || !opened || !reference) return refuse({ code: 'not-found' });
		const parts = (await partsOf(tx, [id])).filter((part) => mayRead(me.actor, me.reach, compartmentOf(part)));
		const answer = parts.length > 0 ? await read(tx, { reference, opened, me, parts }) : undefined;
		if (answer === undefined) return refuse({ code: 'not-found' });
		await recordOpening(ctx, tx, { caseId: stored.caseId, purpose: 'minutes', reach: reachOfParts(me.reach, parts) }, at);
		return ok(answer);
	});
}

function compartmentOf({ compartment, placementId }: StoredPart): Compartment {
	if (compartment !== 'placement') return { kind: compartment };
	return { kind: 'placement', placementId: placementId! }; // checked by snapshot_part_placement
}

function reachOfParts(reach: Reach, parts: readonly StoredPart[]): Reach {
	const has = (kind: StoredPart['compartment']) => parts.some(({ compartment }) => compartment === kind);
	return { ...planOnly(reach), clinical: has('clinical'), justice: has('justice') };
}
