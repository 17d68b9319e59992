import { describe, expect, test } from 'vitest';
import type { CaseId, DocumentId, PersonId, TaskId } from '../../../domain/ids.ts';
import { addDays } from '../../../domain/iso-week.ts';
import { reconcile, type StampedTask, type TaskNow } from '../../../domain/meeting/reconcile.ts';
import { anId, AT, JONAS, METTE } from '../../support/board.ts';
import { SeededRandom } from '../../support/seeded-random.ts';

const TODAY = '2026-11-18';
const YESTERDAY = '2026-11-17';

function aStampedTask(number = 1, carriedBy: PersonId | null = null): StampedTask {
	return { caseId: anId<CaseId>(10), documentId: anId<DocumentId>(20), taskId: anId<TaskId>(100 + number), carriedBy };
}

function aTask(given: Partial<TaskNow> = {}): TaskNow {
	return { finished: null, dropped: null, removed: null, droppedReason: '', dueOn: [], ...given };
}

const MARK = { by: METTE, at: AT };
const of = (task: TaskNow, carriedBy: PersonId | null = null) => reconcile([aStampedTask(1, carriedBy)], () => task, TODAY);

test('what is finished is done, also when it is overdue or taken away afterwards', () => {
	expect(of(aTask({ finished: MARK, removed: MARK, dueOn: [YESTERDAY] })).done).toEqual([aStampedTask()]);
});

test('what is not due goes on by itself: today, later, or without a day', () => {
	for (const dueOn of [[], [TODAY], ['2026-12-24']]) expect(of(aTask({ dueOn })).carried).toEqual([aStampedTask()]);
});

test('what is overdue goes on only when somebody says so', () => {
	expect(of(aTask({ dueOn: [YESTERDAY] })).unanswered).toEqual([aStampedTask()]);
	expect(of(aTask({ dueOn: [YESTERDAY] }), JONAS).carried).toEqual([aStampedTask(1, JONAS)]);
});

test('while two days stand, the earlier one asks', () => {
	expect(of(aTask({ dueOn: [YESTERDAY, '2026-12-24'] })).unanswered).toHaveLength(1);
});

test('what is dropped says by whom, when and why; what is taken away says by whom and when', () => {
	expect(of(aTask({ dropped: MARK, droppedReason: 'Løvbjerg har egen' })).dropped).toEqual([
		{ ...aStampedTask(), ...MARK, reason: 'Løvbjerg har egen' },
	]);
	expect(of(aTask({ removed: { by: JONAS, at: AT } })).dropped).toEqual([{ ...aStampedTask(), by: JONAS, at: AT, reason: '' }]);
});

test('a task that is in no document is a broken invariant', () => {
	expect(() => reconcile([aStampedTask()], () => undefined, TODAY)).toThrow(aStampedTask().taskId);
});

describe('whatever happened to them', () => {
	test.each(Array.from({ length: 200 }, (_, seed) => seed))('seed %i: every task lands in exactly one heap', (seed) => {
		const random = new SeededRandom(seed);
		const mark = () => (random.chance(0.3) ? { by: random.pick([METTE, JONAS]), at: AT } : null);
		const stamped = Array.from({ length: random.below(40) }, (_, index) =>
			aStampedTask(index, random.chance(0.3) ? METTE : null),
		);
		const tasks = new Map(
			stamped.map(({ taskId }) => [
				taskId,
				aTask({
					finished: mark(),
					dropped: mark(),
					removed: mark(),
					dueOn: Array.from({ length: random.below(3) }, () => addDays(TODAY, random.below(20) - 10)),
				}),
			]),
		);
		const { open, done, carried, dropped, unanswered } = reconcile(stamped, ({ taskId }) => tasks.get(taskId), TODAY);
		const landed = [...done, ...carried, ...dropped, ...unanswered].map(({ taskId }) => taskId);
		expect(landed.toSorted()).toEqual(stamped.map(({ taskId }) => taskId).toSorted());
		expect(open).toBe(done.length + carried.length + dropped.length + unanswered.length);
	});
});
