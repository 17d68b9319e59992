import type { CaseBoard, ObservationView, PersonOnCase } from '../../../server/api/case-board.ts';
import type { ObservationId, PersonId } from '../../../domain/ids.ts';
import type { ObservationKind, ShareableCompartment } from '../../../domain/observation/observation.ts';

/**
 * What a request came to: the answer, or the code of the refusal; `network` when there was no answer at all.
 * `already-shared` tells which observation the draft has become.
 */
export type Answer<Value> =
	| { readonly ok: true; readonly value: Value }
	| { readonly ok: false; readonly code: string; readonly status: number; readonly observationId?: ObservationId };

export interface ShareInput {
	readonly draftId: string;
	readonly text: string;
	readonly kind: ObservationKind;
	readonly trackId: string | null;
	readonly compartment: ShareableCompartment;
	readonly placementId?: string;
}

/** The requests a board makes after it is rendered; the answers are the API's. */
export class CaseRequests {
	readonly #path: string;
	readonly #personId: PersonId;
	readonly #fetch: typeof globalThis.fetch;
	/** The session is not this page's: nobody is signed in, or somebody else. */
	onsignedout: () => void = () => {};

	constructor(caseId: string, personId: PersonId, fetch: typeof globalThis.fetch) {
		this.#path = `/api/v1/cases/${caseId}`;
		this.#personId = personId;
		this.#fetch = fetch;
	}

	board(): Promise<Answer<CaseBoard>> {
		return this.#ask(`${this.#path}/board`);
	}

	observations(): Promise<Answer<{ observations: ObservationView[] }>> {
		return this.#ask(`${this.#path}/observations`);
	}

	readers(compartment: ShareableCompartment, placementId: string | null): Promise<Answer<{ readers: PersonOnCase[] }>> {
		const query = new URLSearchParams({ compartment, ...(placementId ? { placementId } : {}) });
		return this.#ask(`${this.#path}/readers?${query.toString()}`);
	}

	share(input: ShareInput): Promise<Answer<{ observationId: ObservationId }>> {
		return this.#ask(`${this.#path}/observations`, input);
	}

	comment(observationId: string, text: string): Promise<Answer<unknown>> {
		return this.#ask(`/api/v1/observations/${observationId}/comments`, { text });
	}

	amend(observationId: string, text: string): Promise<Answer<unknown>> {
		return this.#ask(`/api/v1/observations/${observationId}/amendments`, { text });
	}

	/** Shows a citizen's number; that it was shown is on record. */
	revealCpr(citizenId: string): Promise<Answer<{ cpr: string }>> {
		return this.#ask(`/api/v1/citizens/${citizenId}/cpr-reveal`, {});
	}

	/** Seals words for their author where reading ended; the lead sees only that they exist. */
	keepUnsent(caseId: string, text: string): Promise<Answer<{ id: string }>> {
		return this.#ask('/api/v1/unsent-texts', { caseId, text });
	}

	/** For its author alone, once access is back. */
	openUnsent(id: string): Promise<Answer<{ text: string }>> {
		return this.#ask(`/api/v1/unsent-texts/${id}`);
	}

	async #ask<Value>(path: string, body?: object): Promise<Answer<Value>> {
		try {
			const headers = { 'x-expected-person': this.#personId };
			const response = await this.#fetch(
				path,
				body
					? { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
					: { headers },
			);
			if (response.status === 401) this.onsignedout();
			const value: unknown = response.status === 204 ? undefined : await response.json();
			if (response.ok) return { ok: true, value: value as Value };
			const { code = 'unexpected', observationId } = (value ?? {}) as { code?: string; observationId?: ObservationId };
			return { ok: false, status: response.status, code, ...(observationId && { observationId }) };
		} catch {
			return { ok: false, status: 0, code: 'network' };
		}
	}
}
