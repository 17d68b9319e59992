import { describe, expect, test } from 'vitest';
import { AttemptLimit } from '../../../server/auth/attempt-limit.ts';

function aLimit() {
	let nowMs = Date.parse('2026-11-23T08:00:00Z');
	const limit = new AttemptLimit(() => new Date(nowMs));
	const attempt = (account: string, right: boolean, address = '10.0.0.1') =>
		limit.attempt(
			account,
			address,
			() => Promise.resolve(right),
			(value) => value,
		);
	return {
		attempt,
		pass: (ms: number) => {
			nowMs += ms;
		},
		wrong: async (times: number, account = 'mette', address?: string) => {
			for (let time = 0; time < times; time++) await attempt(account, false, address);
		},
	};
}

describe('one account', () => {
	test('waits half a minute after five wrong passwords, then twice as long each time', async () => {
		const { attempt, wrong, pass } = aLimit();
		await wrong(5);
		expect(await attempt('mette', true)).toEqual({ kind: 'wait', waitMs: 30_000 });
		pass(30_000);
		await wrong(1);
		expect(await attempt('mette', true)).toEqual({ kind: 'wait', waitMs: 60_000 });
		pass(60_000);
		expect(await attempt('mette', true)).toEqual({ kind: 'tried', value: true });
	});

	test('never waits longer than a quarter of an hour', async () => {
		const { attempt, wrong, pass } = aLimit();
		await wrong(5);
		for (let round = 0; round < 12; round++) {
			const waiting = await attempt('mette', false);
			pass(waiting.kind === 'wait' ? waiting.waitMs : 0);
			await wrong(1);
		}
		expect(await attempt('mette', true)).toEqual({ kind: 'wait', waitMs: 15 * 60_000 });
	});

	test('is forgiven by a right password and by a quarter of an hour', async () => {
		const { attempt, wrong, pass } = aLimit();
		await wrong(4);
		await attempt('mette', true);
		await wrong(4);
		expect((await attempt('mette', true)).kind).toBe('tried');
		await wrong(4);
		pass(15 * 60_000 + 1);
		await wrong(4);
		expect((await attempt('mette', true)).kind).toBe('tried');
	});

	test('does not slow another', async () => {
		const { attempt, wrong } = aLimit();
		await wrong(5);
		expect((await attempt('jonas', true)).kind).toBe('tried');
	});

	test('gets no more guesses by sending them all at once', async () => {
		const { attempt } = aLimit();
		const answers = await Promise.all(Array.from({ length: 40 }, () => attempt('mette', false)));
		expect(answers.filter(({ kind }) => kind === 'tried')).toHaveLength(5);
	});

	test('may be signed in to from several places at once', async () => {
		const { attempt } = aLimit();
		const answers = await Promise.all(Array.from({ length: 12 }, () => attempt('mette', true)));
		expect(answers.every(({ kind }) => kind === 'tried')).toBe(true);
	});
});

describe('one address', () => {
	test('lets forty colleagues in at once, each after a slip', async () => {
		const { attempt } = aLimit();
		const people = Array.from({ length: 40 }, (_, number) => `person${number}`);
		await Promise.all(people.map((person) => attempt(person, false)));
		const answers = await Promise.all(people.map((person) => attempt(person, true)));
		expect(answers.every(({ kind }) => kind === 'tried')).toBe(true);
	});

	test('is slowed when it tries one password on everybody', async () => {
		const { attempt, pass } = aLimit();
		for (let number = 0; number < 150; number++) await attempt(`person${number}`, false);
		expect((await attempt('somebody', true)).kind).toBe('wait');
		expect((await attempt('somebody', true, '10.0.0.2')).kind).toBe('tried');
		pass(30_001);
		expect((await attempt('somebody', true)).kind).toBe('tried');
	});
});

test('an attempt that fails for another reason is passed on, and the next in line goes ahead', async () => {
	const { attempt } = aLimit();
	const limit = new AttemptLimit(() => new Date());
	const broken = limit.attempt(
		'mette',
		'10.0.0.1',
		() => Promise.reject(new Error('database away')),
		() => true,
	);
	const next = limit.attempt(
		'mette',
		'10.0.0.1',
		() => Promise.resolve('in'),
		() => true,
	);
	await expect(broken).rejects.toThrow('database away');
	expect(await next).toEqual({ kind: 'tried', value: 'in' });
	expect((await attempt('mette', true)).kind).toBe('tried');
});
