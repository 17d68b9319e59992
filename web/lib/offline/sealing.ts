import type { OfflineKeys } from '../../../server/api/case-board.ts';

/** Words as they lie on a device: nothing opens them but the key of their half day. */
export interface Sealed {
	readonly period: number;
	readonly nonce: Uint8Array<ArrayBuffer>;
	readonly bytes: ArrayBuffer;
}

const NONCE_BYTES = 12;

/** The keys the server gave out; in this page's memory only, and never to be read out of it. */
export class SealingKeys {
	readonly #keys: ReadonlyMap<number, CryptoKey>;
	readonly #newest: number;

	private constructor(keys: ReadonlyMap<number, CryptoKey>, newest: number) {
		this.#keys = keys;
		this.#newest = newest;
	}

	/** Undefined without a key, and where the browser has no cryptography: on a page that did not come over TLS. */
	static async from({ keys: [newest, ...older] }: OfflineKeys): Promise<SealingKeys | undefined> {
		// Undefined on pages that are no secure context, whatever the types say.
		const subtle = crypto.subtle as SubtleCrypto | undefined;
		if (!newest || !subtle) return undefined;
		const imported = await Promise.all(
			[newest, ...older].map(async ({ period, key }) => {
				const raw = Uint8Array.from(atob(key), (unit) => unit.charCodeAt(0));
				return [period, await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])] as const;
			}),
		);
		return new SealingKeys(new Map(imported), newest.period);
	}

	/** @param place whose, where and when: bytes moved elsewhere do not open there */
	async seal(words: Uint8Array, place: string): Promise<Sealed> {
		const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
		const key = this.#keys.get(this.#newest)!;
		const bytes = await crypto.subtle.encrypt(cipher(nonce, place), key, Uint8Array.from(words));
		return { period: this.#newest, nonce, bytes };
	}

	/** Undefined for what no key of ours opens: it is too old, of somebody else, or was changed. */
	async open({ period, nonce, bytes }: Sealed, place: string): Promise<Uint8Array | undefined> {
		const key = this.#keys.get(period);
		try {
			return key && new Uint8Array(await crypto.subtle.decrypt(cipher(nonce, place), key, bytes));
		} catch (error) {
			if (error instanceof DOMException && error.name === 'OperationError') return undefined;
			throw error;
		}
	}
}

function cipher(nonce: Uint8Array<ArrayBuffer>, place: string): AesGcmParams {
	return { name: 'AES-GCM', iv: nonce, additionalData: new TextEncoder().encode(place) };
}
