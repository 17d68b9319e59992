import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CaseId } from '../../domain/ids.ts';
import { AnnouncedRows } from '../../web/lib/api/announced-rows.ts';
import { anId } from '../support/board.ts';

const [AMINA, EMRE] = [anId<CaseId>(1), anId<CaseId>(2)];
type Asked = { readonly ids: readonly CaseId[] | undefined; readonly answer: (rows: readonly CaseId[] | undefined) => void };
let asked: Asked[];
let shown: Set<CaseId>;
let rows: AnnouncedRows<readonly CaseId[]>;
const requests = () => asked.map(({ ids }) => ids);
const answer = async (index: number, answered: readonly CaseId[] | undefined) => {
	asked[index]!.answer(answered);
	await new Promise(setImmediate);
};

beforeEach(() => {
	asked = [];
	shown = new Set([AMINA, EMRE]);
	rows = new AnnouncedRows<readonly CaseId[]>({
		ask: (ids) => new Promise((resolve) => asked.push({ ids, answer: resolve })),
		take: (taken, ids) => {
			for (const id of ids ?? []) shown.delete(id);
			for (const id of taken) shown.add(id);
		},
		drop: (id) => void shown.delete(id),
	});
});

afterEach(() => {
	vi.useRealTimers();
});

test('only what was announced is asked for, and what is announced meanwhile afterwards', async () => {
	rows.announced([AMINA]);
	rows.announced([AMINA, EMRE]);
	expect(requests()).toEqual([[AMINA]]);
	await answer(0, [AMINA]);
	expect(requests()).toEqual([[AMINA], [AMINA, EMRE]]);
});

test('an older answer does not bring back a row that was withdrawn while it was under way', async () => {
	rows.announced([AMINA, EMRE]);
	rows.withdraw(AMINA);
	expect([...shown]).toEqual([EMRE]);
	await answer(0, [AMINA, EMRE]);
	expect([...shown]).toEqual([EMRE]);
	expect(requests().at(-1)).toEqual([AMINA]);
	await answer(1, []);
	expect([...shown]).toEqual([EMRE]);
});

test('a case that was given again is there with the next answer', async () => {
	rows.withdraw(AMINA);
	await answer(0, [AMINA]);
	expect([...shown]).toEqual([EMRE, AMINA]);
});

test('after a gap everything is asked for, and what was announced besides is in it', async () => {
	rows.announced([EMRE]);
	rows.announced([AMINA]);
	rows.missed();
	await answer(0, [EMRE]);
	expect(requests()).toEqual([[EMRE], undefined]);
	await answer(1, [AMINA]);
	expect(requests()).toHaveLength(2);
});

test('what nobody answered is asked for again, and nothing while the page is signed out', async () => {
	vi.useFakeTimers();
	rows.announced([AMINA]);
	rows.stop();
	asked[0]!.answer(undefined);
	await vi.runAllTimersAsync();
	expect(requests()).toEqual([[AMINA]]);
	rows.start();
	expect(requests()).toEqual([[AMINA], [AMINA]]);
	asked[1]!.answer(undefined);
	await vi.runAllTimersAsync();
	expect(requests()).toHaveLength(3);
});
