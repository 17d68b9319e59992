import { createHmac, timingSafeEqual } from 'node:crypto';
import { getSessionCookie } from 'better-auth/cookies';

export const COOKIE_PREFIX = 'tavle';

/**
 * The session token of a request, if its cookie bears our signature: `<token>.<base64 HMAC-SHA256>`, percent-encoded, as
 * better-auth sets it. Read here rather than by better-auth so that authenticating costs one query instead of three.
 */
export function sessionToken(headers: Headers, secret: string): string | undefined {
	const cookie = getSessionCookie(headers, { cookiePrefix: COOKIE_PREFIX });
	if (!cookie) return undefined;
	const signed = decode(cookie);
	const dot = signed.lastIndexOf('.');
	if (dot < 1) return undefined;
	const token = signed.slice(0, dot);
	const expected = createHmac('sha256', secret).update(token).digest();
	const given = Buffer.from(signed.slice(dot + 1), 'base64');
	return given.length === expected.length && timingSafeEqual(given, expected) ? token : undefined;
}

function decode(raw: string): string {
	try {
		return decodeURIComponent(raw);
	} catch (error) {
		if (error instanceof URIError) return '';
		throw error;
	}
}
