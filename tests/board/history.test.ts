import type * as Y from 'yjs';
import { beforeEach, expect, test } from 'vitest';
import { canBeGivenBack, giveBack } from '../../board/edit/give-back.ts';
import { addTask, dropTask, finishTask, removeTask, setTaskOwner } from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import { type LoggedEdit, momentsOf } from '../../board/history.ts';
import { readTasks } from '../../board/read.ts';
import { goalTextName, taskTextName } from '../../board/schema.ts';
import type { PersonId } from '../../domain/ids.ts';
import { aDocument, anEditor, AT_MS, JONAS, METTE } from '../support/board.ts';

const MINUTE_MS = 60_000;
const GOAL = goalTextName('team');
let doc: Y.Doc;
let edits: LoggedEdit[];
let start: Y.Doc;

beforeEach(() => {
	doc = aDocument(1);
	replaceText(doc, GOAL, 'Et job', anEditor().origin);
	start = aDocument(2, doc);
	edits = [];
});

/** Each transaction is one update, as a page sends it. */
function write(personId: PersonId | null, minute: number, edit: (doc: Y.Doc) => void): void {
	const keep = (update: Uint8Array) => edits.push({ ...next(minute), personId, update });
	doc.on('update', keep);
	edit(doc);
	doc.off('update', keep);
}

const next = (minute: number) => ({ seq: edits.length + 2, atMs: AT_MS + minute * MINUTE_MS, beginsEpoch: false });
const moments = () => momentsOf('team', start, edits).moments;

test('what one person writes without a long pause is one moment, with the words before and after', () => {
	for (const [index, words] of ['Et job i', 'Et job i køkken', 'Et job i et køkken'].entries())
		write(METTE, index * 5, (now) => replaceText(now, GOAL, words, anEditor().origin));
	expect(moments()).toEqual([
		{
			firstSeq: 2,
			lastSeq: 4,
			personId: METTE,
			fromMs: AT_MS,
			untilMs: AT_MS + 10 * MINUTE_MS,
			changes: [{ field: GOAL, before: 'Et job', after: 'Et job i et køkken' }],
		},
	]);
});

test('another person, and a long pause, begin another moment', () => {
	const say = (words: string) => (now: Y.Doc) => replaceText(now, GOAL, words, anEditor().origin);
	write(METTE, 0, say('a'));
	write(JONAS, 1, say('b'));
	write(METTE, 2, say('c'));
	write(METTE, 13, say('d'));
	expect(moments().map(({ personId, firstSeq, lastSeq }) => [personId, firstSeq, lastSeq])).toEqual([
		[METTE, 2, 2],
		[JONAS, 3, 3],
		[METTE, 4, 4],
		[METTE, 5, 5],
	]);
});

test('what was written and taken back at once is no change, and a moment of nothing else is none', () => {
	write(METTE, 0, (now) => replaceText(now, GOAL, 'Et job ja', anEditor().origin));
	write(METTE, 1, (now) => replaceText(now, GOAL, 'Et job', anEditor().origin));
	expect(moments()).toEqual([]);
});

test('a choice is one field whoever makes it, and two who choose differently both stand there', () => {
	let task = '' as ReturnType<typeof addTask>['id'];
	write(METTE, 0, (now) => (task = addTask(now, anEditor(METTE), { text: 'Ring', owner: METTE }).id));
	write(JONAS, 1, (now) => setTaskOwner(now, anEditor(JONAS), task, JONAS));
	const [made, handed] = moments();
	expect(made?.changes.find(({ field }) => field === `tasks/${task}/owner`)).toMatchObject({
		before: undefined,
		after: [METTE],
	});
	expect(handed?.changes).toEqual([{ field: `tasks/${task}/owner`, before: [METTE], after: [JONAS] }]);
});

test('walking leaves the document as it is after the last edit', () => {
	write(METTE, 0, (now) => addTask(now, anEditor(), { text: 'Ring' }));
	moments();
	expect(readTasks(start)).toEqual(readTasks(doc));
});

test('an overwritten text is given back whole, as a new edit of whoever asks', () => {
	write(JONAS, 0, (now) => replaceText(now, GOAL, 'Noget helt andet', anEditor(JONAS).origin));
	const later = anEditor(METTE);
	giveBack('team', doc, later, GOAL, start);
	expect(doc.getText(GOAL).toString()).toBe('Et job');
	giveBack('team', doc, later, GOAL, start);
	expect(doc.getText(GOAL).toString()).toBe('Et job');
});

test('where nothing was said then, nothing is taken', () => {
	giveBack('team', doc, anEditor(METTE), GOAL, aDocument(4));
	expect(doc.getText(GOAL).toString()).toBe('Et job');
});

test.each([
	['removed', (now: Y.Doc, id: ReturnType<typeof addTask>['id']) => removeTask(now, anEditor(JONAS), id)],
	['dropped', (now: Y.Doc, id: ReturnType<typeof addTask>['id']) => dropTask(now, anEditor(JONAS), id, 'Ikke nu')],
] as const)('what was %s is there again', (mark, take) => {
	const { id } = addTask(doc, anEditor(), { text: 'Ring' });
	const then = aDocument(3, doc);
	take(doc, id);
	giveBack('team', doc, anEditor(METTE), `tasks/${id}/${mark}`, then);
	expect(readTasks(doc)[0]).toMatchObject({ id, removed: null, dropped: null });
});

test('only words and what was taken away can be given back', () => {
	const { id } = addTask(doc, anEditor(), { text: 'Ring' });
	finishTask(doc, anEditor(), id);
	const can = [GOAL, taskTextName(id), `tasks/${id}/removed`, `tasks/${id}/dropped`].map((field) =>
		canBeGivenBack('team', field),
	);
	expect(can).toEqual([true, true, true, true]);
	const cannot = [`tasks/${id}/finished`, `tasks/${id}/owner`, 'meta/schemaVersion', 'nowhere', 'tasks/x/removed'];
	expect(cannot.filter((field) => canBeGivenBack('team', field))).toEqual([]);
});
