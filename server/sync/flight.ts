import type { DocumentAppend, LogUpdate } from '../log/board-log.ts';
import type { Waiting } from './inbox.ts';
import type { Session } from './session.ts';

/** Everything one room does at once: taken from the inbox, applied, and told to people only when it is stored. */
export class Flight {
	readonly items: Waiting[] = [];
	readonly updates: LogUpdate[] = [];
	readonly newClients: DocumentAppend['newClients'][number][] = [];
	/** Who wrote: a sole author is not sent its own words. */
	readonly authors = new Set<Session>();
	/** Who asked for the document, or fell behind, and is answered from what is then stored. */
	readonly answers: Waiting[] = [];
	/** Whom to ask again for what is missing before their update. */
	readonly gaps = new Set<Session>();
	readonly startedMs: number;

	constructor(startedMs: number) {
		this.startedMs = startedMs;
	}

	appendTo(document: Pick<DocumentAppend, 'documentId' | 'epoch'>): DocumentAppend | undefined {
		return this.updates.length === 0 ? undefined : { ...document, updates: this.updates, newClients: this.newClients };
	}
}
