import { beforeEach, expect, test } from 'vitest';
import type { CaseBoard } from '../../server/api/case-board.ts';
import { Board } from '../../web/lib/board/board.svelte.ts';
import type { CaseRequests } from '../../web/lib/board/case-requests.ts';
import { fixtureBoard } from '../support/board-fixture.ts';

type Observations = CaseBoard['observations'];
let answers: ((observations: Observations) => void)[];
let board: Board;
const requests = {
	observations: () => new Promise((resolve) => answers.push((observations) => resolve({ ok: true, value: { observations } }))),
} as unknown as CaseRequests;
const [kept, withdrawn] = ['kept', 'withdrawn'].map((id) => ({ id, text: `words of ${id}` })) as unknown as Observations;
const BOTH = [kept!, withdrawn!];
const shown = () => board.info.observations.map(({ text }) => text);

beforeEach(() => {
	answers = [];
	board = new Board({ ...fixtureBoard(), observations: BOTH });
});

test('an older answer does not bring back an observation that a newer one left out', async () => {
	const asked = [board.refetchObservations(requests), board.refetchObservations(requests)];
	answers[1]!([kept!]);
	await asked[1];
	answers[0]!(BOTH);
	await asked[0];
	expect(shown()).toEqual(['words of kept']);
});

test('an answer asked for before rights became narrower is asked for anew', async () => {
	const asked = board.refetchObservations(requests);
	board.withhold();
	answers[0]!(BOTH);
	await new Promise(setImmediate);
	expect(shown()).toEqual(['', '']);
	answers[1]!([kept!]);
	await asked;
	expect(shown()).toEqual(['words of kept']);
});
