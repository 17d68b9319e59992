import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { PROFESSIONS, type Profession } from '../../../domain/people.ts';

/** Somebody else on this board, as the server stamped them; where they are is their own word. */
export interface PresentPerson {
	readonly clientId: number;
	readonly personId: string;
	readonly name: string;
	readonly profession: Profession | undefined;
	readonly organisation: string;
	readonly external: boolean;
	/** The field their caret is in. */
	readonly field: string | undefined;
	readonly writing: boolean;
}

export interface RemoteCaret {
	readonly name: string;
	readonly profession: Profession | undefined;
	readonly offset: number;
}

interface Place {
	readonly field: string;
	/** A position that survives edits before it, as JSON. */
	readonly caret: unknown;
	/** Counts the moves, so that others see when it last moved. */
	readonly move: number;
}

/** How long a name stays in a field's head after the caret last moved. */
const WRITING_MS = 3_000;

/** Who else is on this document, and where. Awareness is a hint: nothing is decided by it. */
export class Presence {
	readonly #awareness: Awareness;
	readonly #doc: Y.Doc;
	#states = $state.raw<ReadonlyMap<number, Record<string, unknown>>>(new Map());
	/** Instants of the last move by client, for "is writing". */
	#moved = $state.raw<ReadonlyMap<number, number>>(new Map());
	#moves = 0;
	#lastPlace = '';
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(awareness: Awareness) {
		this.#awareness = awareness;
		this.#doc = awareness.doc;
		awareness.on('change', this.#changed);
	}

	readonly people: readonly PresentPerson[] = $derived.by(() => {
		const own = this.#doc.clientID;
		return [...this.#states].flatMap(([clientId, state]) =>
			clientId === own ? [] : (personOf(clientId, state, this.#moved.has(clientId)) ?? []),
		);
	});

	/** People whose caret moved in this field in the last seconds. */
	writingIn(field: string): readonly PresentPerson[] {
		return this.people.filter((person) => person.field === field && person.writing);
	}

	/** Offsets from the start, in order; a caret whose place has not arrived here yet is left out. */
	caretsIn(field: string): readonly RemoteCaret[] {
		return this.people
			.filter((person) => person.field === field)
			.flatMap((person) => {
				const offset = this.#offsetOf(person.clientId, field);
				return offset === undefined ? [] : [{ name: person.name, profession: person.profession, offset }];
			})
			.sort((left, right) => left.offset - right.offset);
	}

	place(field: string, start: number, end: number): void {
		const place = `${field}:${start}:${end}`;
		if (place === this.#lastPlace) return;
		this.#lastPlace = place;
		const caret = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(this.#doc.getText(field), end, -1)) as unknown;
		this.#awareness.setLocalStateField('place', { field, caret, move: ++this.#moves } satisfies Place);
	}

	leave(field: string): void {
		if (!this.#lastPlace.startsWith(`${field}:`)) return;
		this.#lastPlace = '';
		this.#awareness.setLocalStateField('place', null);
	}

	destroy(): void {
		clearTimeout(this.#timer);
		this.#awareness.off('change', this.#changed);
	}

	readonly #changed = (): void => {
		const now = Date.now();
		const moved = new Map([...this.#moved].filter(([, at]) => now - at < WRITING_MS));
		for (const [clientId, state] of this.#awareness.getStates()) {
			if (placeOf(state)?.move !== placeOf(this.#states.get(clientId))?.move && this.#states.has(clientId))
				moved.set(clientId, now);
		}
		this.#states = new Map(this.#awareness.getStates());
		this.#moved = moved;
		clearTimeout(this.#timer);
		if (moved.size > 0) this.#timer = setTimeout(this.#changed, WRITING_MS);
	};

	#offsetOf(clientId: number, field: string): number | undefined {
		const place = placeOf(this.#states.get(clientId));
		try {
			const position = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(place?.caret), this.#doc);
			return position && position.type === this.#doc.share.get(field) ? position.index : undefined;
		} catch {
			// Somebody else's bytes: a caret we cannot read is not shown.
			return undefined;
		}
	}
}

function placeOf(state: Record<string, unknown> | undefined): Place | undefined {
	const place = state?.['place'] as Partial<Place> | null | undefined;
	return place && typeof place.field === 'string' ? (place as Place) : undefined;
}

function personOf(clientId: number, state: Record<string, unknown>, writing: boolean): PresentPerson | undefined {
	const user = state['user'] as Record<string, unknown> | undefined;
	if (!user || typeof user['name'] !== 'string') return undefined;
	const word = (key: string): string => (typeof user[key] === 'string' ? user[key] : '');
	return {
		clientId,
		writing,
		personId: word('personId') || word('id') || word('name'),
		name: user['name'],
		profession: PROFESSIONS.find((one) => one === user['profession']),
		organisation: word('organisation'),
		external: user['external'] === true,
		field: placeOf(state)?.field,
	};
}
