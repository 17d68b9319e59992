import type * as Y from 'yjs';
import { addDecision, removeDecision, restoreDecision, setDecisionDueOn, setDecisionOwner } from '../../board/edit/decision.ts';
import type { Editor, Inverse } from '../../board/edit/editor.ts';
import { setGoalKind, setSaidInWeek, setTargetDay } from '../../board/edit/goal.ts';
import {
	addTask,
	dropTask,
	finishTask,
	moveTask,
	removeTask,
	reopenTask,
	restoreTask,
	setTaskDueOn,
	setTaskOwner,
	setTaskTrack,
	undropTask,
} from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import {
	addTrack,
	moveTrack,
	pauseTrack,
	removeTrack,
	restoreTrack,
	resumeTrack,
	setTrackEndsOn,
	setTrackLabel,
	setTrackOwner,
	setTrackStartsOn,
	setTrackState,
	setTrackTimesPerWeek,
} from '../../board/edit/track.ts';
import { clearDirection, setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { textOf } from '../../board/entries.ts';
import { readDecisions } from '../../board/read-meeting.ts';
import { readTasks, readTracks } from '../../board/read.ts';
import { agreedTextName, decisionTextName, goalTextName, lineTextName, taskTextName } from '../../board/schema.ts';
import { GOAL_KINDS } from '../../domain/goal/goal.ts';
import type { DecisionId, PersonId, TaskId, TrackId } from '../../domain/ids.ts';
import { addDays, addWeeks } from '../../domain/iso-week.ts';
import { CHECKLIST_LINES } from '../../domain/meeting/checklist.ts';
import { TRACK_STATES } from '../../domain/track/track.ts';
import { DIRECTIONS } from '../../domain/week/week-status.ts';
import { WEEK_47 } from '../support/board.ts';
import type { SeededRandom } from '../support/seeded-random.ts';

/** Someone at the board, with what they can take back. */
export interface Hand {
	readonly doc: Y.Doc;
	readonly by: Editor;
	readonly people: readonly PersonId[];
	readonly random: SeededRandom;
	readonly undo: Inverse[];
}

type Edit = (hand: Hand) => Inverse | undefined;

const day = ({ random }: Hand) => addDays('2026-11-01', random.below(60));
const week = ({ random }: Hand) => addWeeks(WEEK_47, random.below(4));
const person = ({ random, people }: Hand) => random.pick(people);
const orNull = <Value>({ random }: Hand, value: Value): Value | null => (random.chance(0.15) ? null : value);

const GENERAL: Readonly<Record<string, Edit>> = {
	addTrack: (hand) => addTrack(hand.doc, hand.by, { id: hand.random.uuid() as TrackId, type: 'teaching', state: 'planned' }).undo,
	addTask: (hand) =>
		addTask(hand.doc, hand.by, {
			id: hand.random.uuid() as TaskId,
			text: 'Ring',
			track: trackIn(hand) ?? null,
			owner: person(hand),
		}).undo,
	addDecision: (hand) =>
		addDecision(hand.doc, hand.by, { id: hand.random.uuid() as DecisionId, week: week(hand), text: 'Prøv', dueOn: day(hand) })
			.undo,
	goalKind: (hand) => setGoalKind(hand.doc, hand.by, orNull(hand, hand.random.pick(GOAL_KINDS))),
	targetDay: (hand) => setTargetDay(hand.doc, hand.by, orNull(hand, day(hand))),
	saidInWeek: (hand) => setSaidInWeek(hand.doc, hand.by, orNull(hand, week(hand))),
	type: (hand) => {
		const [task, decision] = [taskIn(hand), decisionIn(hand)];
		const names = [
			goalTextName('team'),
			goalTextName('citizen'),
			agreedTextName(week(hand), hand.random.pick(CHECKLIST_LINES)),
			...(task ? [taskTextName(task)] : []),
			...(decision ? [decisionTextName(decision)] : []),
		];
		scribble(hand, hand.random.pick(names));
		return undefined;
	},
	undo: ({ undo, doc, by }) => undo.pop()?.(doc, by),
};

const OF_TRACK: Readonly<Record<string, (hand: Hand, id: TrackId) => Inverse | undefined>> = {
	owner: (hand, id) => setTrackOwner(hand.doc, hand.by, id, orNull(hand, person(hand))),
	state: (hand, id) => setTrackState(hand.doc, hand.by, id, hand.random.pick(TRACK_STATES)),
	times: (hand, id) => setTrackTimesPerWeek(hand.doc, hand.by, id, hand.random.below(57) / 4),
	startsOn: (hand, id) => setTrackStartsOn(hand.doc, hand.by, id, day(hand)),
	endsOn: (hand, id) => setTrackEndsOn(hand.doc, hand.by, id, orNull(hand, day(hand))),
	label: (hand, id) => setTrackLabel(hand.doc, hand.by, id, orNull(hand, hand.random.pick(['Lager', 'Kantine']))),
	move: (hand, id) =>
		moveTrack(hand.doc, hand.by, id, hand.random.chance(0.5) ? { before: trackIn(hand)! } : { after: trackIn(hand)! }),
	pause: (hand, id) => pauseTrack(hand.doc, hand.by, id, week(hand)).undo,
	resume: (hand, id) => {
		const pause = readTracks(hand.doc).find((track) => track.id === id)?.pauses[0];
		return pause && resumeTrack(hand.doc, hand.by, id, pause.id, addWeeks(pause.from, 2));
	},
	remove: (hand, id) => removeTrack(hand.doc, hand.by, id),
	restore: (hand, id) => restoreTrack(hand.doc, hand.by, id),
	direction: (hand, id) => setDirection(hand.doc, hand.by, week(hand), id, hand.random.pick(DIRECTIONS)),
	silence: (hand, id) => clearDirection(hand.doc, hand.by, week(hand), id),
	attended: (hand, id) =>
		setAttended(hand.doc, hand.by, week(hand), id, orNull(hand, { came: hand.random.below(4), planned: 4 })),
	raise: (hand, id) => setRaise(hand.doc, hand.by, week(hand), id, hand.random.chance(0.6)),
	line: (hand, id) => {
		scribble(hand, lineTextName(week(hand), id));
		return undefined;
	},
};

const OF_TASK: Readonly<Record<string, (hand: Hand, id: TaskId) => Inverse | undefined>> = {
	owner: (hand, id) => setTaskOwner(hand.doc, hand.by, id, orNull(hand, person(hand))),
	dueOn: (hand, id) => setTaskDueOn(hand.doc, hand.by, id, orNull(hand, day(hand))),
	track: (hand, id) => setTaskTrack(hand.doc, hand.by, id, trackIn(hand) ?? null),
	move: (hand, id) => moveTask(hand.doc, hand.by, id, hand.random.chance(0.5) ? { before: taskIn(hand)! } : 'last'),
	finish: (hand, id) => finishTask(hand.doc, hand.by, id),
	reopen: (hand, id) => reopenTask(hand.doc, hand.by, id),
	drop: (hand, id) => dropTask(hand.doc, hand.by, id, hand.random.pick(['Ikke aktuelt', 'Kom i job 🎉'])),
	undrop: (hand, id) => undropTask(hand.doc, hand.by, id),
	remove: (hand, id) => removeTask(hand.doc, hand.by, id),
	restore: (hand, id) => restoreTask(hand.doc, hand.by, id),
};

const OF_DECISION: Readonly<Record<string, (hand: Hand, id: DecisionId) => Inverse | undefined>> = {
	owner: (hand, id) => setDecisionOwner(hand.doc, hand.by, id, orNull(hand, person(hand))),
	dueOn: (hand, id) => setDecisionDueOn(hand.doc, hand.by, id, orNull(hand, day(hand))),
	remove: (hand, id) => removeDecision(hand.doc, hand.by, id),
	restore: (hand, id) => restoreDecision(hand.doc, hand.by, id),
};

/** Every edit the random hand knows; a test asserts that each was made. */
export const EDIT_NAMES: readonly string[] = [
	...Object.keys(GENERAL),
	...Object.keys(OF_TRACK).map((name) => `track.${name}`),
	...Object.keys(OF_TASK).map((name) => `task.${name}`),
	...Object.keys(OF_DECISION).map((name) => `decision.${name}`),
];

const OF_SCOPE: Readonly<Record<string, (hand: Hand, verb: string) => Inverse | undefined>> = {
	track: (hand, verb) => on(trackIn(hand), (id) => OF_TRACK[verb]!(hand, id)),
	task: (hand, verb) => on(taskIn(hand), (id) => OF_TASK[verb]!(hand, id)),
	decision: (hand, verb) => on(decisionIn(hand), (id) => OF_DECISION[verb]!(hand, id)),
};

/** Makes one edit by chance and answers its name, or `undefined` when there was nothing to edit. */
export function editAtRandom(hand: Hand): string | undefined {
	const name = hand.random.pick(EDIT_NAMES);
	const [scope, verb] = name.split('.');
	const inverse = verb === undefined ? GENERAL[name]!(hand) : OF_SCOPE[scope!]!(hand, verb);
	if (inverse) hand.undo.push(inverse);
	return inverse || name === 'type' || name === 'undo' || name === 'track.line' ? name : undefined;
}

function on<Id>(id: Id | undefined, edit: (id: Id) => Inverse | undefined): Inverse | undefined {
	return id && edit(id);
}

function trackIn({ doc, random }: Hand): TrackId | undefined {
	const tracks = readTracks(doc);
	return tracks.length > 0 ? random.pick(tracks).id : undefined;
}

function decisionIn({ doc, random }: Hand): DecisionId | undefined {
	const decisions = readDecisions(doc);
	return decisions.length > 0 ? random.pick(decisions).id : undefined;
}

function taskIn({ doc, random }: Hand): TaskId | undefined {
	const tasks = readTasks(doc);
	return tasks.length > 0 ? random.pick(tasks).id : undefined;
}

/** Puts in a word or takes a stretch out, somewhere in a text; characters beyond the BMP included. */
function scribble({ doc, by, random }: Hand, name: string): void {
	const now = [...textOf(doc, name)];
	const at = random.below(now.length + 1);
	const taken = now.length > 40 ? 20 : random.below(3);
	const put = random.pick(['ord ', 'æøå', '👩‍🏫', '🚌🚎', '']);
	replaceText(doc, name, [...now.slice(0, at), ...put, ...now.slice(at + taken)].join(''), by.origin);
}
