import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { coordinatorOn } from '../../../domain/case/coordinator-on.ts';
import type { PlacementId } from '../../../domain/ids.ts';
import { headOf, type OpenedCase } from './case-header.ts';
import type { CaseListEntry } from './case-list.ts';
import type { CaseListing } from './case-listing.ts';
import { casePlan } from './case-plan.ts';
import { readableAmong, type ReadableDocument } from './documents.ts';
import { hasNews } from './news.ts';
import { projectionOf } from './projections.ts';
import type { Reader } from './reader.ts';

/** One row, from what was loaded for all of them. */
export function caseEntry(me: Reader, listing: CaseListing, opened: OpenedCase): CaseListEntry {
	const { caseId, closed } = me.facts;
	const { reach } = me;
	const { caseKey, row } = opened;
	const documents = readableAmong(listing.documents.get(caseId) ?? [], me);
	const observations = listing.observations.get(caseId) ?? [];
	const { phase, ...head } = headOf(opened, reach, listing.today);
	const team = reach.team ? (projectionOf(teamOf(documents), caseKey) as TeamProjection | null) : null;
	const placements = placementRows(documents, caseKey);
	const coordinator = coordinatorOn(listing.coordinators.get(caseId) ?? [], listing.today);
	const template = listing.templates.get(row.templateVersionId);
	const known = phase === null ? undefined : template?.phases.items.find(({ id }) => id === phase);
	return {
		id: caseId,
		...head,
		goal: reach.team ? { team: team?.goal.team ?? '', citizen: team?.goal.citizen ?? '' } : null,
		phase: known?.label ?? null,
		coordinator: coordinator?.name ?? null,
		placements: reach.team ? [] : placementsFor(me, listing, placements),
		summaryOnly: reach.summary,
		hasNews: hasNews(me, documents, observations, listing.openings.get(caseId) ?? listing.newsSince),
		closed,
		plan: reach.team
			? casePlan({
					me,
					listing,
					opened,
					documents,
					team,
					placements,
					phase,
					template,
					coordinatorId: coordinator?.personId ?? null,
				})
			: null,
	};
}

function teamOf(documents: readonly ReadableDocument[]): ReadableDocument | undefined {
	return documents.find(({ compartment }) => compartment.kind === 'team');
}

function placementRows(documents: readonly ReadableDocument[], caseKey: Buffer): ReadonlyMap<PlacementId, PlacementProjection> {
	return new Map(
		documents.flatMap((document) => {
			if (document.compartment.kind !== 'placement') return [];
			const rows = projectionOf(document, caseKey) as PlacementProjection | null;
			return rows ? [[document.compartment.placementId, rows] as const] : [];
		}),
	);
}

function placementsFor(
	{ facts, reach }: Reader,
	{ placements }: CaseListing,
	rows: ReadonlyMap<PlacementId, PlacementProjection>,
): CaseListEntry['placements'] {
	const readable = (placements.get(facts.caseId) ?? []).filter(({ id }) => reach.placementIds.includes(id));
	return readable.map(({ id, company }) => ({ id, company, purpose: rows.get(id)?.purpose ?? '' }));
}
