import { hkdfSync } from 'node:crypto';

/** Signs session cookies. Derived from the master key, so there is one secret to keep and not two. */
export function signInSecret(masterKey: Uint8Array): string {
	return Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), 'faellestavle sign-in v1', 32)).toString('base64');
}
