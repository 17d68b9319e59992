/**
 * Where something stands in a list, as a string that sorts: between any two there is always room for another, so
 * ordering, editing and removing never fight. Digits are ASCII-ordered base 62 and a rank never ends in '0'.
 * Chance goes into every rank: two people who insert at the same place at once then get different ones.
 */
import { RANK_MAX_LENGTH } from './limits.ts';
import type { Guard } from './values.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE = DIGITS.length;
const RANK = /^[0-9A-Za-z]*[1-9A-Za-z]$/;

/** Digits that are counted as a number when adding at an end: halving there would cost a digit per six things added. */
const HEAD = 5;
const HEAD_MIDDLE = Math.floor(BASE ** HEAD / 2);
const MAX_STEP = BASE ** 2;

/** A number in [0, 1). */
export type Chance = () => number;

/** What a thing without a readable rank is sorted as: after everything that has one. */
export const NO_RANK = '~';

export const isRank: Guard<string> = (raw): raw is string =>
	typeof raw === 'string' && raw.length <= RANK_MAX_LENGTH && RANK.test(raw);

/**
 * A rank strictly between two others; `null` stands for the end of the list.
 * @throws {RangeError} unless `before` < `after`.
 */
export function rankBetween(before: string | null, after: string | null, chance: Chance = Math.random): string {
	if (before !== null && after !== null && before >= after) throw new RangeError('Ranks are not in order');
	const head = headBeyond(before, after, chance);
	return (head ?? midpoint(before ?? '', after)) + jitter(chance);
}

/** Total order of things in a list: by rank, then by id, so that equal ranks stand alike everywhere. */
export function byRank(
	left: { readonly rank: string; readonly id: string },
	right: { readonly rank: string; readonly id: string },
): number {
	if (left.rank !== right.rank) return left.rank < right.rank ? -1 : 1;
	return left.id < right.id ? -1 : Number(left.id > right.id);
}

/** The head of a rank at an open end, or `undefined` when there is no open end or no number left beyond it. */
function headBeyond(before: string | null, after: string | null, chance: Chance): string | undefined {
	const step = 1 + Math.floor(chance() * (MAX_STEP - 1));
	if (before === null && after === null) return formatHead(HEAD_MIDDLE + step);
	if (after === null) return formatHead(parseHead(before!) + step);
	if (before === null) return formatHead(parseHead(after) - step);
	return undefined;
}

function parseHead(rank: string): number {
	let number = 0;
	for (let index = 0; index < HEAD; index++) number = number * BASE + digitAt(rank, index);
	return number;
}

function formatHead(number: number): string | undefined {
	if (number < 1 || number >= BASE ** HEAD) return undefined;
	let head = '';
	for (let rest = number, index = 0; index < HEAD; index++, rest = Math.floor(rest / BASE)) head = DIGITS[rest % BASE]! + head;
	return head;
}

/** A string strictly between, which `after` does not start with: so anything may be appended to it. */
function midpoint(before: string, after: string | null): string {
	let prefix = '';
	for (let index = 0; ; index++) {
		const low = digitAt(before, index);
		const high = after === null ? BASE : digitAt(after, index);
		if (high - low > 1) return prefix + DIGITS[Math.floor((low + high) / 2)]!;
		prefix += DIGITS[low]!;
		if (high !== low) after = null;
	}
}

function digitAt(rank: string, index: number): number {
	return index < rank.length ? DIGITS.indexOf(rank[index]!) : 0;
}

function jitter(chance: Chance): string {
	return DIGITS[Math.floor(chance() * BASE)]! + DIGITS[1 + Math.floor(chance() * (BASE - 1))]!;
}
