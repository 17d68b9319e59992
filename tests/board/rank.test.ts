import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { byRank, isRank, rankBetween } from '../../board/rank.ts';
import { SeededRandom } from '../support/seeded-random.ts';

/** Many runs on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

/** Inserts by chance, at the ends more often than people would. */
function grown(seed: number, count: number, position: (length: number) => number): string[] {
	const random = new SeededRandom(seed);
	const ranks: string[] = [];
	for (let index = 0; index < count; index++) {
		const at = position(ranks.length);
		ranks.splice(at, 0, rankBetween(ranks[at - 1] ?? null, ranks[at] ?? null, random.next));
	}
	return ranks;
}

test('there is always room between two, before the first and after the last', () => {
	fc.assert(
		fc.property(
			fc.nat(),
			fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 60 }),
			(seed, places) => {
				const ranks = grown(seed, places.length, (length) => Math.floor(places[length]! * (length + 1)));
				expect(ranks).toEqual(ranks.toSorted());
				expect(new Set(ranks).size).toBe(ranks.length);
				expect(ranks.every(isRank)).toBe(true);
			},
		),
	);
});

test('between any two readable ranks lies a readable one', () => {
	const rank = fc.stringMatching(/^[0-9A-Za-z]{0,8}[1-9A-Za-z]$/);
	fc.assert(
		fc.property(rank, rank, fc.nat(), (left, right, seed) => {
			fc.pre(left !== right);
			const [before, after] = [left, right].toSorted() as [string, string];
			const between = rankBetween(before, after, new SeededRandom(seed).next);
			expect(before < between && between < after && isRank(between)).toBe(true);
			expect(rankBetween(null, before, new SeededRandom(seed).next) < before).toBe(true);
			expect(rankBetween(after, null, new SeededRandom(seed).next) > after).toBe(true);
		}),
		{ numRuns: 2_000 },
	);
});

test('five thousand things added at the end keep ranks of seven digits', () => {
	expect(Math.max(...grown(1, 5_000, (length) => length).map((rank) => rank.length))).toBe(7);
	expect(Math.max(...grown(1, 5_000, () => 0).map((rank) => rank.length))).toBe(7);
});

test('three hundred things pressed into one place are still within the limit', () => {
	expect(grown(1, 300, (length) => Math.min(length, 1)).every(isRank)).toBe(true);
});

test('two people who insert at the same place at once get different ranks', () => {
	const ranks = Array.from({ length: 40 }, (_, seed) => rankBetween('V0001', 'V0002', new SeededRandom(seed).next));
	expect(new Set(ranks).size).toBe(40);
});

test('refuses two that are not in order', () => {
	expect(() => rankBetween('b', 'a')).toThrow(RangeError);
	expect(() => rankBetween('a', 'a')).toThrow(RangeError);
});

test('equal ranks stand by their ids, alike everywhere', () => {
	const rows = [
		{ id: 'b', rank: 'V' },
		{ id: 'a', rank: 'V' },
		{ id: 'c', rank: 'A' },
	];
	expect(rows.toSorted(byRank).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
	expect(
		rows
			.toReversed()
			.toSorted(byRank)
			.map(({ id }) => id),
	).toEqual(['c', 'a', 'b']);
});
