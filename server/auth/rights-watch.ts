import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../db/client.ts';
import { newestRightsChange, rightsChangesAfter } from '../../db/repo/rights-change.ts';
import type { CaseId, PersonId } from '../../domain/ids.ts';
import { dayOf, type Day } from '../../domain/iso-week.ts';

/** Whose rights to look at again. Null `caseId` means all cases of the person, null `personId` everybody on the case, both null everything. */
export interface ChangedRights {
	readonly caseId: CaseId | null;
	readonly personId: PersonId | null;
}

export interface RightsListener {
	rightsChanged(changes: readonly ChangedRights[]): void;
	/** The database has not been reached for some seconds: nobody knows what changed, so nothing may be written. */
	lostTouch?(): void;
	backInTouch?(): void;
}

export interface RightsWatch {
	/** Returns what takes the listener off again. */
	listen(listener: RightsListener): () => void;
	/** A command of this process has just committed a change: do not wait for the next look. */
	nudge(): void;
	/** Resolves once it knows where to begin; what is admitted after that misses no change. */
	start(): Promise<void>;
	stop(): Promise<void>;
	readonly inTouch: boolean;
}

export interface RightsWatchDeps {
	readonly db: Database;
	readonly now: () => Date;
	readonly lookEveryMs?: number;
	readonly lostAfterMs?: number;
}

/** Half of the second within which a withdrawn access must have blanked the screen. */
const LOOK_EVERY_MS = 500;
const LOST_AFTER_MS = 3_000;
/** A look at a database that stalls may never end; stopping does not wait for it. */
const STOP_WAITS_MS = 1_000;

export function createRightsWatch(deps: RightsWatchDeps): RightsWatch {
	return new Watch(deps);
}

/** Reads the outbox of rights, in order, and tells everybody in this process who holds connections open. */
class Watch implements RightsWatch {
	readonly #deps: RightsWatchDeps;
	readonly #listeners = new Set<RightsListener>();
	#readUpTo = 0;
	#today: Day;
	#lastTouchMs: number;
	#inTouch = true;
	#looking: Promise<void> | undefined;
	#lookAgain = false;
	#timers: NodeJS.Timeout[] = [];

	constructor(deps: RightsWatchDeps) {
		this.#deps = deps;
		this.#today = dayOf(deps.now());
		this.#lastTouchMs = deps.now().getTime();
	}

	/** By the clock: a process that stood still is out of touch before its timers have said so. */
	get inTouch(): boolean {
		return this.#inTouch && this.#silentMs < this.#mostSilentMs;
	}

	get #silentMs(): number {
		return this.#nowMs() - this.#lastTouchMs;
	}

	#nowMs(): number {
		return this.#deps.now().getTime();
	}

	get #mostSilentMs(): number {
		return this.#deps.lostAfterMs ?? LOST_AFTER_MS;
	}

	listen(listener: RightsListener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async start(): Promise<void> {
		const askedMs = this.#nowMs();
		this.#readUpTo = await newestRightsChange(this.#deps.db.watch);
		this.#touched(askedMs);
		const everyMs = this.#deps.lookEveryMs ?? LOOK_EVERY_MS;
		// The second timer is its own: a look that hangs must not keep us from noticing that it hangs.
		this.#timers = [setInterval(() => this.nudge(), everyMs), setInterval(() => this.#notice(), everyMs)];
	}

	async stop(): Promise<void> {
		for (const timer of this.#timers) clearInterval(timer);
		this.#timers = [];
		this.#lookAgain = false;
		await Promise.race([this.#looking, setTimeout(STOP_WAITS_MS, undefined, { ref: false })]);
	}

	nudge(): void {
		if (this.#looking) {
			this.#lookAgain = true;
			return;
		}
		this.#looking = this.#look().finally(() => {
			this.#looking = undefined;
			if (this.#lookAgain) this.nudge();
		});
		this.#lookAgain = false;
	}

	async #look(): Promise<void> {
		const askedMs = this.#nowMs();
		try {
			const rows = await rightsChangesAfter(this.#deps.db.watch, this.#readUpTo);
			this.#readUpTo = rows.at(-1)?.id ?? this.#readUpTo;
			this.#touched(askedMs);
			const changes = [...rows.map(({ caseId, personId }) => ({ caseId, personId })), ...this.#dayChange()];
			if (changes.length > 0) for (const listener of this.#listeners) listener.rightsChanged(changes);
		} catch {
			this.#lookAgain = false; // the database is not reached: the next look tries, and #notice tells after a while
		}
	}

	/** Access is given by days: at midnight anybody's may begin or end without a row saying so. */
	#dayChange(): ChangedRights[] {
		const today = dayOf(this.#deps.now());
		if (today === this.#today) return [];
		this.#today = today;
		return [{ caseId: null, personId: null }];
	}

	/** An answer tells what had happened when it was asked for, however late it is read. */
	#touched(askedMs: number): void {
		this.#lastTouchMs = askedMs;
		if (this.#inTouch || this.#silentMs >= this.#mostSilentMs) return;
		this.#inTouch = true;
		for (const listener of this.#listeners) listener.backInTouch?.();
	}

	#notice(): void {
		if (!this.#inTouch || this.#silentMs < this.#mostSilentMs) return;
		this.#inTouch = false;
		for (const listener of this.#listeners) listener.lostTouch?.();
	}
}
