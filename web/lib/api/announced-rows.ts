import type { CaseId } from '../../../domain/ids.ts';

interface AnnouncedRowsOptions<Rows> {
	/** Asks for the rows of some cases, or for all without ids; undefined when nobody answered. */
	readonly ask: (ids: readonly CaseId[] | undefined) => Promise<Rows | undefined>;
	readonly take: (rows: Rows, ids: readonly CaseId[] | undefined) => void;
	readonly drop: (id: CaseId) => void;
}

const ASK_AGAIN_MS = 2_000;
/** As many as one request may name. */
const ROWS_AT_ONCE = 100;

/** Keeps a list true whose announcements carry ids only: asks for what was announced and for no other rows, until it is answered. */
export class AnnouncedRows<Rows> {
	readonly #options: AnnouncedRowsOptions<Rows>;
	readonly #announced = new Set<CaseId>();
	/** Taken away since the request under way was made: its answer may still hold them. */
	readonly #withdrawn = new Set<CaseId>();
	#all = false;
	#asking = false;
	#stopped = false;

	constructor(options: AnnouncedRowsOptions<Rows>) {
		this.#options = options;
	}

	/** Something of these cases is not what it was. */
	announced(ids: readonly CaseId[]): void {
		for (const id of ids) this.#announced.add(id);
		void this.#ask();
	}

	/** Gone at once: nothing of a case may stay on the screen while one asks. */
	withdraw(id: CaseId): void {
		this.#options.drop(id);
		if (this.#asking) this.#withdrawn.add(id);
		// It may have been given again meanwhile.
		this.announced([id]);
	}

	/** Something was announced that was not heard. */
	missed(): void {
		this.#all = true;
		void this.#ask();
	}

	/** Also begins again after `stop`. */
	start(): void {
		this.#stopped = false;
		void this.#ask();
	}

	stop(): void {
		this.#stopped = true;
	}

	/** One request at a time; what is announced meanwhile is asked for afterwards. */
	async #ask(): Promise<void> {
		if (this.#asking) return;
		this.#asking = true;
		while (!this.#stopped && (this.#all || this.#announced.size > 0)) {
			const ids = this.#all ? undefined : [...this.#announced].slice(0, ROWS_AT_ONCE);
			for (const id of ids ?? this.#announced) this.#announced.delete(id);
			if (!ids) this.#all = false;
			const rows = await this.#options.ask(ids);
			if (rows !== undefined) this.#options.take(rows, ids);
			for (const id of this.#withdrawn) this.#options.drop(id);
			this.#withdrawn.clear();
			if (rows !== undefined) continue;
			if (!ids) this.#all = true;
			for (const id of ids ?? []) this.#announced.add(id);
			if (!this.#stopped) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
		}
		this.#asking = false;
	}
}
