import { parseDocName } from '../../../board/doc-name.ts';
import type { DocumentKind } from '../../../board/schema.ts';
import { wordsInUpdate } from '../../../board/words-in-update.ts';
import type { Answer } from '../api/ask.ts';
import type { FoundText } from '../offline/found-texts.ts';
import type { OfflineText } from '../offline/offline-text.ts';
import { whereaboutsOf } from '../offline/whereabouts.ts';
import type { Board } from './board.svelte.ts';
import type { CaseRequests } from './case-requests.ts';
import type { LiveDocuments, Lost } from './live-documents.svelte.ts';

interface Page {
	readonly board: Board;
	readonly requests: CaseRequests;
	readonly offline: Pick<OfflineText, 'drop'>;
	readonly documents: Pick<LiveDocuments, 'becomeDrafts'>;
	/** Nothing is written in its documents any more. */
	readonly isLeft: () => boolean;
}

/** What becomes of words that cannot be sent where they were written; the page says which. */
export class KeptWords {
	readonly #page: Page;

	constructor(page: Page) {
		this.#page = page;
	}

	/**
	 * As drafts where one may write them, else sealed. On the device it lies until the drafts do, or it is sealed; what could not
	 * be kept at all goes on lying there, for the next page.
	 *
	 * @param ended the kind of document whose epoch ended, if that is why
	 */
	async keep({ words, fields, pieces }: Lost, asDrafts: boolean, ended?: DocumentKind): Promise<void> {
		const { board, documents, offline, isLeft } = this.#page;
		const texts = [...new Set(words)];
		const mayDraft = texts.length > 0 && asDrafts && !isLeft() && board.composer.mayKeep;
		if (mayDraft) documents.becomeDrafts(pieces);
		const drafted = mayDraft && board.composer.keep(texts);
		const sealed = !drafted && (await this.seal(texts));
		const restored = ended && board.restorationOf(ended);
		board.noteStartedOver({ drafts: drafted ? texts.length : 0, sealed: sealed ? texts.length : 0, fields, restored });
		if (sealed || board.erased) await offline.drop(pieces);
	}

	/** What an earlier page wrote. */
	async keepFound({ ids, update, fields }: FoundText, asDrafts: boolean, ended?: DocumentKind): Promise<void> {
		const words = wordsInUpdate(update);
		if (words.length === 0 && fields.length === 0) await this.#page.offline.drop(ids);
		else await this.keep({ words, fields, pieces: ids }, asDrafts, ended);
	}

	/** Of another page of this case, which sends it; of a document that is called otherwise now; or of one that is not ours any more. */
	async keepUnplaced(text: FoundText): Promise<void> {
		const whereabouts = this.whereaboutsOf(text.document);
		if (whereabouts === 'opened-anew') await this.keepFound(text, true, parseDocName(text.document)?.compartment.kind);
		else if (whereabouts === 'gone') await this.keepFound(text, false);
	}

	whereaboutsOf(document: string): ReturnType<typeof whereaboutsOf> {
		const { documents } = this.#page.board.info;
		return whereaboutsOf(
			document,
			documents.map(({ name }) => name),
		);
	}

	/** What cannot be sealed either stays on the screen until its author has copied it. @returns whether nothing is left to keep */
	async seal(words: readonly string[]): Promise<boolean> {
		const { board, requests } = this.#page;
		const text = [...new Set(words)].join('\n\n');
		if (text === '') return true;
		const release = board.inHand.hold([text]);
		const answer = await requests.keepUnsent(board.info.case.id, text);
		release();
		if (!answer.ok && !this.#noteErased(answer)) board.stranded = [...board.stranded, text];
		return answer.ok;
	}

	/** Asks what sealing would have told, where there is nothing to seal. */
	async askWhetherErased(): Promise<void> {
		this.#noteErased(await this.#page.requests.placeForUnsent());
	}

	/** A case that was once ours and of which nothing may be kept for us any more was erased: our words of it go too. */
	#noteErased(answer: Answer<unknown>): boolean {
		const { board } = this.#page;
		const erased = !answer.ok && answer.code === 'not-found';
		if (erased) {
			board.erased = true;
			board.stranded = [];
		}
		return erased;
	}
}
