import type { Executor } from '../../../db/client.ts';
import { loadStandings, type StandingRow } from '../../../db/repo/case-standing.ts';
import type { ReadableRows } from '../../../db/repo/observation-read.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
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
	return audienceFor(await loadReaders(tx, caseId, at), ctx.signedIn.actor.personId);
}

/** Everybody who may see anything of a case. */
export async function loadReaders(tx: Executor, caseId: CaseId, at: Date): Promise<readonly Reader[]> {
	return (await loadStandings(tx, { caseIds: [caseId] }, at)).map(readerOf).filter(({ reach }) => maySeeCase(reach));
}

export function audienceFor(everybody: readonly Reader[], personId: PersonId): CaseAudience | undefined {
	const me = everybody.find(({ actor }) => actor.personId === personId);
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

/** Which rows to fetch for readers: what none of them may read stays in the database. */
export function readableRows(reaches: readonly Reach[]): ReadableRows {
	const kinds = ['team', 'clinical', 'justice'] as const;
	return {
		compartments: kinds.filter((kind) => reaches.some((reach) => reach[kind])),
		placementIds: [...new Set(reaches.flatMap(({ placementIds }) => placementIds))],
	};
}

/** Who may read a compartment today. */
export function readersOf(everybody: readonly Reader[], compartment: Compartment): Reader[] {
	return everybody.filter(({ actor, reach }) => mayRead(actor, reach, compartment));
}
