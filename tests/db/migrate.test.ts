import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { type Database, openDatabase, transaction } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import type { Embedded } from '../../db/embedded/owned-cluster.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { appendAudit, verifyChain } from '../../db/repo/audit.ts';
import { loadStandings } from '../../db/repo/case-standing.ts';
import { createBoardLog } from '../../server/log/board-log.ts';
import { replay } from '../../server/log/replay.ts';
import { aStaffedCase, NOON, someCaseKeys } from '../support/case-builders.ts';
import { anAppend, aWriter } from '../support/logged-edits.ts';
import { hasPostgresql15, startPostgresql15 } from '../support/postgresql-15.ts';

if (!hasPostgresql15)
	process.stdout.write(
		'PostgreSQL 15 is not in /usr/lib/postgresql/15, so its facts are skipped: apt-get install postgresql-15\n',
	);

const versions = [
	{ version: 18, present: true, start: (dataDir: string) => startEmbedded({ dataDir }) },
	{ version: 15, present: hasPostgresql15, start: startPostgresql15 },
];

describe.each(versions)('PostgreSQL $version', ({ version, present, start }) => {
	let root: string;
	let cluster: Embedded;
	let db: Database;

	beforeAll(async () => {
		if (!present) return;
		root = mkdtempSync(join(tmpdir(), 'tavle-migrate-'));
		cluster = await start(join(root, 'data'));
		db = openDatabase(cluster.url);
	});
	afterAll(async () => {
		if (!present) return;
		await db.close();
		await cluster.stop();
		rmSync(root, { recursive: true, force: true });
	});

	test.runIf(present)('is the version it is meant to be', async () => {
		const { rows } = await db.pool.query<{ major: number }>("select current_setting('server_version_num')::int / 10000 as major");
		expect(rows[0]?.major).toBe(version);
	});

	test.runIf(present)('three processes that migrate an empty database at once all find it done', async () => {
		const others = [openDatabase(cluster.url), openDatabase(cluster.url)];
		await Promise.all([db, ...others].map(migrateDatabase));
		await Promise.all(others.map((other) => other.close()));
		const { rows } = await db.pool.query<{ count: string }>('select count(*) from drizzle.__drizzle_migrations');
		expect(Number(rows[0]?.count)).toBeGreaterThanOrEqual(2);
	});

	test.runIf(present)('a migrated database is asked one question', async () => {
		await migrateDatabase(db);
		const questions = vi.spyOn(Client.prototype, 'query');
		await migrateDatabase(db);
		expect(questions).toHaveBeenCalledOnce();
		questions.mockRestore();
	});

	test.runIf(present)('keeps cases, access, audit and the log', async () => {
		const keys = someCaseKeys();
		const made = await aStaffedCase(db.orm, keys);
		const log = createBoardLog({ db, keys, now: () => NOON });
		await transaction(db, (tx) => log.ensureDocuments(tx, made.case.id));
		const { documentId } = (await log.open({ caseId: made.case.id, compartment: { kind: 'team' }, epoch: 1 }))!;
		expect(await log.append([anAppend(documentId, aWriter(made.teacher.id), ['Job ', 'i uge 50'], { claims: true })])).toEqual(
			new Map([[documentId, 3]]),
		);
		expect(
			replay(await log.load(documentId))
				.getText('goal/team')
				.toJSON(),
		).toBe('Job i uge 50');

		await transaction(db, (tx) =>
			appendAudit(tx, made.case.id, {
				action: 'case.read',
				subject: { caseId: made.case.id },
				purpose: 'board',
				at: NOON,
				personId: made.teacher.id,
				sessionId: 's1',
			}),
		);
		expect(await verifyChain(db.orm, made.case.id)).toBeUndefined();
		await expect(db.pool.query('delete from audit_entry')).rejects.toMatchObject({ code: '23001' });
		expect(await loadStandings(db.orm, { personIds: [made.teacher.id] }, NOON)).toHaveLength(1);
		expect(await loadStandings(db.orm, { caseIds: [made.case.id] }, NOON)).toHaveLength(2);
	});

	test.runIf(present)('refuses a database that a newer version made', async () => {
		const far = Date.parse('2100-01-01');
		await db.pool.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [newId(), far]);
		await expect(migrateDatabase(db)).rejects.toMatchObject({ code: 'database-newer' });
		await db.pool.query('delete from drizzle.__drizzle_migrations where created_at = $1', [far]);
	});

	test.runIf(present)('what was said is never rewritten', async () => {
		for (const table of ['board_update', 'observation', 'observation_amendment', 'observation_comment']) {
			await expect(
				db.pool.query(`update ${table} set id = id`.replace('board_update set id = id', 'board_update set seq = seq')),
			).rejects.toMatchObject({ code: '23001' });
		}
	});

	test.runIf(present)('a template version is never rewritten either, but for its last day', async () => {
		for (const change of [`content = '{"a":1}'`, 'valid_from = valid_from + 1', 'version = version + 1'])
			await expect(db.pool.query(`update template_version set ${change}`)).rejects.toMatchObject({ code: '23001' });
		const { rowCount } = await db.pool.query("update template_version set valid_until = '2027-01-01'");
		expect(rowCount).toBeGreaterThan(0);
	});
});
