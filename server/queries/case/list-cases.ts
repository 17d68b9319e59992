import { transaction, type Executor } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { weekOf } from '../../../domain/iso-week.ts';
import { maySeeCase } from '../../../domain/policy.ts';
import type { TrackType } from '../../../domain/programme/template.ts';
import type { QueryContext } from '../query-context.ts';
import { caseEntry } from './case-entry.ts';
import type { CaseList } from './case-list.ts';
import { loadCaseListing, type CaseListing } from './case-listing.ts';
import { recordOpenings, recordWithinOpenings } from './opening.ts';
import { readerOf, type Reader } from './reader.ts';

/** The cases a person has standing in, by name; each listing is a read of each of them, logged in the same transaction. */
export function listCases(ctx: QueryContext): Promise<CaseList> {
	return list(ctx, undefined, (tx, shown, at) =>
		recordOpenings(
			ctx,
			tx,
			shown.map(({ facts, reach }) => ({ caseId: facts.caseId, purpose: 'caseload', reach })),
			at,
		),
	);
}

/** Some rows again, after an announcement: covered by what the opening of the list wrote, or writing it. */
export function listCasesAgain(ctx: QueryContext, caseIds: readonly CaseId[]): Promise<CaseList> {
	return list(ctx, caseIds, (tx, shown, at) =>
		recordWithinOpenings(
			ctx,
			tx,
			'caseload',
			shown.map(({ facts, reach }) => ({ caseId: facts.caseId, reach })),
			at,
		),
	);
}

/** @param caseIds those of which rows are wanted; undefined is all. What is not the reader's is missing in the answer */
async function list(
	ctx: QueryContext,
	caseIds: readonly CaseId[] | undefined,
	log: (tx: Executor, shown: readonly Reader[], at: Date) => Promise<void>,
): Promise<CaseList> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const filter = { personIds: [ctx.signedIn.actor.personId], ...(caseIds && { caseIds }) };
		const readers = (await loadStandings(tx, filter, at)).map(readerOf).filter(({ reach }) => maySeeCase(reach));
		if (readers.length === 0) return { cases: [], trackTypes: [], week: weekOf(at) };
		const listing = await loadCaseListing(ctx, tx, readers, at);
		const shown = readers.filter(({ facts }) => listing.opened.has(facts.caseId));
		const cases = shown.map((me) => caseEntry(me, listing, listing.opened.get(me.facts.caseId)!)); // the filter above
		await log(tx, shown, at);
		return {
			cases: cases.sort((a, b) => a.citizenName.localeCompare(b.citizenName, 'da')),
			trackTypes: trackTypesOf(shown, listing),
			week: listing.week,
		};
	});
}

/** Templates name the same types alike; what only one of them has stands after the others'. */
function trackTypesOf(shown: readonly Reader[], { opened, templates }: CaseListing): TrackType[] {
	const types = new Map<string, TrackType>();
	const versions = new Set(
		shown.flatMap(({ facts, reach }) => (reach.team ? [opened.get(facts.caseId)!.row.templateVersionId] : [])),
	);
	for (const version of versions)
		for (const type of templates.get(version)?.trackTypes ?? []) if (!types.has(type.id)) types.set(type.id, type);
	return [...types.values()];
}
