import type { DocumentId } from '../../domain/ids.ts';
import type { DocumentAppend, LogUpdate } from '../log/board-log.ts';
import type { Stage } from './stage.ts';
import type { WrittenUpdate } from './write-boards.ts';

/** Something that happens in a story at its time. */
export type Happening =
	| { readonly kind: 'sitting'; readonly at: Date; readonly documentId: DocumentId; readonly update: WrittenUpdate }
	| { readonly kind: 'command'; readonly at: Date; readonly run: (stage: Stage) => Promise<void> };

/** Lets happenings come to pass in order, up to one instant after the other. */
export class Timeline {
	readonly #left: Happening[];
	readonly #known = new Set<string>();

	constructor(happenings: readonly Happening[]) {
		this.#left = happenings.toSorted((left, right) => left.at.getTime() - right.at.getTime());
	}

	async until(stage: Stage, at: Date): Promise<void> {
		const next = this.#left.findIndex((each) => each.at > at);
		const due = this.#left.splice(0, next < 0 ? this.#left.length : next);
		const sittings = due.filter((each) => each.kind === 'sitting');
		if (sittings.length > 0) await stage.log.append(this.#appendsOf(sittings));
		for (const each of due) if (each.kind === 'command') await each.run(stage);
	}

	#appendsOf(sittings: readonly Extract<Happening, { kind: 'sitting' }>[]): readonly DocumentAppend[] {
		return Array.from(
			Map.groupBy(sittings, ({ documentId }) => documentId),
			([documentId, written]) => ({
				documentId,
				epoch: 1, // no story goes back
				updates: written.map(({ update }): LogUpdate => ({ ...update, sessionId: null })),
				newClients: written.map(({ update }) => update).filter(({ clientId }) => this.#isNew(`${documentId}/${clientId}`)),
			}),
		);
	}

	#isNew(client: string): boolean {
		if (this.#known.has(client)) return false;
		this.#known.add(client);
		return true;
	}
}
