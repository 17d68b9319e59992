import type { PersonId } from '../../domain/ids.ts';

/** Carries whose page it is that asks. Sync has `?person=` for it, the meeting room `auth: { person }`. */
export const EXPECTED_PERSON_HEADER = 'x-expected-person';

/**
 * A page goes on with whatever cookie its browser holds. Where somebody else has signed in since, the page's words would
 * be stored as theirs; so to that page the session counts as ended.
 *
 * @param expected whose page it is, as it says itself; who says nothing is not checked: stock clients and tools
 */
export function isAnotherPersonsPage(personId: PersonId, expected: unknown): boolean {
	return expected !== undefined && expected !== null && expected !== personId;
}
