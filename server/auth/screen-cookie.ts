/** The cookie of a screen on a wall. It signs in nobody: it says which screen this is, and a lead decided what that one shows. */
import { parse, serialize } from 'hono/utils/cookie';
import { WALL_SCREEN_MS } from '../../domain/meeting/wall.ts';

const NAME = 'tavle-wall';

export function screenSecret(headers: Headers): string | undefined {
	return parse(headers.get('cookie') ?? '', NAME)[NAME];
}

/** @param secure behind TLS */
export function screenCookie(secret: string, secure: boolean): string {
	return serialize(NAME, secret, { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: WALL_SCREEN_MS / 1000, secure });
}
