/** What a year-old team document weighs, and what reading and checking it costs. Prints; asserts nothing. */
import * as Y from 'yjs';
import { setGoalKind } from '../board/edit/goal.ts';
import { seedDocument } from '../board/edit/seed.ts';
import type { Editor } from '../board/edit/editor.ts';
import { addTask, finishTask } from '../board/edit/task.ts';
import { replaceText } from '../board/edit/text.ts';
import { addTrack, setTrackState } from '../board/edit/track.ts';
import { setAttended, setDirection, setRaise } from '../board/edit/week.ts';
import { newId } from '../board/new-id.ts';
import { projectTeam } from '../board/project.ts';
import { readTracks, readWeek } from '../board/read.ts';
import { goalTextName, lineTextName } from '../board/schema.ts';
import { checkTransaction } from '../board/shape.ts';
import type { PersonId } from '../domain/ids.ts';
import { addWeeks, isoWeek } from '../domain/iso-week.ts';

const WEEKS = 52;
const TRACKS = 7;
const TASKS_A_WEEK = 4;
const ROUNDS = 30;
const FIRST_WEEK = isoWeek('2026-W01');
const NOW_MS = Date.parse('2026-11-22T10:00:00.000Z');
const LINE = 'Kom til alle aftaler, men gik tidligt torsdag. Vil gerne prøve lageret igen i næste uge.';

/** Seven people, each with a new client id every week, as reloads make them. */
function aYear(): { doc: Y.Doc; update: Uint8Array; by: Editor } {
	const doc = new Y.Doc();
	const people = Array.from({ length: 7 }, () => newId<PersonId>(NOW_MS));
	const editor = (index: number): Editor => {
		const personId = people[index % people.length]!;
		return { personId, origin: { source: 'field', personId }, at: new Date(NOW_MS).toISOString() };
	};
	seedDocument(doc);
	replaceText(doc, goalTextName('team'), LINE, editor(0).origin);
	replaceText(doc, goalTextName('citizen'), LINE, editor(0).origin);
	const tracks = Array.from(
		{ length: TRACKS },
		(_, index) =>
			addTrack(doc, editor(index), {
				type: 'psychologist',
				owner: people[index]!,
				state: 'running',
				timesPerWeek: 2,
				startsOn: '2026-01-05',
			}).id,
	);
	for (let week = 0; week < WEEKS; week++) {
		for (const [index, track] of tracks.entries()) {
			doc.clientID = 1 + week * 100 + index;
			const by = editor(index);
			const at = addWeeks(FIRST_WEEK, week);
			setDirection(doc, by, at, track, 'forward');
			setAttended(doc, by, at, track, { came: 2, planned: 3 });
			if (week % 4 === 0) setRaise(doc, by, at, track, true);
			if (week % 13 === 0) setTrackState(doc, by, track, week % 26 === 0 ? 'running' : 'paused');
			if ((week + index) % 2 === 0) replaceText(doc, lineTextName(at, track), LINE, by.origin);
		}
		for (let index = 0; index < TASKS_A_WEEK; index++) {
			const task = addTask(doc, editor(index), {
				text: 'Ring til lægen om henvisningen',
				track: tracks[index]!,
				owner: people[index]!,
				dueOn: '2026-11-26',
			});
			if (week < WEEKS - 3) finishTask(doc, editor(index), task.id);
		}
	}
	return { doc, update: Y.encodeStateAsUpdate(doc), by: editor(0) };
}

/** Processor time, not the clock's: the machine may be busy with others. */
function medianMs(work: () => void): string {
	const times = Array.from({ length: ROUNDS }, () => {
		const before = process.cpuUsage();
		work();
		return process.cpuUsage(before).user / 1000;
	});
	return `${times.toSorted((left, right) => left - right)[ROUNDS / 2]!.toFixed(2)} ms`;
}

function loaded(update: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc;
}

const { doc, update, by } = aYear();
const served = loaded(update);
let checkMs = 0;
served.on('afterTransaction', (tr) => {
	const start = performance.now();
	checkTransaction('team', tr, by.personId, NOW_MS);
	checkMs = performance.now() - start;
});
const kB = (bytes: Uint8Array | string): string => `${(bytes.length / 1000).toFixed(0)} kB`;

console.log(
	`board: a year of ${TRACKS} tracks, ${WEEKS * TASKS_A_WEEK} tasks, ${projectTeam(doc).weeks.length} rows of weekly status`,
);
console.log(
	`  encoded V1 ${kB(update)}, V2 ${kB(Y.encodeStateAsUpdateV2(doc))}, projection ${kB(JSON.stringify(projectTeam(doc)))}`,
);
console.log(`  load ${medianMs(() => loaded(update))}, project ${medianMs(() => projectTeam(served))}`);
console.log(
	`  tracks ${medianMs(() => readTracks(served))}, one week ${medianMs(() => readWeek(served, addWeeks(FIRST_WEEK, 40)))}`,
);
let kind: 'job' | 'education' = 'job';
console.log(
	`  one choice ${medianMs(() => setGoalKind(served, by, (kind = kind === 'job' ? 'education' : 'job')))}, its check ${checkMs.toFixed(3)} ms`,
);
