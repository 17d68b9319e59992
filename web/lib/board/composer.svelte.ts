import { addDraft, noteDraftShared, removeDraft, setDraftCompartment, setDraftKind, setDraftTrack } from '../../../board/edit/draft.ts';
import { formatCompartment, parseCompartment } from '../../../board/compartments.ts';
import { newId } from '../../../board/new-id.ts';
import type { PrivateProjection } from '../../../board/project.ts';
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
	readonly targets: readonly ShareTarget[];
	id = $state.raw(newId<DraftId>());
	#kind = $state.raw<ObservationKind>('fact');
	#track = $state.raw<TrackId | null>(null);
	#target = $state.raw<ShareTarget | undefined>();
	/** Counts requests to write here, with words to begin with where the draft is empty. */
	asked = $state.raw({ times: 0, question: '' });
	#begun = false;

	constructor(drafts: DocumentView<PrivateProjection>, info: CaseBoard) {
		this.#drafts = drafts;
		this.targets = info.shareTo;
		this.#target = info.shareTo[0];
		const newest = this.unshared[0];
		if (newest) this.id = newest.id;
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

	get target(): ShareTarget | undefined {
		const meant = this.row ? parseCompartment(this.row.compartment) : undefined;
		return this.targets.find((target) => meant && sameTarget(target, meant)) ?? this.#target;
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
		this.#target = target;
		if (this.row) this.#drafts.edit((doc, by) => setDraftCompartment(doc, by, this.id, wordOf(target)), false);
	}

	/** Called before the first keystroke is written, so that the draft exists when its words do. */
	begin(): void {
		if (this.row || this.#begun || !this.#target) return;
		this.#begun = true;
		const [id, kind, track, compartment] = [this.id, this.#kind, this.#track, wordOf(this.#target)];
		this.#drafts.edit((doc, by) => void addDraft(doc, by, { id, kind, track, compartment }), false);
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

	/** Keeps words that lost their place as drafts of their own. */
	keep(texts: readonly string[]): void {
		const target = this.#target;
		if (!target) return;
		for (const text of texts) this.#drafts.edit((doc, by) => void addDraft(doc, by, { kind: 'fact', track: null, compartment: wordOf(target), text }), false);
	}
}

function wordOf({ compartment, placementId }: ShareTarget): string {
	return formatCompartment((compartment === 'placement' ? { kind: 'placement', placementId } : { kind: compartment }) as Compartment);
}

function sameTarget(target: ShareTarget, meant: Compartment): boolean {
	return target.compartment === meant.kind && (meant.kind !== 'placement' || meant.placementId === target.placementId);
}
