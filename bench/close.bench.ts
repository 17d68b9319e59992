/** What closing a meeting of thirty citizens costs, with half a year of history in each board. Aim: at most 2 s. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as Y from 'yjs';
import type { Editor } from '../board/edit/editor.ts';
import { addTask } from '../board/edit/task.ts';
import { replaceText } from '../board/edit/text.ts';
import { addTrack } from '../board/edit/track.ts';
import { setAttended, setDirection } from '../board/edit/week.ts';
import { newId } from '../board/new-id.ts';
import { goalTextName, lineTextName } from '../board/schema.ts';
import { openDatabase, transaction, type Database } from '../db/client.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import type { CaseId, DocumentId, PersonId, TaskId } from '../domain/ids.ts';
import { addWeeks } from '../domain/iso-week.ts';
import { defaultTemplate } from '../domain/programme/default-templates.ts';
import { handleCloseMeeting } from '../server/commands/meeting/close.ts';
import type { BoardLog } from '../server/log/board-log.ts';
import { WEEK_47 } from '../tests/support/board.ts';
import { aCitizenCase, NOON } from '../tests/support/case-builders.ts';
import { anOpenMeeting } from '../tests/support/meeting-builders.ts';
import { aStaffedBoard } from '../tests/support/staffed-board.ts';

const CITIZENS = 30;
const WEEKS = 26;
const TRACKS = 6;
const TASKS = 20;
const ROUNDS = 4;
const LINE = 'Kom til alle aftaler, men gik tidligt torsdag. Vil gerne prøve lageret igen i næste uge.';

const dataDir = mkdtempSync(join(tmpdir(), 'tavle-bench-'));
const embedded = await startEmbedded({ dataDir });
const db = openDatabase(embedded.url);
try {
	await migrateDatabase(db);
	await measure(db);
} finally {
	await db.close();
	await embedded.stop();
	rmSync(dataDir, { recursive: true });
}

async function measure(on: Database): Promise<void> {
	const board = await aStaffedBoard(on);
	const { team, keys, people } = board;
	const lead = board.as(people.lead, [team.id]);
	const cases: { caseId: CaseId; documentId: DocumentId; tasks: readonly TaskId[] }[] = [];
	for (let index = 0; index < CITIZENS; index++) {
		const made = await transaction(on, async (tx) => {
			const row = await aCitizenCase(tx, { team, keys, templateContent: defaultTemplate('parallel') });
			await lead.log.ensureDocuments(tx, row.id);
			return row;
		});
		cases.push({ caseId: made.id, ...(await writeHistory(lead.log, made.id, people.teacher.id)) });
	}
	for (let round = 0; round < ROUNDS; round++) {
		const meetingId = await anOpenMeeting(on.orm, {
			team,
			chairId: people.lead.id,
			items: cases.map(({ caseId }) => ({ caseId, state: 'done' })),
			tasks: cases.flatMap(({ caseId, documentId, tasks }) => tasks.map((taskId) => ({ caseId, documentId, taskId }))),
		});
		const cpu = process.cpuUsage();
		const started = performance.now();
		const result = await handleCloseMeeting(lead, meetingId);
		const tookMs = performance.now() - started;
		if (!result.ok) throw new Error(result.error.code);
		const { recorded, open } = result.value;
		const { user, system } = process.cpuUsage(cpu);
		const cpuMs = (user + system) / 1000;
		console.log(`closed ${recorded} citizens, ${open} tasks: ${tookMs.toFixed(0)} ms, of which our CPU ${cpuMs.toFixed(0)} ms`);
	}
}

/** One logged update a week and person, as a room leaves them. */
async function writeHistory(log: BoardLog, caseId: CaseId, personId: PersonId) {
	const { documentId } = (await log.open({ caseId, compartment: { kind: 'team' }, epoch: 1 }))!; // made above
	const doc = new Y.Doc();
	for (const update of (await log.load(documentId)).updates) Y.applyUpdate(doc, update);
	const by: Editor = { personId, at: NOON.toISOString(), origin: { source: 'field', personId } };
	const updates: Uint8Array[] = [];
	doc.on('update', (bytes: Uint8Array) => void updates.push(bytes));
	replaceText(doc, goalTextName('team'), LINE, by.origin);
	const tracks = Array.from({ length: TRACKS }, () => addTrack(doc, by, { type: 'psychologist', timesPerWeek: 2 }).id);
	for (let week = 0; week < WEEKS; week++) {
		const at = addWeeks(WEEK_47, -week);
		for (const track of tracks) {
			doc.transact(() => {
				setDirection(doc, by, at, track, 'forward');
				setAttended(doc, by, at, track, { came: 2, planned: 3 });
				replaceText(doc, lineTextName(at, track), LINE, by.origin);
			}, by.origin);
		}
	}
	const tasks = Array.from({ length: TASKS }, () => {
		const id = newId<TaskId>();
		addTask(doc, by, { id, text: LINE, dueOn: '2026-12-24' });
		return id;
	});
	await log.append([
		{
			documentId,
			epoch: 1,
			updates: updates.map((bytes) => ({ bytes, personId, sessionId: null, receivedAt: NOON })),
			newClients: [{ clientId: doc.clientID, personId }],
		},
	]);
	doc.destroy();
	return { documentId, tasks };
}
