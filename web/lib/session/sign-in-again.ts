import type { PersonId } from '../../../domain/ids.ts';

/** Why signing in again did not happen; each is a text under `sign-in`. */
export type AgainRefusal = 'refused' | 'otherPerson' | 'tooMany' | 'unavailable' | 'passwordMissing';

const BY_STATUS: Partial<Record<number, AgainRefusal>> = { 400: 'refused', 401: 'refused', 409: 'otherPerson', 429: 'tooMany' };

interface Person {
	readonly personId: PersonId;
	readonly email: string;
}

/** The same person only: the text behind the overlay is theirs. Undefined once it worked. */
export async function signInAgain(
	person: Person,
	password: string,
	fetch: typeof globalThis.fetch,
): Promise<AgainRefusal | undefined> {
	if (!password) return 'passwordMissing';
	try {
		const response = await fetch('/api/auth/sign-in/email', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ email: person.email, password, expectedPersonId: person.personId }),
		});
		return response.ok ? undefined : (BY_STATUS[response.status] ?? 'unavailable');
	} catch {
		// No network: nothing is lost, and the button is still there.
		return 'unavailable';
	}
}
