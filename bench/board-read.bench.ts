/**
 * What reading one board costs the server, alone and for fifteen who ask for the same citizen at once. Milliseconds of this
 * process's processor, which a busy machine does not blur, without PostgreSQL's; and the statements it sends. Prints; asserts nothing.
 * Usage: node bench/board-read.bench.ts
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addTask } from '../board/edit/task.ts';
import { replaceText } from '../board/edit/text.ts';
import { addTrack } from '../board/edit/track.ts';
import { setAttended, setDirection } from '../board/edit/week.ts';
import { goalTextName, lineTextName } from '../board/schema.ts';
import { openDatabase } from '../db/client.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import { addWeeks, weekOf } from '../domain/iso-week.ts';
import { aFullCase, edit, type FullCase, type Who } from '../tests/support/full-case.ts';

const WEEKS = 24;
const ALONE = 60;
const ROUNDS = 12;
const AT_ONCE = 15;
const READERS = ['lead', 'caseWorker', 'psychologist', 'teacher', 'socialMentor', 'healthStaff', 'jobConsultant'] as const;
const LINE = 'Kom til alle aftaler, men gik tidligt torsdag. Vil gerne prøve lageret igen i næste uge.';

/** Seven tracks, half a year of weekly status, thirty tasks. */
async function writeBoard({ log, people: { lead }, case: { id: caseId }, now }: FullCase): Promise<void> {
	await edit(log, { caseId, compartment: { kind: 'team' }, by: lead.id, at: now() }, (doc, by) => {
		for (const words of ['team', 'citizen'] as const) replaceText(doc, goalTextName(words), LINE, by.origin);
		for (let lane = 0; lane < 7; lane++) {
			const { id } = addTrack(doc, by, { type: 'psychologist', owner: lead.id, state: 'running', timesPerWeek: 2 });
			for (let back = 0; back < WEEKS; back++) {
				const week = addWeeks(weekOf(now()), -back);
				setDirection(doc, by, week, id, 'forward');
				setAttended(doc, by, week, id, { came: 2, planned: 3 });
				if (back % 2 === 0) replaceText(doc, lineTextName(week, id), LINE, by.origin);
			}
		}
		for (let task = 0; task < 30; task++) addTask(doc, by, { text: 'Ring til lægen om henvisningen', owner: lead.id });
	});
	await log.projectBehind();
}

const dataDir = mkdtempSync(join(tmpdir(), 'bench-board-read-'));
const embedded = await startEmbedded({ dataDir });
const db = openDatabase(embedded.url);
await migrateDatabase(db);
const full = await aFullCase(db, { ms: Date.now() });
await writeBoard(full);

let statements = 0;
db.pool.on('acquire', (client) => {
	const counted = client as typeof client & { isCounted?: boolean };
	if (counted.isCounted) return;
	const query = client.query.bind(client) as (...args: unknown[]) => unknown;
	Object.assign(client, { isCounted: true, query: (...args: unknown[]) => (statements++, query(...args)) });
});

const read = async (who: Who): Promise<void> => {
	const response = await full.request(who, `/cases/${full.case.id}/board`);
	if (!response.ok) throw new Error(`board: ${response.status}`);
	await response.text();
};
const reader = (index: number): Who => READERS[index % READERS.length]!;

/** Per round, after one that is not counted. */
async function measured(rounds: number, round: (index: number) => Promise<unknown>): Promise<string> {
	for (let index = 0; index < AT_ONCE; index++) await round(index);
	statements = 0;
	const times: number[] = [];
	for (let index = 0; index < rounds; index++) {
		const before = process.cpuUsage();
		await round(index);
		const { user, system } = process.cpuUsage(before);
		times.push((user + system) / 1_000);
	}
	times.sort((one, other) => one - other);
	return `processor median ${times[Math.floor(rounds / 2)]!.toFixed(1)} ms, ${(statements / rounds).toFixed(1)} statements`;
}

console.log(`one board read: ${await measured(ALONE, (index) => read(reader(index)))}`);
console.log(
	`${AT_ONCE} at once, one case: ${await measured(ROUNDS, () => Promise.all(Array.from({ length: AT_ONCE }, (_, index) => read(reader(index)))))}`,
);

await db.close();
await embedded.stop();
rmSync(dataDir, { recursive: true, force: true });
