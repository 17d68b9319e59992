import { hashPassword, verifyPassword } from 'better-auth/crypto';

/** What better-auth takes; the shortest is checked where a password is set. */
export const PASSWORD_MAX_LENGTH = 128;

/** scrypt with a fresh salt; a tenth of a second on purpose. */
export interface Passwords {
	hash(password: string): Promise<string>;
	verify(of: { readonly hash: string; readonly password: string }): Promise<boolean>;
}

export const scryptPasswords: Passwords = { hash: hashPassword, verify: verifyPassword };
