/** `npm run tavle -- close-old-pages`, as an operator runs it. What it does to pages: tests/server/sync/close-old-pages.test.ts. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { transaction } from '../../../db/client.ts';
import type { DocumentId } from '../../../domain/ids.ts';
import { createBoardLog } from '../../../server/log/board-log.ts';
import { createCaseKeys } from '../../../server/log/case-keys.ts';
import { aStaffedCase, NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';

const TAVLE = fileURLToPath(new URL('../../../server/tavle.ts', import.meta.url));
const db = await aDatabase();
const masterKey = randomBytes(32);
let documentId: DocumentId;

beforeAll(async () => {
	const keys = createCaseKeys(masterKey);
	const log = createBoardLog({ db, keys, now: () => NOON });
	const { case: made } = await aStaffedCase(db.orm, keys);
	await transaction(db, (tx) => log.ensureDocuments(tx, made.id));
	({ documentId } = (await log.open({ caseId: made.id, compartment: { kind: 'team' }, epoch: 1 }))!);
});

/** An operator's address names a machine; the socket in it counts all the same. */
const DATABASE_URL = db.url.replace('@/', '@localhost/');

async function closeOldPages() {
	const env = { PATH: process.env.PATH, DATABASE_URL, MASTER_KEY: masterKey.toString('base64'), LANG: 'en_GB.UTF-8' };
	const command = spawn('node', [TAVLE, 'close-old-pages'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
	const ended = new Promise<number | null>((resolve) => command.once('close', resolve));
	const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr)]);
	return { stdout, stderr, exitCode: await ended };
}

test('says how many documents have a new name, and to start the server', async () => {
	const { stdout, stderr, exitCode } = await closeOldPages();
	expect(stdout).toMatch(/^1 documents have a new name\..*\nStart the server\.\n$/);
	expect([stderr, exitCode]).toEqual(['', 0]);
});

test('names a document that cannot be read, and why, and does not say to start the server', async () => {
	await db.pool.query('update board_document set seq = seq + 1 where id = $1', [documentId]);
	const { stdout, stderr, exitCode } = await closeOldPages();
	await db.pool.query('update board_document set seq = seq - 1 where id = $1', [documentId]);
	expect(stdout).not.toContain('Start the server');
	expect(stderr).toContain(`could not be read and are as they were: ${documentId} (LogBroken).`);
	expect(exitCode).toBe(1);
});

test('fails with what the database says when that cannot go on, and takes no document for damaged', async () => {
	await db.pool.query(`
		create function full_disk() returns trigger language plpgsql as
			$$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$;
		create trigger full_disk before insert on board_epoch execute function full_disk();
	`);
	const { stdout, stderr, exitCode } = await closeOldPages();
	expect([stdout, exitCode]).toEqual(['', 1]);
	expect(stderr).toMatch(/^[^\n]*: could not extend file: No space left on device\n$/);
});
