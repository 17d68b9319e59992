import { describe, expect, test, vi } from 'vitest';
import { asId, type PersonId } from '../../domain/ids.ts';
import { localPath } from '../../web/lib/session/local-path.ts';
import { passCookies } from '../../web/lib/session/pass-cookies.ts';
import { signInAgain } from '../../web/lib/session/sign-in-again.ts';

describe('after signing in one goes on inside our own pages only', () => {
	test.each(['/cases', '/cases/1?week=2026-W47'])('to %s', (path) => expect(localPath(path, '/')).toBe(path));
	test.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', '', null, '/\t/evil.example'])(
		'never to %s',
		(path) => {
			expect(new URL(localPath(path, '/'), 'http://us.test').host).toBe('us.test');
		},
	);
});

test('a form without our script gets the session cookie exactly as the API set it', () => {
	const set = vi.fn();
	const response = new Response(null, {
		headers: { 'set-cookie': 'tavle.session=a%2Bb.c%3D; Path=/; HttpOnly; Secure; SameSite=Lax' },
	});
	passCookies(response, { set } as never);
	const [name, value, options] = set.mock.calls[0] ?? [];
	expect([name, value, options.encode('a%2Bb')]).toEqual(['tavle.session', 'a%2Bb.c%3D', 'a%2Bb']);
	expect(options).toMatchObject({ path: '/', httpOnly: true, secure: true, sameSite: 'lax' });
	expect(options).not.toHaveProperty('maxAge');
});

describe('signing in again over a page', () => {
	const person = { personId: asId<PersonId>('01900000-0000-7000-8000-000000000009'), email: 'leder@tavle.example' };
	const answering = (status: number) => vi.fn(async () => new Response(null, { status }));

	test('asks for the same person and nobody else', async () => {
		const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response(null, { status: 200 }));
		expect(await signInAgain(person, 'hemmeligt ord', fetch)).toBeUndefined();
		expect(JSON.parse(String(fetch.mock.calls[0]?.[1]?.body))).toMatchObject({
			expectedPersonId: person.personId,
			email: person.email,
		});
	});

	test.each([
		[401, 'refused'],
		[409, 'otherPerson'],
		[429, 'tooMany'],
		[503, 'unavailable'],
	] as const)('answers %i with "%s"', async (status, refusal) => {
		expect(await signInAgain(person, 'x', answering(status))).toBe(refusal);
	});

	test('without a network says so and loses nothing', async () => {
		expect(await signInAgain(person, 'x', () => Promise.reject(new TypeError('offline')))).toBe('unavailable');
	});
});
