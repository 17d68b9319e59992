import { randomBytes, randomInt } from 'node:crypto';
import { newId } from '../../../board/new-id.ts';
import { type Database, transaction } from '../../../db/client.ts';
import { countWaitingScreens, forgetUnapprovedScreens, insertWallScreen } from '../../../db/repo/wall-screen.ts';
import type { WallScreenId } from '../../../domain/ids.ts';
import { PAIRING_CODE_DIGITS, PAIRING_CODE_MS } from '../../../domain/meeting/wall.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CodesAsked } from './codes-asked.ts';
import { hashScreenSecret } from './wall.ts';

/** Far more screens than a municipality has walls: who asks for more is filling the table. */
const MAX_WAITING = 200;
const SECRET_BYTES = 32;

export interface ShownCode {
	readonly code: string;
	/** Goes into the screen's cookie and nowhere else. */
	readonly secret: string;
	readonly expiresAt: Date;
}

export type ShowScreenCode = (address: string) => Promise<Result<ShownCode, { readonly code: 'too-many-screens' }>>;

/**
 * A screen asks for a code to show. Nobody is signed in on a wall: what the screen gets is a number that means nothing until
 * a lead types it, so this is nobody’s command and nothing is audited before that.
 */
export function createShowScreenCode(db: Database, now: () => Date): ShowScreenCode {
	const asked = new CodesAsked();
	return async (address) => {
		const at = now();
		return asked.count(address, at) ? showCode(db, at) : refuse({ code: 'too-many-screens' });
	};
}

async function showCode(db: Database, at: Date): ReturnType<ShowScreenCode> {
	const codeExpiresAt = new Date(at.getTime() + PAIRING_CODE_MS);
	const secret = randomBytes(SECRET_BYTES).toString('base64url');
	return transaction(db, async (tx) => {
		await forgetUnapprovedScreens(tx, at);
		if ((await countWaitingScreens(tx)) >= MAX_WAITING) return refuse({ code: 'too-many-screens' });
		for (;;) {
			const code = String(randomInt(10 ** PAIRING_CODE_DIGITS)).padStart(PAIRING_CODE_DIGITS, '0');
			const screen = { id: newId<WallScreenId>(at.getTime()), code, codeExpiresAt };
			if (await insertWallScreen(tx, screen, hashScreenSecret(secret))) return ok({ code, secret, expiresAt: codeExpiresAt });
		}
	});
}
