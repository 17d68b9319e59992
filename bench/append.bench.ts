/** What storing an update costs, commit included: an embedded PostgreSQL with everything that makes it durable on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingDurability, openDatabase, transaction } from '../db/client.ts';
import { startEmbedded } from '../db/embedded.ts';
import { migrateDatabase } from '../db/migrate.ts';
import type { DocumentId, PersonId } from '../domain/ids.ts';
import { type BoardLog, createBoardLog, type DocumentAppend } from '../server/log/board-log.ts';
import { aStaffedCase, someCaseKeys } from '../tests/support/case-builders.ts';
import { aWriter, type Writer } from '../tests/support/logged-edits.ts';

const SECONDS = 4;
const cases = [
	{ name: 'one keystroke', documents: 1, updates: 1 },
	{ name: 'a meeting: one document, 10 updates', documents: 1, updates: 10 },
	{ name: 'eight meetings: 8 documents, 5 updates', documents: 8, updates: 5 },
	{ name: 'a busy morning: 60 documents, 2 updates', documents: 60, updates: 2 },
	{ name: 'a crowd: one document, 200 updates', documents: 1, updates: 200 },
];

const dataDir = mkdtempSync(join(tmpdir(), 'tavle-bench-'));
const embedded = await startEmbedded({ dataDir });
const db = openDatabase(embedded.url);
try {
	await migrateDatabase(db);
	const keys = someCaseKeys();
	const log = createBoardLog({ db, keys, now: () => new Date() });
	const documents = await Promise.all(
		Array.from({ length: 60 }, () =>
			transaction(db, async (tx) => {
				const made = await aStaffedCase(tx, keys);
				await log.ensureDocuments(tx, made.case.id);
				return { caseId: made.case.id, writer: aWriter(made.teacher.id) };
			}),
		),
	);
	const opened = await Promise.all(
		documents.map(async ({ caseId, writer }) => {
			const handle = await log.open({ caseId, compartment: { kind: 'team' }, epoch: 1 });
			if (!handle) throw new Error('The document was not made');
			return { documentId: handle.documentId, writer };
		}),
	);
	console.log('durability settings off:', (await missingDurability(db)).join(' ') || 'none');
	for (const { name, documents: count, updates } of cases) {
		console.log(row(name, await measure(log, opened.slice(0, count), updates)));
	}
} finally {
	await db.close();
	await embedded.stop();
	rmSync(dataDir, { recursive: true });
}

interface Measured {
	readonly latenciesMs: readonly number[];
	readonly updates: number;
	readonly cpuMs: number;
}

async function measure(
	log: BoardLog,
	rooms: readonly { documentId: DocumentId; writer: Writer }[],
	updates: number,
): Promise<Measured> {
	const latenciesMs: number[] = [];
	const cpu = process.cpuUsage();
	for (const end = performance.now() + SECONDS * 1_000; performance.now() < end;) {
		const batch = rooms.map((room) => append(room.documentId, room.writer, room.writer.personId, updates));
		const before = performance.now();
		await log.append(batch);
		latenciesMs.push(performance.now() - before);
	}
	const used = process.cpuUsage(cpu);
	return {
		latenciesMs: latenciesMs.toSorted((a, b) => a - b),
		updates: latenciesMs.length * rooms.length * updates,
		cpuMs: (used.user + used.system) / 1_000,
	};
}

function append(documentId: DocumentId, writer: Writer, personId: PersonId, updates: number): DocumentAppend {
	const typed = Array.from({ length: updates }, () => ({
		bytes: writer.type('a'),
		personId,
		sessionId: 'bench',
		receivedAt: new Date(),
	}));
	return { documentId, epoch: 1, updates: typed, newClients: [] };
}

function row(name: string, { latenciesMs, updates, cpuMs }: Measured): string {
	const at = (part: number) => (latenciesMs[Math.floor(latenciesMs.length * part)] ?? 0).toFixed(2).padStart(7);
	const perSecond = Math.round(updates / SECONDS)
		.toString()
		.padStart(7);
	return `${name.padEnd(42)} p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  ${perSecond} updates/s  our CPU ${((cpuMs * 1_000) / updates).toFixed(0).padStart(4)} us/update`;
}
