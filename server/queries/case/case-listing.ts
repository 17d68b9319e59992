import type { Executor } from '../../../db/client.ts';
import {
	loadCoordinators,
	loadEndingAccesses,
	loadLastOpenings,
	loadPlacements,
	type CoordinatorRow,
	type PlacementRow,
} from '../../../db/repo/case-read.ts';
import { loadLatestObservations, type LatestObservationRow } from '../../../db/repo/document-read.ts';
import type { CaseId, TemplateVersionId } from '../../../domain/ids.ts';
import { addDays, dayOf, weekOf, type Day, type IsoWeek } from '../../../domain/iso-week.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import type { QueryContext } from '../query-context.ts';
import { openCases, type OpenedCase } from './case-header.ts';
import { loadDocuments } from './documents.ts';
import { NEWS_MS } from './news.ts';
import type { Reader } from './reader.ts';
import { loadTemplates } from './template-contents.ts';

/** What is loaded once for all cases of a list, in as many statements as for one. */
export interface CaseListing {
	readonly opened: ReadonlyMap<CaseId, OpenedCase>;
	readonly coordinators: ReadonlyMap<CaseId, readonly CoordinatorRow[]>;
	readonly placements: ReadonlyMap<CaseId, readonly PlacementRow[]>;
	readonly documents: ReadonlyMap<CaseId, Awaited<ReturnType<typeof loadDocuments>>>;
	readonly observations: ReadonlyMap<CaseId, readonly LatestObservationRow[]>;
	readonly endingAccesses: ReadonlyMap<CaseId, readonly { readonly day: Day }[]>;
	readonly openings: ReadonlyMap<CaseId, Date>;
	readonly templates: ReadonlyMap<TemplateVersionId, TemplateContent>;
	/** What happened before is news to nobody. */
	readonly newsSince: Date;
	readonly at: Date;
	readonly today: Day;
	readonly week: IsoWeek;
}

/** As far ahead as any signal looks; domain/caseload/attention.ts decides what is near. */
const ENDING_DAYS = 30;

export async function loadCaseListing(
	ctx: QueryContext,
	tx: Executor,
	readers: readonly Reader[],
	at: Date,
): Promise<CaseListing> {
	const newsSince = new Date(at.getTime() - NEWS_MS);
	const ids = readers.map(({ facts }) => facts.caseId);
	const self = ctx.signedIn.actor.personId;
	const today = dayOf(at);
	const opened = await openCases(ctx, tx, ids);
	const versions = new Set(Array.from(opened.values(), ({ row }) => row.templateVersionId));
	const inTeam = readers.filter(({ reach }) => reach.team).map(({ facts }) => facts.caseId);
	return {
		opened,
		coordinators: byCase(await loadCoordinators(tx, ids)),
		placements: byCase(await loadPlacements(tx, ids)),
		documents: byCase(await loadDocuments(ctx, tx, ids, [self])),
		observations: byCase(await loadLatestObservations(tx, ids)),
		endingAccesses: byCase(await loadEndingAccesses(tx, inTeam, { from: today, until: addDays(today, ENDING_DAYS) })),
		openings: await loadLastOpenings(tx, self, ids, newsSince),
		templates: await loadTemplates(tx, [...versions]),
		newsSince,
		at,
		today,
		week: weekOf(at),
	};
}

function byCase<Row extends { readonly caseId: CaseId }>(rows: readonly Row[]): ReadonlyMap<CaseId, Row[]> {
	return Map.groupBy(rows, ({ caseId }) => caseId);
}
