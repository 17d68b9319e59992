import { expect, test } from 'vitest';
import type { DecisionId, TaskId, TrackId } from '../../../domain/ids.ts';
import { comparePlans, type PlanThen, type TrackThen } from '../../../domain/meeting/compare.ts';
import { anId } from '../../support/board.ts';

const NAME = { type: { da: 'Holdundervisning', en: 'Group teaching' }, label: '' };

function aTrack(given: Partial<TrackThen> = {}): TrackThen {
	return { id: anId<TrackId>(1), name: NAME, state: 'running', isPaused: false, attended: null, ...given };
}

function aPlan(given: Partial<PlanThen> = {}): PlanThen {
	return { goal: { team: 'Løntimer', citizen: 'Et arbejde' }, tracks: [aTrack()], tasks: [], decisions: [], ...given };
}

test('two equal plans have nothing to tell', () => {
	expect(comparePlans(aPlan(), aPlan())).toEqual([]);
});

test('tells which wording of the goal changed, from what to what', () => {
	const after = aPlan({ goal: { team: 'Elev', citizen: 'Et arbejde' } });
	expect(comparePlans(aPlan(), after)).toEqual([{ code: 'goal-reworded', by: 'team', from: 'Løntimer', to: 'Elev' }]);
});

test.each([
	['track-started', [], [aTrack()]],
	['track-started', [aTrack({ state: 'planned' })], [aTrack()]],
	['track-ended', [aTrack()], [aTrack({ state: 'finished' })]],
	['track-paused', [aTrack()], [aTrack({ isPaused: true })]],
	['track-resumed', [aTrack({ isPaused: true })], [aTrack()]],
	['track-removed', [aTrack()], []],
] as const)('tells %s', (code, before, after) => {
	expect(comparePlans(aPlan({ tracks: before }), aPlan({ tracks: after }))).toEqual([{ code, track: NAME }]);
});

test('a track that is only planned has not started', () => {
	expect(comparePlans(aPlan({ tracks: [] }), aPlan({ tracks: [aTrack({ state: 'planned' })] }))).toEqual([]);
});

test('tells attendance where both weeks were counted, and never makes a zero of silence', () => {
	const [from, to] = [
		{ came: 1, planned: 4 },
		{ came: 4, planned: 4 },
	];
	const then = aPlan({ tracks: [aTrack({ attended: from })] });
	expect(comparePlans(then, aPlan({ tracks: [aTrack({ attended: to })] }))).toEqual([
		{ code: 'attendance', track: NAME, from, to },
	]);
	expect(comparePlans(then, aPlan())).toEqual([]);
});

test('counts tasks that became done, that are new and that were given up', () => {
	const task = (number: number, fate: PlanThen['tasks'][number]['fate']) => ({ id: anId<TaskId>(number), fate });
	const before = aPlan({ tasks: [task(1, 'open'), task(2, 'open'), task(3, 'done')] });
	const after = aPlan({ tasks: [task(1, 'done'), task(2, 'dropped'), task(3, 'done'), task(4, 'open')] });
	expect(comparePlans(before, after)).toEqual([
		{ code: 'tasks-done', count: 1 },
		{ code: 'tasks-new', count: 1 },
		{ code: 'tasks-dropped', count: 1 },
	]);
});

test('tells decisions that were made and that were taken back', () => {
	const decision = (number: number, text: string) => ({ id: anId<DecisionId>(number), text });
	expect(comparePlans(aPlan({ decisions: [decision(1, 'A')] }), aPlan({ decisions: [decision(2, 'B')] }))).toEqual([
		{ code: 'decided', text: 'B' },
		{ code: 'decision-withdrawn', text: 'A' },
	]);
});
