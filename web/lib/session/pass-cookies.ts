import type { Cookies } from '@sveltejs/kit';

/** Hands the browser the cookies an API answer sets: a form without our script signs in through us. */
export function passCookies(response: Response, cookies: Cookies): void {
	for (const line of response.headers.getSetCookie()) {
		const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
		const cut = pair.indexOf('=');
		const given = new Map(attributes.map((each) => [each.split('=')[0]!.toLowerCase(), each.slice(each.indexOf('=') + 1)]));
		const maxAge = given.get('max-age');
		cookies.set(pair.slice(0, cut), pair.slice(cut + 1), {
			path: given.get('path') ?? '/',
			httpOnly: given.has('httponly'),
			secure: given.has('secure'),
			sameSite: given.get('samesite')?.toLowerCase() === 'strict' ? 'strict' : 'lax',
			...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
			encode: (value) => value, // encoded already by who made it
		});
	}
}
