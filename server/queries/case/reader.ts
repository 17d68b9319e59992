import type { Executor } from '../../../db/client.ts';
import { loadStandings, type StandingRow } from '../../../db/repo/case-standing.ts';
import type { ReadableRows } from '../../../db/repo/observation-read.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { mayRead, maySeeCase, reachOf, type Reach } from '../../../domain/policy.ts';
import type { QueryContext } from '../query-context.ts';

/** Somebody with standing in a case, and what it opens. */
export interface Reader extends StandingRow {
	readonly reach: Reach;
}

export function readerOf(row: StandingRow): Reader {
	return { ...row, reach: reachOf(row.actor, row.facts, row.standing) };
}

/** The case as policy sees it: who asks, and everybody who may see anything of it. */
export interface CaseAudience {
	readonly me: Reader;
	readonly everybody: readonly Reader[];
}

/** Undefined when the caller may not even see that the case exists. */
export async function loadAudience(ctx: QueryContext, tx: Executor, caseId: CaseId, at: Date): Promise<CaseAudience | undefined> {
	const everybody = (await loadStandings(tx, { caseIds: [caseId] }, at)).map(readerOf).filter(({ reach }) => maySeeCase(reach));
	const me = everybody.find(({ actor }) => actor.personId === ctx.signedIn.actor.personId);
	return me && { me, everybody };
}

/** The compartments a reader has besides their own drafts. */
export function compartmentsOf(reach: Reach): Compartment[] {
	return [
		...(reach.team ? [{ kind: 'team' } as const] : []),
		...reach.placementIds.map((placementId) => ({ kind: 'placement', placementId }) as const),
		...(reach.clinical ? [{ kind: 'clinical' } as const] : []),
		...(reach.justice ? [{ kind: 'justice' } as const] : []),
	];
}

/** Which rows to fetch for a reader. */
export function readableRows(reach: Reach): ReadableRows {
	const kinds = ['team', 'clinical', 'justice'] as const;
	return { compartments: kinds.filter((kind) => reach[kind]), placementIds: reach.placementIds };
}

/** Who may read a compartment today. */
export function readersOf(everybody: readonly Reader[], compartment: Compartment): Reader[] {
	return everybody.filter(({ actor, reach }) => mayRead(actor, reach, compartment));
}
