/** What a year-old team document weighs, and what reading and checking it costs. Prints; asserts nothing. */
import * as Y from 'yjs';
import { setGoalKind } from '../board/edit/goal.ts';
import { seedDocument } from '../board/edit/seed.ts';
import type { Editor } from '../board/edit/editor.ts';
import { projectTeam } from '../board/project.ts';
import { readTracks, readWeeks } from '../board/read.ts';
import { checkTransaction } from '../board/shape.ts';
import { addWeeks } from '../domain/iso-week.ts';
import { FIRST_WEEK, TASKS_A_WEEK, TRACKS, WEEKS, writeYear } from './peers/year.ts';

const ROUNDS = 30;
const NOW_MS = Date.parse('2026-11-22T10:00:00.000Z');

function aYear(): { doc: Y.Doc; update: Uint8Array; by: Editor } {
	const doc = new Y.Doc();
	seedDocument(doc);
	const by = writeYear(doc, NOW_MS);
	return { doc, update: Y.encodeStateAsUpdate(doc), by };
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
	`  tracks ${medianMs(() => readTracks(served))}, one week ${medianMs(() => readWeeks(served, addWeeks(FIRST_WEEK, 40), addWeeks(FIRST_WEEK, 40)))}`,
);
let kind: 'job' | 'education' = 'job';
console.log(
	`  one choice ${medianMs(() => setGoalKind(served, by, (kind = kind === 'job' ? 'education' : 'job')))}, its check ${checkMs.toFixed(3)} ms`,
);
