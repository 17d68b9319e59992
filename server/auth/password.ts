import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** Longer than a guess, short enough for a sentence; checked when a password is set, not when one is tried. */
export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** scrypt with a fresh salt; a tenth of a second on purpose. */
export interface Passwords {
	hash(password: string): Promise<string>;
	verify(of: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

export const scryptPasswords: Passwords = { hash: hashPassword, verify: verifyPassword };
