import type { PersonId } from '../../../domain/ids.ts';
import type { MassDeletionView } from '../../../server/api/case-board.ts';
import { Asker } from '../api/ask.ts';

/** What the lead of a case is told of much being deleted, and says to it. Fetched when the board stands there. */
export class MassDeletions {
	readonly #path: string;
	readonly #asker: Asker;

	constructor(caseId: string, personId: PersonId, fetch: typeof globalThis.fetch) {
		this.#path = `/api/v1/cases/${caseId}/history/mass-deletions`;
		this.#asker = new Asker(personId, fetch);
	}

	/** Empty also where there is no answer: it is asked again. */
	async waiting(): Promise<readonly MassDeletionView[]> {
		const answer = await this.#asker.ask<{ massDeletions: MassDeletionView[] }>(this.#path);
		return answer.ok ? answer.value.massDeletions : [];
	}

	async dismiss({ placementId, seq }: MassDeletionView): Promise<boolean> {
		const answer = await this.#asker.ask(`${this.#path}/dismiss`, { seq, ...(placementId && { placementId }) });
		return answer.ok || answer.code === 'not-found'; // somebody else has looked
	}
}
