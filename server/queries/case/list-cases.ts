import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { transaction, type Executor } from '../../../db/client.ts';
import {
	loadCoordinators,
	loadLastOpenings,
	loadPlacements,
	loadTemplateContents,
	type CoordinatorRow,
	type PlacementRow,
} from '../../../db/repo/case-read.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import { loadLatestObservations, loadStoredDocuments, type LatestObservationRow } from '../../../db/repo/document-read.ts';
import type { CaseId, TemplateVersionId } from '../../../domain/ids.ts';
import { dayOf, type Day } from '../../../domain/iso-week.ts';
import { maySeeCase } from '../../../domain/policy.ts';
import { templateContentSchema, type Label } from '../../../domain/programme/template.ts';
import type { QueryContext } from '../query-context.ts';
import { coordinatorOn, headOf, openCases, type OpenedCase } from './case-header.ts';
import type { CaseList, CaseListEntry } from './case-list.ts';
import { readableAmong, type ReadableDocument } from './documents.ts';
import { hasNews, NEWS_MS } from './news.ts';
import { recordOpenings } from './opening.ts';
import { projectionOf } from './projections.ts';
import { readerOf, type Reader } from './reader.ts';

/** What is loaded once for all cases of a list. */
interface Listing {
	readonly opened: ReadonlyMap<CaseId, OpenedCase>;
	readonly coordinators: readonly CoordinatorRow[];
	readonly placements: readonly PlacementRow[];
	readonly documents: Awaited<ReturnType<typeof loadStoredDocuments>>;
	readonly observations: readonly LatestObservationRow[];
	readonly openings: ReadonlyMap<CaseId, Date>;
	readonly phases: ReadonlyMap<TemplateVersionId, ReadonlyMap<string, Label>>;
	/** What happened before is news to nobody. */
	readonly newsSince: Date;
	readonly today: Day;
}

/** The cases a person has standing in, by name; each listing is a read of each of them, logged in the same transaction. */
export async function listCases(ctx: QueryContext): Promise<CaseList> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const standings = await loadStandings(tx, { personIds: [ctx.signedIn.actor.personId] }, at);
		const readers = standings.map(readerOf).filter(({ reach }) => maySeeCase(reach));
		if (readers.length === 0) return { cases: [] };
		const listing = await loadListing(ctx, tx, readers, at);
		const shown = readers.filter(({ facts }) => listing.opened.has(facts.caseId));
		const cases = shown.map((me) => entryFor(me, listing, listing.opened.get(me.facts.caseId)!)); // the filter above
		await recordOpenings(
			ctx,
			tx,
			shown.map(({ facts, reach }) => ({ caseId: facts.caseId, purpose: 'caseload', reach })),
			at,
		);
		return { cases: cases.sort((a, b) => a.citizenName.localeCompare(b.citizenName, 'da')) };
	});
}

async function loadListing(ctx: QueryContext, tx: Executor, readers: readonly Reader[], at: Date): Promise<Listing> {
	const newsSince = new Date(at.getTime() - NEWS_MS);
	const ids = readers.map(({ facts }) => facts.caseId);
	const self = ctx.signedIn.actor.personId;
	const opened = await openCases(ctx, tx, ids);
	const contents = await loadTemplateContents(
		tx,
		Array.from(opened.values(), ({ row }) => row.templateVersionId),
	);
	return {
		opened,
		coordinators: await loadCoordinators(tx, ids),
		placements: await loadPlacements(tx, ids),
		documents: await loadStoredDocuments(tx, ids, self),
		observations: await loadLatestObservations(tx, ids),
		openings: await loadLastOpenings(tx, self, ids, newsSince),
		newsSince,
		phases: new Map(Array.from(contents, ([id, content]) => [id, phaseLabels(content)])),
		today: dayOf(at),
	};
}

function entryFor(me: Reader, listing: Listing, opened: OpenedCase): CaseListEntry {
	const { caseId, closed } = me.facts;
	const { reach } = me;
	const { caseKey, row } = opened;
	const documents = readableAmong(listing.documents, me);
	const { phase, ...head } = headOf(opened, reach, listing.today);
	const goal = projectionOf(
		documents.find(({ compartment }) => compartment.kind === 'team'),
		caseKey,
	) as TeamProjection | null;
	return {
		id: caseId,
		...head,
		goal: reach.team ? { team: goal?.goal.team ?? '', citizen: goal?.goal.citizen ?? '' } : null,
		phase: phase === null ? null : (listing.phases.get(row.templateVersionId)?.get(phase) ?? null),
		coordinator:
			coordinatorOn(
				listing.coordinators.filter((each) => each.caseId === caseId),
				listing.today,
			)?.name ?? null,
		placements: reach.team ? [] : placementsFor(me, listing, documents, caseKey),
		summaryOnly: reach.summary,
		hasNews: hasNews(
			me,
			documents,
			listing.observations.filter((each) => each.caseId === caseId),
			listing.openings.get(caseId) ?? listing.newsSince,
		),
		closed,
	};
}

function placementsFor(
	{ facts, reach }: Reader,
	{ placements }: Listing,
	documents: readonly ReadableDocument[],
	caseKey: Buffer,
): CaseListEntry['placements'] {
	const readable = placements.filter(({ id, caseId }) => caseId === facts.caseId && reach.placementIds.includes(id));
	return readable.map(({ id, company }) => {
		const document = documents.find(({ compartment }) => compartment.kind === 'placement' && compartment.placementId === id);
		return { id, company, purpose: (projectionOf(document, caseKey) as PlacementProjection | null)?.purpose ?? '' };
	});
}

function phaseLabels(content: unknown): ReadonlyMap<string, Label> {
	return new Map(templateContentSchema.parse(content).phases.items.map(({ id, label }) => [id, label]));
}
