import { PAIRING_CODE_MS } from '../../../domain/meeting/wall.ts';

/** The screens of a whole town hall may stand behind one address; one that asks for more keeps nobody else's from a code. */
const PER_ADDRESS = 40;

/** How often an address asked for a code while those codes still stand. In memory, like the limit of sign-in. */
export class CodesAsked {
	readonly #atMs = new Map<string, readonly number[]>();

	/** Counts one more; false, and not counted, where it is one too many. */
	count(address: string, at: Date): boolean {
		const nowMs = at.getTime();
		for (const [each, asked] of this.#atMs) {
			const standing = asked.filter((atMs) => nowMs - atMs < PAIRING_CODE_MS);
			if (standing.length > 0) this.#atMs.set(each, standing);
			else this.#atMs.delete(each);
		}
		const asked = this.#atMs.get(address) ?? [];
		if (asked.length >= PER_ADDRESS) return false;
		this.#atMs.set(address, [...asked, nowMs]);
		return true;
	}
}
