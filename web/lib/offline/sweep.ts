import type { PersonId } from '../../../domain/ids.ts';
import { isKeptStill } from '../../../domain/offline-text.ts';
import type { DeviceStore } from './device-store.ts';

/** On a device lies only what its present user wrote within the last hours. */
export async function sweep(store: DeviceStore, ownerId: PersonId, clockMs: () => number): Promise<void> {
	const pieces = await store.all();
	const nowMs = clockMs(); // after the pieces: one that another page writes meanwhile is not of the future
	const gone = pieces.filter((piece) => piece.ownerId !== ownerId || !isKeptStill(piece.writtenAtMs, nowMs));
	await store.delete(gone.map(({ id }) => id));
}
