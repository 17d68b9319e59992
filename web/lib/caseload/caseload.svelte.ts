import type { CaseId } from '../../../domain/ids.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { TrackType } from '../../../domain/programme/template.ts';
import type { CaseList, CaseListEntry } from '../../../server/api/case-board.ts';
import { Connection } from '../board/connection.svelte.ts';
import { groupEntries, isShown, passes, SHOWN, type CaseloadView, type PlannedEntry, type Shown } from './caseload-view.ts';
import { HeldGroups } from './held-groups.svelte.ts';

/** Everything the caseload shows: rendered by the server from one answer, then kept row by row. */
export class Caseload {
	view = $state.raw() as CaseloadView;
	week = $state.raw() as IsoWeek;
	trackTypes = $state.raw<readonly TrackType[]>([]);
	readonly connection = new Connection();
	#rows = $state.raw<ReadonlyMap<CaseId, PlannedEntry>>(new Map());
	readonly #groups = $derived.by(() => {
		const shown = [...this.#rows.values()].filter((entry) => passes(entry, this.view));
		return groupEntries(shown, this.view.order);
	});
	readonly order = new HeldGroups(
		() => this.#groups,
		(id) => this.#rows.has(id as CaseId),
	);
	/** Cases that are not over. */
	readonly open = $derived([...this.#rows.values()].filter(({ closed }) => !closed));
	readonly counts = $derived.by(() => {
		const count = (show: Shown) => [show, [...this.#rows.values()].filter((entry) => isShown(entry, show)).length] as const;
		return Object.fromEntries(SHOWN.map(count)) as Record<Shown, number>;
	});
	/** The phases people stand in, in the templates' order. */
	readonly phases = $derived.by(() => {
		const found = new Map<string, PlannedEntry>();
		for (const entry of this.#rows.values()) if (entry.plan.phase) found.set(entry.plan.phase.id, entry);
		return Array.from(found, ([id, { plan, phase }]) => ({ id, step: plan.phase?.step ?? 0, label: phase })).sort(
			(a, b) => a.step - b.step,
		);
	});
	/** One column for each kind of track; everything job-directed shares the last one. */
	readonly columns = $derived(this.trackTypes.filter(({ jobDirected }) => !jobDirected));

	constructor(list: CaseList, view: CaseloadView) {
		this.view = view;
		this.refresh(list);
	}

	/** The whole list again. */
	refresh({ cases, trackTypes, week }: CaseList): void {
		this.#rows = new Map(planned(cases).map((entry) => [entry.id, entry]));
		this.trackTypes = trackTypes;
		this.week = week;
	}

	/** Some rows again; what was asked for and not answered is not this reader's any more. */
	replace(asked: readonly CaseId[], { cases, trackTypes, week }: CaseList): void {
		const rows = new Map(this.#rows);
		for (const id of asked) rows.delete(id);
		for (const entry of planned(cases)) rows.set(entry.id, entry);
		this.#rows = rows;
		this.week = week;
		const known = new Set(this.trackTypes.map(({ id }) => id));
		this.trackTypes = [...this.trackTypes, ...trackTypes.filter(({ id }) => !known.has(id))];
	}

	/** The case is not this reader's any more: its row goes at once. */
	drop(id: CaseId): void {
		const rows = new Map(this.#rows);
		rows.delete(id);
		this.#rows = rows;
	}

	get ids(): readonly CaseId[] {
		return [...this.#rows.keys()];
	}

	row(id: CaseId): PlannedEntry | undefined {
		return this.#rows.get(id);
	}

	get shownCount(): number {
		return this.#groups.reduce((sum, { ids }) => sum + ids.length, 0);
	}

	/** One's own choice shows at once, wherever the focus is. */
	choose(change: Partial<CaseloadView>): void {
		this.view = { ...this.view, ...change };
		this.order.refresh();
	}

	typeOf(id: string): TrackType | undefined {
		return this.trackTypes.find((type) => type.id === id);
	}
}

/** Who reads the plan of one case has a profession that reads it in all. */
function planned(cases: readonly CaseListEntry[]): PlannedEntry[] {
	return cases.filter((entry): entry is PlannedEntry => entry.plan !== null);
}
