import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PAIRING_CODE_DIGITS } from '../../../domain/meeting/wall.ts';

export const approveScreenSchema = z.object({
	/** As it stands on the screen; spaces are how people read numbers aloud. */
	code: z
		.string()
		.max(32)
		.transform((raw) => raw.replace(/\s/gu, ''))
		.refine((code) => new RegExp(`^\\d{${PAIRING_CODE_DIGITS}}$`, 'u').test(code)),
});
export type ApproveScreenInput = z.infer<typeof approveScreenSchema>;

/** What the database keeps of the secret in a screen's cookie. */
export function hashScreenSecret(secret: string): Buffer {
	return createHash('sha256').update(secret).digest();
}
