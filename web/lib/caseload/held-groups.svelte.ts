import type { CaseloadGroup } from './caseload-view.ts';

/**
 * Rows never reorder while a pointer or the focus is inside the list: they stay where they are, with what is new in them,
 * until the list is left or the newest order is asked for. Who is gone is gone at once.
 */
export class HeldGroups {
	readonly #latest: () => readonly CaseloadGroup[];
	readonly #exists: (id: string) => boolean;
	#held = $state.raw<readonly CaseloadGroup[] | undefined>();

	constructor(latest: () => readonly CaseloadGroup[], exists: (id: string) => boolean) {
		this.#latest = latest;
		this.#exists = exists;
	}

	get groups(): readonly CaseloadGroup[] {
		if (!this.#held) return this.#latest();
		return this.#held
			.map(({ key, ids }) => ({ key, ids: ids.filter((id) => this.#exists(id)) }))
			.filter(({ ids }) => ids.length > 0);
	}

	/** How many rows stand elsewhere in the newest order, or nowhere yet, or no longer. */
	get waiting(): number {
		if (!this.#held) return 0;
		const [held, latest] = [placesIn(this.groups), placesIn(this.#latest())];
		const moved = [...latest].filter(([id, key]) => held.get(id) !== key).length;
		return moved + [...held.keys()].filter((id) => !latest.has(id)).length;
	}

	hold(): void {
		this.#held ??= this.#latest();
	}

	release(): void {
		this.#held = undefined;
	}

	/** Takes the newest order, and goes on holding that. */
	refresh(): void {
		if (this.#held) this.#held = this.#latest();
	}
}

function placesIn(groups: readonly CaseloadGroup[]): Map<string, string> {
	return new Map(groups.flatMap(({ key, ids }) => ids.map((id) => [id, key] as const)));
}
