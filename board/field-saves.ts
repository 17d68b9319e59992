/**
 * Which field is "on my device" and which is "with the team". Every field remembers the frame its last local change
 * went out with; it is with the team when the server has stored that many frames of the socket.
 */
import type { SaveEvent } from './durable-socket.ts';

export type FieldSave = 'on-my-device' | 'with-the-team';

/** A change that went out with no frame yet: the answer to the next socket's step 1 will carry it. */
const OFFLINE = Infinity;

/**
 * Fed with local changes and with what happens on the socket, in the order they happen. `changed` must be called
 * before the provider sends, that is from an observer or `afterTransaction` and not from the document's `update`.
 */
export class FieldSaves {
	readonly #frameOf = new Map<string, number>();
	readonly #changedNow = new Set<string>();
	#connected = false;
	#sent = 0;

	changed(field: string): void {
		this.#frameOf.set(field, OFFLINE);
		if (this.#connected) this.#changedNow.add(field);
	}

	saw(event: SaveEvent): void {
		switch (event.kind) {
			case 'opened':
				return this.#startOver(true);
			case 'closed':
				return this.#startOver(false);
			case 'sent':
				return this.#sentFrame(event.frame);
			case 'acked':
				return this.#stored(event.frames);
			case 'durable':
				return;
		}
	}

	stateOf(field: string): FieldSave {
		return this.#frameOf.has(field) ? 'on-my-device' : 'with-the-team';
	}

	/** Fields with words that only this device has; leaving the page warns while there are any. */
	get onMyDevice(): readonly string[] {
		return [...this.#frameOf.keys()];
	}

	/** What an ended socket had not acknowledged is unsent again, whatever became of it. */
	#startOver(connected: boolean): void {
		this.#connected = connected;
		this.#sent = 0;
		this.#changedNow.clear();
		for (const field of this.#frameOf.keys()) this.#frameOf.set(field, OFFLINE);
	}

	/** An update carries what changed just now, a step 2 everything the server did not have. */
	#sentFrame(frame: 'step-1' | 'step-2' | 'update'): void {
		this.#sent++;
		if (frame === 'step-1') return;
		const carried =
			frame === 'update' ? this.#changedNow : this.onMyDevice.filter((field) => this.#frameOf.get(field) === OFFLINE);
		for (const field of carried) this.#frameOf.set(field, this.#sent);
		this.#changedNow.clear();
	}

	#stored(frames: number): void {
		for (const [field, frame] of this.#frameOf) if (frame <= frames) this.#frameOf.delete(field);
	}
}
