import { hkdfSync } from 'node:crypto';
import { KEY_BYTES, seal, SealBroken, unseal } from './seal.ts';

/** Each use of the master key has a key of its own, derived from it. */
export function derivedKey(masterKey: Uint8Array, use: 'data keys' | 'cpr index' | 'offline text' | 'key check'): Buffer {
	return Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), `faellestavle ${use} v1`, KEY_BYTES));
}

const KEY_CHECK_TEXT = Buffer.from('faellestavle');
const KEY_CHECK_PLACE = 'installation.key-check';

/** A known text under the master key: what the installation keeps to tell a wrong key by. */
export function keyCheckOf(masterKey: Uint8Array): Buffer {
	return seal(derivedKey(masterKey, 'key check'), KEY_CHECK_TEXT, KEY_CHECK_PLACE);
}

export function fitsKeyCheck(masterKey: Uint8Array, keyCheck: Uint8Array): boolean {
	try {
		return unseal(derivedKey(masterKey, 'key check'), keyCheck, KEY_CHECK_PLACE).equals(KEY_CHECK_TEXT);
	} catch (error) {
		if (error instanceof SealBroken) return false;
		throw error;
	}
}
