import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { sessionToken } from '../../../server/auth/session-cookie.ts';

const secret = 'a secret for tests only';
const sign = (token: string, key = secret) =>
	encodeURIComponent(`${token}.${createHmac('sha256', key).update(token).digest('base64')}`);
const tokenIn = (cookie: string) => sessionToken(new Headers({ cookie }), secret);

test.each(['tavle.session_token', '__Secure-tavle.session_token'])('the token in %s is read when we signed it', (name) => {
	expect(tokenIn(`other=1; ${name}=${sign('abc')}; more=2`)).toBe('abc');
});

test.each([
	['nobody', ''],
	['another key', `tavle.session_token=${sign('abc', 'guess')}`],
	['a changed token', `tavle.session_token=${sign('abc').replace('abc', 'abd')}`],
	['no signature', 'tavle.session_token=abc'],
	['an empty token', `tavle.session_token=${sign('')}`],
	['broken escapes', 'tavle.session_token=%E0%A4%A'],
	['a shortened signature', `tavle.session_token=${sign('abc').slice(0, -12)}`],
])('a cookie signed by %s opens nothing', (_, cookie) => expect(tokenIn(cookie)).toBeUndefined());
