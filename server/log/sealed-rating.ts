import type { RatingId } from '../../domain/ids.ts';
import { seal, unseal } from './seal.ts';

/** A rating's value, sealed like a text; always four bytes, so that the length tells nothing. */
export function sealRating(key: Uint8Array, value: number, id: RatingId): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(value);
	return seal(key, bytes, ratingPlace(id));
}

/** @throws {SealBroken} */
export function unsealRating(key: Uint8Array, sealed: Uint8Array, id: RatingId): number {
	return unseal(key, sealed, ratingPlace(id)).readInt32BE();
}

function ratingPlace(id: RatingId): string {
	return `rating:${id}`;
}
