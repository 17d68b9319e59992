import type { CaseId, PersonId } from '../../domain/ids.ts';
import type { CaseReaders } from '../queries/case/case-readers.ts';
import { mayHear, type CaseAnnouncement } from './announcing.ts';
import { pairKey, type RoomSocket } from './room-socket.ts';

/** The first news goes out at once, what follows it together, at most this often: typing makes some of it every half second. */
const GATHER_MS = 500;

/** What a row shows something of. */
const IN_A_ROW: ReadonlySet<CaseAnnouncement['kind']> = new Set([
	'board',
	'observations',
	'access',
	'coordinator',
	'placement',
	'case',
]);

interface Asks {
	readonly readers: CaseReaders;
	readonly onFailure: (error: unknown) => void;
	/** Pages that show a caseload. */
	readonly pages: () => readonly RoomSocket[];
}

/** Gathers what changed in all cases, and tells each caseload which of its rows to ask for again: ids only. */
export class CaseloadNews {
	readonly #asks: Asks;
	#pending: CaseAnnouncement[] = [];
	#timer: NodeJS.Timeout | undefined;
	#telling = false;

	constructor(asks: Asks) {
		this.#asks = asks;
	}

	add(announcement: CaseAnnouncement): void {
		if (!IN_A_ROW.has(announcement.kind) || this.#asks.pages().length === 0) return;
		this.#pending.push(announcement);
		if (!this.#timer && !this.#telling) void this.#tell();
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#pending = [];
	}

	/** Who may hear what is asked at this moment, once for everybody. */
	async #tell(): Promise<void> {
		this.#timer = undefined;
		const pending = this.#pending;
		if (pending.length === 0) return;
		this.#pending = [];
		this.#telling = true;
		await this.#tellOf(pending).catch(this.#asks.onFailure);
		this.#telling = false;
		this.#timer = setTimeout(() => void this.#tell(), GATHER_MS);
	}

	async #tellOf(pending: readonly CaseAnnouncement[]): Promise<void> {
		const byCase = Map.groupBy(pending, ({ caseId }) => caseId);
		const personIds: PersonId[] = this.#asks.pages().map(({ data }) => data.personId);
		const readers = await this.#asks.readers([...byCase.keys()], personIds);
		const may = new Map(readers.map((reader) => [pairKey(reader.facts.caseId, reader.actor.personId), reader]));
		for (const page of this.#asks.pages()) {
			const caseIds: CaseId[] = [];
			for (const [caseId, announcements] of byCase) {
				const reader = may.get(pairKey(caseId, page.data.personId));
				if (reader && announcements.some((announcement) => mayHear(reader, announcement))) caseIds.push(caseId);
			}
			if (caseIds.length > 0) page.emit('caseloadChanged', { caseIds });
		}
	}
}
