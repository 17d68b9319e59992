import { describe, expect, test } from 'vitest';
import type { CaseId, TaskId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { MyTasks, TaskDocument } from '../../server/api/case-board.ts';
import type { OneTask } from '../../web/lib/tasks/task-answers.svelte.ts';
import { groupTasks, withAnswered } from '../../web/lib/tasks/task-groups.ts';
import { TaskRows } from '../../web/lib/tasks/task-rows.svelte.ts';
import { anId } from '../support/board.ts';

const TODAY: Day = '2026-11-18';
const [AMINA, EMRE] = [anId<CaseId>(1), anId<CaseId>(2)];
const aTask = (number: number, changes: Partial<OneTask> = {}): OneTask => ({
	...{ id: anId<TaskId>(number), text: `task ${number}`, track: null, dueOn: '2026-11-20' },
	...changes,
});
const aDocument = (caseId: CaseId, ...tasks: OneTask[]): TaskDocument => ({
	...{ caseId, citizenName: `citizen ${caseId}`, name: `of ${caseId}`, compartment: 'team', access: 'write', people: [] },
	tasks,
});
const anAnswer = (...documents: TaskDocument[]): MyTasks => ({
	...{ documents, readable: documents.map(({ name }) => name), today: TODAY, now: `${TODAY}T09:00:00.000Z` },
});
const idsIn = (documents: readonly TaskDocument[]) => documents.flatMap(({ tasks }) => tasks.map(({ id }) => id));

describe('what was answered on the page', () => {
	const [answered, open] = [aTask(1, { dueOn: '2026-11-17' }), aTask(2)];
	const isAnswered = ({ id }: OneTask) => id === answered.id;

	test('stands as it stood, whatever the server says of it now', () => {
		const now = [aDocument(AMINA, { ...answered, dueOn: '2026-12-01' }, { ...open, text: 'another word' })];
		const [document] = withAnswered([aDocument(AMINA, answered, open)], now, isAnswered);
		expect(document?.tasks).toContainEqual(answered);
		expect(document?.tasks).toContainEqual({ ...open, text: 'another word' });
		expect(document?.tasks).toHaveLength(2);
	});

	test('stands also where the server has it no longer, and where its document has no other', () => {
		const before = [aDocument(AMINA, answered, open)];
		expect(idsIn(withAnswered(before, [aDocument(AMINA, open)], isAnswered))).toEqual([open.id, answered.id]);
		expect(idsIn(withAnswered(before, [], isAnswered))).toEqual([answered.id]);
	});

	test('keeps its place among those of the same day', () => {
		const [first, second] = [aTask(3), aTask(4)];
		const merged = withAnswered([aDocument(AMINA, first, second)], [aDocument(AMINA, second)], ({ id }) => id === first.id);
		expect(groupTasks(merged, TODAY).flatMap(({ tasks }) => tasks.map(({ task }) => task.id))).toEqual([first.id, second.id]);
	});
});

describe('the tasks on the page', () => {
	const rowsOf = (...documents: TaskDocument[]) => {
		const answered = new Set<TaskId>();
		const rows = new TaskRows(anAnswer(...documents), ({ id }) => answered.has(id));
		return { rows, answered, ids: () => rows.groups.flatMap(({ tasks }) => tasks.map(({ task }) => task.id)) };
	};

	test('are fetched again for one citizen, and of the others nothing changes', () => {
		const { rows, ids } = rowsOf(aDocument(AMINA, aTask(1)), aDocument(EMRE, aTask(2)));
		rows.take(anAnswer(aDocument(EMRE, aTask(3))), [EMRE]);
		expect(ids()).toEqual([anId(1), anId(3)]);
	});

	test('stand still while somebody is inside the list, and wait until it is left', () => {
		const { rows, ids } = rowsOf(aDocument(AMINA, aTask(1)));
		rows.hold(true);
		rows.take(anAnswer(aDocument(AMINA, aTask(1, { text: 'other words' }), aTask(2))), [AMINA]);
		expect([ids(), rows.waiting]).toEqual([[anId(1)], 2]);
		rows.hold(false);
		expect([ids(), rows.waiting]).toEqual([[anId(1), anId(2)], 0]);
	});

	test('of a document that may not be read any more are gone at once, answered or not', () => {
		const { rows, answered, ids } = rowsOf(aDocument(AMINA, aTask(1)), aDocument(EMRE, aTask(2)));
		rows.hold(true);
		answered.add(anId(1));
		rows.take({ ...anAnswer(), readable: [] }, [AMINA]);
		expect([ids(), rows.waiting]).toEqual([[anId(2)], 0]);
		rows.drop(EMRE);
		expect(ids()).toEqual([]);
	});
});
