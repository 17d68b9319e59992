import type * as Y from 'yjs';
import { beforeEach, describe, expect, test } from 'vitest';
import { agreed, isContested } from '../../board/choice.ts';
import { addDecision, removeDecision, setDecisionDueOn, setDecisionOwner } from '../../board/edit/decision.ts';
import { addDraft, noteDraftShared, removeDraft } from '../../board/edit/draft.ts';
import type { Editor } from '../../board/edit/editor.ts';
import { setGoalKind } from '../../board/edit/goal.ts';
import { addAccommodation, moveAccommodation, setActualHours, setPlannedHours } from '../../board/edit/placement.ts';
import {
	addTask,
	dropTask,
	finishTask,
	moveTask,
	removeTask,
	reopenTask,
	setTaskDueOn,
	setTaskTrack,
	undropTask,
} from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import {
	addTrack,
	moveTrack,
	pauseTrack,
	removeTrack,
	resumeTrack,
	setTrackOwner,
	setTrackState,
} from '../../board/edit/track.ts';
import { clearDirection, setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { textOf } from '../../board/entries.ts';
import { projectPlacement, projectPrivate } from '../../board/project.ts';
import { readGoal, readTasks, readTracks, readWeeks } from '../../board/read.ts';
import { readAgreed, readDecisions } from '../../board/read-meeting.ts';
import { isOpen, isSilent, silentWeek } from '../../board/rows.ts';
import { agreedTextName, goalTextName, lineTextName } from '../../board/schema.ts';
import type { ObservationId, TrackId } from '../../domain/ids.ts';
import { isoWeek } from '../../domain/iso-week.ts';
import type { ChecklistLine } from '../../domain/meeting/checklist.ts';
import { A_TRACK, AT, JONAS, METTE, WEEK_47, aDocument, anEditor, anId, sync } from '../support/board.ts';

const mette = anEditor(METTE);
const jonas = anEditor(JONAS);
let doc: Y.Doc;
beforeEach(() => {
	doc = aDocument(10);
});

/** Two people do something at once, each in their own copy; then each gets what the other did. */
function atOnce(one: (doc: Y.Doc, by: Editor) => void, other: (doc: Y.Doc, by: Editor) => void): Y.Doc {
	const far = aDocument(20, doc);
	one(doc, mette);
	other(far, jonas);
	sync(doc, far);
	return far;
}

describe('a choice', () => {
	test('two people choosing at once both stand there until one is picked', () => {
		const far = atOnce(
			(at, by) => setGoalKind(at, by, 'job'),
			(at, by) => setGoalKind(at, by, 'education'),
		);
		expect(readGoal(doc).kind.values).toEqual([
			{ value: 'job', by: METTE },
			{ value: 'education', by: JONAS },
		]);
		expect(isContested(readGoal(far).kind)).toBe(true);
		expect(agreed(readGoal(far).kind)).toBeUndefined();
		setGoalKind(far, jonas, 'education');
		expect(readGoal(far).kind.values).toEqual([{ value: 'education', by: JONAS }]);
	});

	test('two people choosing the same at once agree', () => {
		atOnce(
			(at, by) => setGoalKind(at, by, 'job'),
			(at, by) => setGoalKind(at, by, 'job'),
		);
		expect(isContested(readGoal(doc).kind)).toBe(false);
		expect(agreed(readGoal(doc).kind)).toBe('job');
	});

	test('attendance is compared by what it says', () => {
		atOnce(
			(at, by) => setAttended(at, by, WEEK_47, A_TRACK, { came: 1, planned: 2 }),
			(at, by) => setAttended(at, by, WEEK_47, A_TRACK, { planned: 2, came: 1 }),
		);
		expect(agreed(readWeeks(doc, WEEK_47, WEEK_47)[0]!.attended)).toEqual({ came: 1, planned: 2 });
	});

	test('choosing after somebody leaves one entry', () => {
		setGoalKind(doc, jonas, 'education');
		setGoalKind(doc, mette, 'job');
		expect(readGoal(doc).kind.values).toEqual([{ value: 'job', by: METTE }]);
	});

	test('choosing what one has chosen already sends nothing', () => {
		setGoalKind(doc, mette, 'job');
		let updates = 0;
		doc.on('update', () => updates++);
		expect(setGoalKind(doc, mette, 'job')).toBeUndefined();
		expect(updates).toBe(0);
	});

	test('is one transaction with the origin of its editor', () => {
		setGoalKind(doc, jonas, 'education');
		const origins: unknown[] = [];
		doc.on('update', (_, origin) => origins.push(origin));
		setGoalKind(doc, mette, 'job');
		expect(origins).toEqual([mette.origin]);
	});
});

describe('undo', () => {
	test('puts the choice before it back, in the name of who undoes, and can be undone', () => {
		setGoalKind(doc, jonas, 'education');
		const undo = setGoalKind(doc, mette, 'job')!;
		const redo = undo(doc, mette)!;
		expect(readGoal(doc).kind.values).toEqual([{ value: 'education', by: METTE }]);
		redo(doc, mette);
		expect(agreed(readGoal(doc).kind)).toBe('job');
	});

	test('of a first choice leaves silence', () => {
		const undo = setDirection(doc, mette, WEEK_47, A_TRACK, 'back')!;
		undo(doc, mette);
		expect(readWeeks(doc, WEEK_47, WEEK_47)).toEqual([]);
	});

	test('never undoes a colleague: what they changed since stays', () => {
		const undo = setGoalKind(doc, mette, 'job')!;
		setGoalKind(doc, jonas, 'education');
		expect(undo(doc, mette)).toBeUndefined();
		expect(readGoal(doc).kind.values).toEqual([{ value: 'education', by: JONAS }]);
	});

	test('of a pick brings back a value that was not picked', () => {
		atOnce(
			(at, by) => setGoalKind(at, by, 'job'),
			(at, by) => setGoalKind(at, by, 'education'),
		);
		setGoalKind(doc, mette, 'job')!(doc, mette);
		expect(agreed(readGoal(doc).kind)).toBe('education');
	});

	test('of a removal is a restoring, and the other way', () => {
		const { id } = addTask(doc, mette, { text: 'Ring' });
		const undo = removeTask(doc, mette, id)!;
		expect(readTasks(doc)[0]!.removed).toEqual({ by: METTE, at: AT });
		const redo = undo(doc, mette)!;
		expect(readTasks(doc)[0]!.removed).toBeNull();
		redo(doc, mette);
		expect(readTasks(doc)[0]!.removed?.by).toBe(METTE);
	});

	test("leaves a colleague's removal in place", () => {
		const { id } = addTask(doc, mette, { text: 'Ring' });
		const undo = removeTask(doc, mette, id)!;
		reopenTask(doc, jonas, id);
		undo(doc, mette);
		removeTask(doc, jonas, id);
		expect(undo(doc, mette)).toBeUndefined();
		expect(readTasks(doc)[0]!.removed?.by).toBe(JONAS);
	});

	test('of an addition marks it as removed', () => {
		const added = addTrack(doc, mette, { type: 'teaching' });
		added.undo(doc, mette);
		expect(readTracks(doc)[0]).toMatchObject({ id: added.id, removed: { by: METTE } });
	});

	test('of a pause and of its end', () => {
		const { id } = addTrack(doc, mette, { type: 'teaching' });
		const pause = pauseTrack(doc, mette, id, WEEK_47);
		const undoEnd = resumeTrack(doc, jonas, id, pause.id, isoWeek('2026-W49'))!;
		expect(readTracks(doc)[0]!.pauses).toEqual([{ id: pause.id, from: '2026-W47', until: '2026-W49', by: JONAS }]);
		undoEnd(doc, jonas);
		expect(readTracks(doc)[0]!.pauses[0]!.until).toBeNull();
		pause.undo(doc, mette)!(doc, mette);
		expect(readTracks(doc)[0]!.pauses).toHaveLength(1);
	});

	test('of moves, hands, values', () => {
		const [first, second] = [addTask(doc, mette, { text: 'a' }).id, addTask(doc, mette, { text: 'b' }).id];
		const undoMove = moveTask(doc, mette, second, { before: first })!;
		undoMove(doc, mette);
		setRaise(doc, mette, WEEK_47, A_TRACK, true)!(doc, mette);
		setTaskTrack(doc, mette, first, A_TRACK)!(doc, mette);
		finishTask(doc, mette, first)!(doc, mette);
		setTaskDueOn(doc, mette, first, '2026-12-01')!(doc, mette);
		expect(readTasks(doc).map(({ text, track, finished, dueOn }) => [text, track, finished, dueOn.values.length])).toEqual([
			['a', null, null, 0],
			['b', null, null, 0],
		]);
		expect(readWeeks(doc)).toEqual([]);
	});
});

describe('a list', () => {
	const order = (at: Y.Doc): string[] => readTracks(at).map(({ type }) => type);
	const add = (type: string, at: Y.Doc = doc, by: Editor = mette): TrackId => addTrack(at, by, { type }).id;

	test('is in the order people gave it, before and after another and last', () => {
		const [a, b, c] = [add('a'), add('b'), add('c')];
		moveTrack(doc, mette, c, { before: a });
		moveTrack(doc, mette, a, { after: b });
		expect(order(doc)).toEqual(['c', 'b', 'a']);
		moveTrack(doc, mette, c, 'last');
		expect(order(doc)).toEqual(['b', 'a', 'c']);
		addTrack(doc, mette, { type: 'd', position: { after: b } });
		expect(order(doc)).toEqual(['b', 'd', 'a', 'c']);
	});

	test('keeps both of two moves and an edit made at once', () => {
		const [a, b, c] = [add('a'), add('b'), add('c')];
		const far = atOnce(
			(at, by) => {
				moveTrack(at, by, c, { before: a });
				setTrackOwner(at, by, b, METTE);
			},
			(at, by) => {
				moveTrack(at, by, a, 'last');
				removeTrack(at, by, b);
			},
		);
		expect(order(doc)).toEqual(order(far));
		expect(order(doc)[0]).toBe('c');
		expect(readTracks(doc).find(({ id }) => id === b)).toMatchObject({
			removed: { by: JONAS },
			owner: { values: [{ value: METTE }] },
		});
	});

	test('makes room where two were given the same rank by chance', () => {
		const ids = ['a', 'b', 'c', 'd'].map((type) => add(type));
		for (const id of ids.slice(0, 3)) doc.getMap('tracks').set(`${id}/rank`, 'V');
		const [, second, third] = readTracks(doc);
		const fourth = ids[3]!;
		moveTrack(doc, mette, fourth, { before: third!.id });
		expect(
			readTracks(doc)
				.map(({ id }) => id)
				.indexOf(fourth),
		).toBe(2);
		expect(readTracks(doc)[1]!.id).toBe(second!.id);
	});

	test('orders what lost its rank last, and moving there works', () => {
		const [a, b, c] = [add('a'), add('b'), add('c')];
		for (const id of [a, b]) doc.getMap('tracks').set(`${id}/rank`, 42);
		expect(order(doc)[0]).toBe('c');
		moveTrack(doc, mette, c, { after: readTracks(doc)[1]!.id });
		expect(readTracks(doc)[1]!.id).toBe(c);
	});
});

describe('a text', () => {
	test('is changed where it differs, so that what a colleague types meanwhile stays', () => {
		replaceText(doc, goalTextName('team'), 'Job i en butik', mette.origin);
		const far = atOnce(
			(at, by) => replaceText(at, goalTextName('team'), 'Job i en stor butik', by.origin),
			(at, by) => replaceText(at, goalTextName('team'), 'Fast job i en butik', by.origin),
		);
		expect(textOf(doc, goalTextName('team'))).toBe('Fast job i en stor butik');
		expect(textOf(far, goalTextName('team'))).toBe('Fast job i en stor butik');
	});

	test.each([
		['👩‍🏫', '👩‍🚒'],
		['a😀b', 'a😁b'],
		['😀', ''],
		['😀😀', '😀'],
		['😁😀', '😂😀'],
		['aaa', 'aa'],
		['', 'x'],
	])('never splits a character: %s to %s', (before, after) => {
		replaceText(doc, 'purpose', before, mette.origin);
		replaceText(doc, 'purpose', after, mette.origin);
		expect(textOf(aDocument(11, doc), 'purpose')).toBe(after);
	});
});

describe('a week', () => {
	test('silence is silence: a line or a raised hand alone does not break it', () => {
		replaceText(doc, lineTextName(WEEK_47, A_TRACK), 'Kom hver dag', mette.origin);
		const [row] = readWeeks(doc, WEEK_47, WEEK_47);
		expect(row).toMatchObject({ line: 'Kom hver dag', raisedBy: [] });
		expect(isSilent(row!)).toBe(true);
		expect(isSilent(silentWeek(WEEK_47, A_TRACK))).toBe(true);
		setDirection(doc, mette, WEEK_47, A_TRACK, 'unchanged');
		expect(isSilent(readWeeks(doc, WEEK_47, WEEK_47)[0]!)).toBe(false);
		clearDirection(doc, jonas, WEEK_47, A_TRACK);
		expect(isSilent(readWeeks(doc, WEEK_47, WEEK_47)[0]!)).toBe(true);
	});

	test('weeks are read from one to another, both included', () => {
		for (const week of ['2026-W46', '2026-W47', '2026-W53', '2027-W01'])
			setDirection(doc, mette, isoWeek(week), A_TRACK, 'forward');
		expect(readWeeks(doc, WEEK_47, isoWeek('2026-W53')).map(({ week }) => week)).toEqual(['2026-W47', '2026-W53']);
		expect(readWeeks(doc)).toHaveLength(4);
	});
});

describe('a meeting', () => {
	test('decides who does what by when, in order, and a task says which decision it carries out', () => {
		const bus = addDecision(doc, mette, { week: WEEK_47, text: 'Prøv bussen', owner: JONAS, dueOn: '2026-12-01' }).id;
		const undo = addDecision(doc, jonas, { week: WEEK_47, text: 'Ring til lageret', position: { before: bus } }).undo;
		setDecisionOwner(doc, mette, bus, METTE);
		setDecisionDueOn(doc, mette, bus, null)!(doc, mette);
		const { id } = addTask(doc, mette, { text: 'Køb kort', decision: bus });
		expect(readDecisions(doc).map(({ text }) => text)).toEqual(['Ring til lageret', 'Prøv bussen']);
		undo(doc, jonas);
		const [second, first] = readDecisions(doc);
		expect(first).toMatchObject({ id: bus, week: WEEK_47, text: 'Prøv bussen', created: { by: METTE }, removed: null });
		expect([agreed(first!.owner), agreed(first!.dueOn)]).toEqual([METTE, '2026-12-01']);
		expect(second!.removed).toEqual({ by: JONAS, at: AT });
		expect(readTasks(doc)).toMatchObject([{ id, decision: bus }]);
		removeDecision(doc, mette, bus)!(doc, mette);
		expect(readDecisions(doc)[1]!.removed).toBeNull();
	});

	test('leaves the lines that have words, in the order of the checklist', () => {
		const write = (week: string, line: ChecklistLine, words: string) =>
			replaceText(doc, agreedTextName(isoWeek(week), line), words, mette.origin);
		write('2026-W48', 'who-tells', 'Mette');
		write('2026-W47', 'job-step', 'Praktik');
		write('2026-W47', 'own-wish', 'Køre bus');
		write('2026-W47', 'what-changed', 'Intet');
		write('2026-W47', 'what-changed', '');
		write('2026-W46', 'own-wish', 'x');
		write('2026-W46', 'own-wish', '');
		expect(JSON.stringify(readAgreed(doc))).toBe(
			'{"2026-W47":{"own-wish":"Køre bus","job-step":"Praktik"},"2026-W48":{"who-tells":"Mette"}}',
		);
	});

	test('drops a task and says why; nobody means to do it any more until it is taken up again', () => {
		const { id } = addTask(doc, mette, { text: 'Ring' });
		const undo = dropTask(doc, jonas, id, 'Ikke aktuelt')!;
		expect(dropTask(doc, mette, id, 'Noget andet')).toBeUndefined();
		const [dropped] = readTasks(doc);
		expect([dropped!.dropped, dropped!.droppedReason, isOpen(dropped!)]).toEqual([{ by: JONAS, at: AT }, 'Ikke aktuelt', false]);
		const redo = undo(doc, jonas)!;
		const [open] = readTasks(doc);
		expect([open!.dropped, open!.droppedReason, isOpen(open!)]).toEqual([null, '', true]);
		redo(doc, mette);
		expect(readTasks(doc)[0]).toMatchObject({ dropped: { by: METTE }, droppedReason: 'Ikke aktuelt' });
		undropTask(doc, mette, id);
		dropTask(doc, mette, id, 'Kom i job');
		expect(readTasks(doc)[0]!.droppedReason).toBe('Kom i job');
	});

	test('a task two people dropped at once keeps the words of both', () => {
		const { id } = addTask(doc, mette, { text: 'Ring' });
		const far = atOnce(
			(at, by) => dropTask(at, by, id, 'Flyttet. '),
			(at, by) => dropTask(at, by, id, 'Kom i job. '),
		);
		expect(readTasks(doc)).toEqual(readTasks(far));
		expect(readTasks(doc)[0]!.droppedReason.split('. ').sort()).toEqual(['', 'Flyttet', 'Kom i job']);
	});
});

test('a placement has a purpose, tasks, hours and accommodations', () => {
	replaceText(doc, 'purpose', 'At prøve lageret', mette.origin);
	setPlannedHours(doc, mette, WEEK_47, 10);
	setActualHours(doc, mette, WEEK_47, 7.25);
	const [chair, breaks] = [
		addAccommodation(doc, mette, { text: 'Stol' }).id,
		addAccommodation(doc, mette, { text: 'Pauser' }).id,
	];
	moveAccommodation(doc, mette, breaks, { before: chair });
	addTask(doc, mette, { text: 'Nøgle' });
	const board = projectPlacement(doc);
	expect(board.purpose).toBe('At prøve lageret');
	expect(agreed(board.hours[0]!.actual)).toBe(7.25);
	expect(board.accommodations.map(({ text }) => text)).toEqual(['Pauser', 'Stol']);
	expect(board.tasks).toHaveLength(1);
});

test('a draft remembers what it became', () => {
	const { id } = addDraft(doc, mette, { kind: 'suggestion', track: A_TRACK, compartment: 'team', text: 'Prøv lageret' });
	noteDraftShared(doc, mette, id, anId<ObservationId>(3));
	noteDraftShared(doc, mette, id, anId<ObservationId>(4));
	removeDraft(doc, mette, id);
	expect(projectPrivate(doc).drafts).toEqual([
		{
			id,
			text: 'Prøv lageret',
			kind: 'suggestion',
			track: A_TRACK,
			compartment: 'team',
			shared: anId(3),
			created: { by: METTE, at: AT },
			removed: { by: METTE, at: AT },
		},
	]);
});

test('a new track carries everything it was added with', () => {
	const { id } = addTrack(doc, mette, {
		type: 'psychologist',
		owner: JONAS,
		state: 'running',
		timesPerWeek: 1.5,
		startsOn: '2026-11-02',
		endsOn: '2027-01-01',
		label: 'Anna',
	});
	setTrackState(doc, jonas, id, 'paused');
	const [track] = readTracks(doc);
	expect(
		[track!.owner, track!.timesPerWeek, track!.startsOn, track!.endsOn, track!.label].map((choice) => agreed<unknown>(choice)),
	).toEqual([JONAS, 1.5, '2026-11-02', '2027-01-01', 'Anna']);
	expect(track!.state.values).toEqual([{ value: 'paused', by: JONAS }]);
});
