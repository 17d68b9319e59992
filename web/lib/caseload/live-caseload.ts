import type { PersonId } from '../../../domain/ids.ts';
import type { CaseList } from '../../../server/api/case-board.ts';
import { AnnouncedRows } from '../api/announced-rows.ts';
import { Asker } from '../api/ask.ts';
import { isRecord, ServerLine } from '../board/server-line.ts';
import type { Caseload } from './caseload.svelte.ts';

const ASK_AGAIN_MS = 2_000;

/** Keeps a rendered caseload true: hears which cases changed, and fetches those rows and no others. Browser only. */
export class LiveCaseload {
	readonly #caseload: Caseload;
	readonly #line: ServerLine;
	readonly #rows: AnnouncedRows<CaseList>;
	#later: ReturnType<typeof setTimeout> | undefined;

	constructor(caseload: Caseload, personId: PersonId) {
		this.#caseload = caseload;
		const { connection } = caseload;
		const asker = new Asker(personId, (...asked) => fetch(...asked));
		asker.onsignedout = this.#signedOut;
		const rows = new AnnouncedRows<CaseList>({
			ask: async (ids) => {
				const answer = await asker.ask<CaseList>(`/api/v1/cases${ids ? `?ids=${ids.join(',')}` : ''}`);
				return answer.ok ? answer.value : undefined;
			},
			take: (list, ids) => caseload.replace(ids ?? caseload.ids, list),
			drop: (id) => caseload.drop(id),
		});
		this.#rows = rows;
		this.#line = new ServerLine({
			personId,
			onlost: connection.lost,
			onback: connection.back,
			onretry: () => {},
			onsignedout: this.#signedOut,
			onstoring: (storing) => {
				if (storing && !connection.storing) rows.missed();
				connection.storing = storing;
			},
			onclock: (aheadMs) => (connection.aheadMs = aheadMs),
			onconnect: () => this.#open(),
			ondisconnect: () => clearTimeout(this.#later),
		});
		connection.retry = () => {
			if (!connection.signedOut) this.#line.retry();
		};
		this.#line.socket.on('caseloadChanged', (change) => {
			if (isRecord(change) && Array.isArray(change.caseIds)) rows.announced(change.caseIds);
		});
		this.#line.socket.on('rightsChanged', (change) => {
			if (!isRecord(change)) return;
			if (change.access === 'none') rows.withdraw(change.caseId);
			else rows.announced([change.caseId]);
		});
	}

	start(): void {
		this.#rows.start();
		this.#line.start();
	}

	stop(): void {
		clearTimeout(this.#later);
		this.#rows.stop();
		this.#line.stop();
	}

	/** The same person signed in again. */
	resume(): void {
		this.#caseload.connection.signedOut = false;
		this.start();
	}

	readonly #signedOut = (): void => {
		if (this.#caseload.connection.signedOut) return;
		this.#caseload.connection.signedOut = true;
		this.stop();
	};

	#open(): void {
		this.#line.socket.emit('openCaseload', (answer) => {
			if (answer === 'try-later') this.#later = setTimeout(() => this.#open(), ASK_AGAIN_MS);
			else {
				this.#caseload.connection.heard = true;
				// What was announced while the page was on its way, or during a gap, was not heard.
				this.#rows.missed();
			}
		});
	}
}
