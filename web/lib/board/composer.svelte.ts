import {
	addDraft,
	noteDraftShared,
	removeDraft,
	setDraftCompartment,
	setDraftKind,
	setDraftTrack,
} from '../../../board/edit/draft.ts';
import { formatCompartment, parseCompartment } from '../../../board/compartments.ts';
import { newId } from '../../../board/new-id.ts';
import type { PrivateProjection } from '../../../board/project.ts';
import type { DraftRow } from '../../../board/rows.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { DraftId, ObservationId, TrackId } from '../../../domain/ids.ts';
import type { ObservationKind } from '../../../domain/observation/observation.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import type { DocumentView } from './document-view.svelte.ts';

export type ShareTarget = CaseBoard['shareTo'][number];

/**
 * The draft being written: only its author's until it is shared. It is made in the private document with the first
 * keystroke; until then kind, track and compartment are kept here.
 */
export class Composer {
	readonly #drafts: DocumentView<PrivateProjection>;
	readonly #targets: () => CaseBoard['shareTo'];
	id = $state.raw(newId<DraftId>());
	#kind = $state.raw<ObservationKind>('fact');
	#track = $state.raw<TrackId | null>(null);
	#chosen = $state.raw<ShareTarget | undefined>();
	/** Counts requests to write here, with words to begin with where the draft is empty. */
	asked = $state.raw({ times: 0, question: '' });
	#begun = false;
	/** By words. */
	readonly #meant = new Map<string, Partial<DraftRow>>();

	/** @param targets where its author may share now: rights change while the page is open */
	constructor(drafts: DocumentView<PrivateProjection>, targets: () => CaseBoard['shareTo']) {
		this.#drafts = drafts;
		this.#targets = targets;
		const newest = this.unshared[0];
		if (newest) this.id = newest.id;
	}

	get targets(): readonly ShareTarget[] {
		return this.#targets();
	}

	/** Newest first. */
	get unshared(): PrivateProjection['drafts'] {
		return this.#drafts.rows.drafts.filter((draft) => !draft.shared && !draft.removed);
	}

	get row(): PrivateProjection['drafts'][number] | undefined {
		return this.#drafts.rows.drafts.find(({ id }) => id === this.id);
	}

	get kind(): ObservationKind {
		return this.row?.kind ?? this.#kind;
	}

	get track(): TrackId | null {
		return this.row ? this.row.track : this.#track;
	}

	/** Nothing is put in the place of an audience that is unknown or out of reach: its author chooses again. */
	get target(): ShareTarget | undefined {
		if (this.row) return this.#reachable(this.row.compartment);
		return this.#chosen ? this.#reachable(wordOf(this.#chosen)) : this.targets[0];
	}

	chooseKind(kind: ObservationKind): void {
		this.#kind = kind;
		if (this.row) this.#drafts.edit((doc, by) => setDraftKind(doc, by, this.id, kind), false);
	}

	chooseTrack(track: TrackId | null): void {
		this.#track = track;
		if (this.row) this.#drafts.edit((doc, by) => setDraftTrack(doc, by, this.id, track), false);
	}

	chooseTarget(target: ShareTarget): void {
		this.#chosen = target;
		if (this.row) this.#drafts.edit((doc, by) => setDraftCompartment(doc, by, this.id, wordOf(target)), false);
	}

	/** Called before the first keystroke is written, so that the draft exists when its words do. */
	begin(): void {
		const { target } = this;
		if (this.row || this.#begun) return;
		this.#begun = true;
		const [id, kind, track] = [this.id, this.#kind, this.#track];
		this.#drafts.edit(
			(doc, by) => void addDraft(doc, by, { id, kind, track, ...(target && { compartment: wordOf(target) }) }),
			false,
		);
	}

	/** A new empty draft; the present one stays in the list of drafts. */
	startNew(): void {
		this.id = newId<DraftId>();
		this.#begun = false;
		this.#track = null;
	}

	open(id: DraftId): void {
		this.id = id;
		this.#begun = true;
	}

	/** Another part of the board asks for words: why no job-directed track runs. */
	reason(question: string): void {
		this.chooseKind('interpretation');
		this.asked = { times: this.asked.times + 1, question };
	}

	shared(id: DraftId, observationId: ObservationId): void {
		this.#drafts.edit((doc, by) => noteDraftShared(doc, by, id, observationId), false);
		if (this.id === id) this.startNew();
	}

	remove(id: DraftId): void {
		this.#drafts.edit((doc, by) => removeDraft(doc, by, id));
		if (this.id === id) this.startNew();
	}

	/** Notes for whom words were written, while the drafts they stand in are still here. */
	remember(texts: readonly string[]): void {
		for (const text of texts) {
			const draft = this.unshared.find((row) => row.text === text);
			if (draft) this.#meant.set(text, draft);
		}
	}

	/** Whether a draft can be made. */
	get mayKeep(): boolean {
		return this.#drafts.writable && this.targets.length > 0;
	}

	/**
	 * Keeps words that lost their place as drafts of their own, for whom they were written; where that is not known
	 * their author has to choose. @returns false where no draft can be made
	 */
	keep(texts: readonly string[]): boolean {
		if (!this.mayKeep) return false;
		for (const text of texts) {
			const { kind = 'fact', track = null, compartment = '' } = this.#meant.get(text) ?? {};
			this.#drafts.edit((doc, by) => void addDraft(doc, by, { kind, track, compartment, text }), false, [text]);
		}
		return true;
	}

	#reachable(compartment: string): ShareTarget | undefined {
		const meant = parseCompartment(compartment);
		return meant && this.targets.find((target) => sameTarget(target, meant));
	}
}

function wordOf({ compartment, placementId }: ShareTarget): string {
	return formatCompartment(
		(compartment === 'placement' ? { kind: 'placement', placementId } : { kind: compartment }) as Compartment,
	);
}

function sameTarget(target: ShareTarget, meant: Compartment): boolean {
	return target.compartment === meant.kind && (meant.kind !== 'placement' || meant.placementId === target.placementId);
}
