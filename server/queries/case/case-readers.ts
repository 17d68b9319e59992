import type { Database } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
import { maySeeCase } from '../../../domain/policy.ts';
import { readerOf, type Reader } from './reader.ts';

/** Who of these people may now see what of these cases; pairs that open nothing are missing. One statement for any number. */
export type CaseReaders = (caseIds: readonly CaseId[], personIds: readonly PersonId[]) => Promise<Reader[]>;

export function createCaseReaders(db: Database, now: () => Date): CaseReaders {
	return async (caseIds, personIds) => {
		if (caseIds.length === 0 || personIds.length === 0) return [];
		const rows = await loadStandings(db.orm, { caseIds: [...new Set(caseIds)], personIds: [...new Set(personIds)] }, now());
		return rows.map(readerOf).filter(({ reach }) => maySeeCase(reach));
	};
}

/** What these people may now see, of every case they have anything to do with. */
export type Caseloads = (personIds: readonly PersonId[]) => Promise<Reader[]>;

export function createCaseloads(db: Database, now: () => Date): Caseloads {
	return async (personIds) => {
		if (personIds.length === 0) return [];
		const rows = await loadStandings(db.orm, { personIds: [...new Set(personIds)] }, now());
		return rows.map(readerOf).filter(({ reach }) => maySeeCase(reach));
	};
}
