import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { RatedAs } from '../../../domain/rating/rating.ts';
import type { RatingsView } from '../../../server/api/case-board.ts';
import type { CaseRequests } from './case-requests.ts';

/** Which milestone of which week. */
export interface RoundKey {
	readonly week: IsoWeek;
	readonly milestone: string;
}

/** The milestones of the case on show: asked for once they are looked at, and again whenever somebody rated. */
export class Ratings {
	view = $state.raw<RatingsView | undefined>();
	/** There was no answer, and nothing older to show. */
	failed = $state(false);
	readonly #requests: CaseRequests;
	#asked = 0;

	constructor(requests: CaseRequests) {
		this.#requests = requests;
	}

	/** The newest question's answer is the one that stands, whichever arrives last. */
	async fetch(): Promise<void> {
		const asked = ++this.#asked;
		this.failed = false;
		const answer = await this.#requests.ratings();
		if (asked !== this.#asked) return;
		if (answer.ok) this.view = answer.value;
		else this.failed = this.view === undefined;
	}

	/** Until the server has answered, nothing that may not be read any more stays on the page. */
	withhold(): void {
		this.#asked++;
		this.view = undefined;
	}

	/** Answers with the code of the refusal, or undefined once it is stored. */
	async give({ week, milestone }: RoundKey, as: RatedAs, value: number): Promise<string | undefined> {
		return this.#done(await this.#requests.giveRatings({ week, as, ratings: [{ milestone, value }] }));
	}

	async reveal({ week, milestone }: RoundKey): Promise<string | undefined> {
		return this.#done(await this.#requests.revealRatings({ week, milestones: [milestone] }));
	}

	async #done(answer: { readonly ok: true } | { readonly ok: false; readonly code: string }): Promise<string | undefined> {
		await this.fetch();
		return answer.ok ? undefined : answer.code;
	}
}
