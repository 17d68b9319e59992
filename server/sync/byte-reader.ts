/**
 * Reads lib0's encodings from bytes nobody has vouched for. lib0's own decoder reads past the end of a slice into the
 * buffer pool behind it, and allocates what a length says before it knows whether it is there; this one throws instead.
 *
 * @throws {RangeError} from every method, when the bytes end too early or a number is out of bounds
 */
export class ByteReader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get left(): number {
		return this.#bytes.length - this.#at;
	}

	uint8(): number {
		const byte = this.#bytes[this.#at++];
		if (byte === undefined) throw new RangeError('bytes-end-early');
		return byte;
	}

	/** @param most the largest value that makes sense here */
	varUint(most = Number.MAX_SAFE_INTEGER): number {
		let value = 0;
		let factor = 1;
		for (;;) {
			const byte = this.uint8();
			value += (byte & 0x7f) * factor;
			if (value > most) throw new RangeError('number-too-large');
			if (byte < 0x80) return value;
			factor *= 128;
			if (factor > Number.MAX_SAFE_INTEGER) throw new RangeError('number-too-large');
		}
	}

	/** Lists cost at least a byte an entry, so a count beyond what is left is a lie. */
	count(most = Number.MAX_SAFE_INTEGER): number {
		return this.varUint(Math.min(most, this.left));
	}

	/** A signed number: 6 bits in the first byte, a sign, then 7 a byte. Its value matters to nobody here. */
	skipVarInt(): void {
		let byte = this.uint8();
		for (let length = 1; byte >= 0x80; length++) {
			if (length > 8) throw new RangeError('number-too-large');
			byte = this.uint8();
		}
	}

	skip(length: number): void {
		if (length > this.left) throw new RangeError('bytes-end-early');
		this.#at += length;
	}

	/** A length and that many bytes, as a view. */
	varBytes(): Uint8Array {
		const length = this.varUint(this.left);
		if (length > this.left) throw new RangeError('bytes-end-early');
		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}

	/** @throws {TypeError} on what is not UTF-8: Yjs would throw too, in the middle of a transaction */
	varString(): string {
		return UTF8.decode(this.varBytes());
	}

	expectEnd(): void {
		if (this.left !== 0) throw new RangeError('bytes-left-over');
	}
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
