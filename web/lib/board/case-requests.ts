import { Asker, type Answer } from '../api/ask.ts';
import type {
	CaseBoard,
	CaseProgramme,
	ObservationView,
	OfflineKeys,
	PersonOnCase,
	RatingsView,
} from '../../../server/api/case-board.ts';
import type { ObservationId, PersonId } from '../../../domain/ids.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { ObservationKind, ShareableCompartment } from '../../../domain/observation/observation.ts';
import type { SentWords } from '../api/sent-words.ts';
import type { RatedAs } from '../../../domain/rating/rating.ts';

export interface ShareInput {
	readonly draftId: string;
	readonly text: string;
	readonly kind: ObservationKind;
	readonly trackId: string | null;
	readonly compartment: ShareableCompartment;
	readonly placementId?: string;
}

export interface GivenRatings {
	readonly week: IsoWeek;
	readonly as: RatedAs;
	readonly ratings: readonly { readonly milestone: string; readonly value: number }[];
}

/** The requests a board makes after it is rendered; the answers are the API's. */
export class CaseRequests {
	readonly #path: string;
	readonly #boardPath: string;
	readonly #asker: Asker;
	#programme: Promise<Answer<CaseProgramme>> | undefined;

	/** @param meetingId within a meeting the board is read for it, and logged so */
	constructor(caseId: string, personId: PersonId, fetch: typeof globalThis.fetch, meetingId?: string) {
		this.#path = `/api/v1/cases/${caseId}`;
		this.#boardPath = meetingId ? `/api/v1/meetings/${meetingId}/cases/${caseId}/board` : `${this.#path}/board`;
		this.#asker = new Asker(personId, fetch);
	}

	/** The session is not this page's: nobody is signed in, or somebody else. */
	set onsignedout(told: () => void) {
		this.#asker.onsignedout = told;
	}

	board(): Promise<Answer<CaseBoard>> {
		return this.#ask(this.#boardPath);
	}

	/** What seals one's unsent words on this device. */
	offlineKeys(): Promise<Answer<OfflineKeys>> {
		return this.#ask(`${this.#path}/offline-keys`);
	}

	/** Why each track is there; the case keeps its template, so once is enough. */
	programme(): Promise<Answer<CaseProgramme>> {
		return (this.#programme ??= this.#ask<CaseProgramme>(`${this.#path}/programme`).then((answer) => {
			if (!answer.ok) this.#programme = undefined;
			return answer;
		}));
	}

	/** @param seen the phase that stood on the page */
	setPhase(phase: string, seen: string | null): Promise<Answer<unknown>> {
		return this.#ask(`${this.#path}/phase`, { phase, seen }, 'PUT');
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

	/** @param words sent again under their id, they stand there once */
	comment(observationId: string, words: SentWords): Promise<Answer<unknown>> {
		return this.#ask(`/api/v1/observations/${observationId}/comments`, words);
	}

	/** @param words sent again under their id, they stand there once */
	amend(observationId: string, words: SentWords): Promise<Answer<unknown>> {
		return this.#ask(`/api/v1/observations/${observationId}/amendments`, words);
	}

	ratings(): Promise<Answer<RatingsView>> {
		return this.#ask(`${this.#path}/ratings`);
	}

	giveRatings(input: GivenRatings): Promise<Answer<unknown>> {
		return this.#ask(`${this.#path}/ratings`, input);
	}

	revealRatings(input: { readonly week: IsoWeek; readonly milestones: readonly string[] }): Promise<Answer<unknown>> {
		return this.#ask(`${this.#path}/ratings/reveal`, input);
	}

	/** Shows a citizen's number; that it was shown is on record. */
	revealCpr(citizenId: string): Promise<Answer<{ cpr: string }>> {
		return this.#ask(`/api/v1/citizens/${citizenId}/cpr-reveal`, {});
	}

	/** Seals words for their author where reading ended; the lead sees only that they exist. */
	keepUnsent(caseId: string, text: string): Promise<Answer<{ id: string }>> {
		return this.#ask('/api/v1/unsent-texts', { caseId, text });
	}

	/** Would words be sealed? Whoever had the case open a moment ago and is told not-found has heard that it was erased. */
	placeForUnsent(): Promise<Answer<unknown>> {
		return this.#ask(`${this.#path}/unsent-texts/place`);
	}

	/** For its author alone, once access is back. */
	openUnsent(id: string): Promise<Answer<{ text: string }>> {
		return this.#ask(`/api/v1/unsent-texts/${id}`);
	}

	#ask<Value>(path: string, body?: object, method?: 'POST' | 'PUT'): Promise<Answer<Value>> {
		return this.#asker.ask(path, body, method);
	}
}
