import type { ObservationId, PersonId } from '../../../domain/ids.ts';

/**
 * What a request came to: the answer, or the code of the refusal; `network` when there was no answer at all.
 * `already-shared` tells which observation the draft has become.
 */
export type Answer<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly code: string; readonly status: number; readonly observationId?: ObservationId };

/** Asks the API in the name of whom the page was made for: the browser's cookie may have become somebody else's. */
export class Asker {
	readonly #personId: PersonId;
	readonly #fetch: typeof globalThis.fetch;
	/** The session is not this page's: nobody is signed in, or somebody else. */
	onsignedout: () => void = () => {};

	constructor(personId: PersonId, fetch: typeof globalThis.fetch) {
		this.#personId = personId;
		this.#fetch = fetch;
	}

	/** @param body without one the request reads */
	async ask<Value>(path: string, body?: object, method: 'POST' | 'PUT' | 'DELETE' = 'POST'): Promise<Answer<Value>> {
		try {
			const response = await this.open(path, body, method);
			const value: unknown = response.status === 204 ? undefined : await response.json();
			if (response.ok) return { ok: true, value: value as Value };
			const { code = 'unexpected', observationId } = (value ?? {}) as { code?: string; observationId?: ObservationId };
			return { ok: false, status: response.status, code, ...(observationId && { observationId }) };
		} catch {
			return { ok: false, status: 0, code: 'network' };
		}
	}

	/** The response itself, for who reads it piece by piece. @throws when there is no answer at all */
	async open(
		path: string,
		body?: object,
		method: 'POST' | 'PUT' | 'DELETE' = 'POST',
		accept = 'application/json',
	): Promise<Response> {
		const headers = { accept, 'x-expected-person': this.#personId };
		const response = await this.#fetch(
			path,
			body ? { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers },
		);
		if (response.status === 401) this.onsignedout();
		return response;
	}
}
