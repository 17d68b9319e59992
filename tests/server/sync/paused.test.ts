/** Scenario 9 (docs/guide/sync-scenarios.md): a process stands still, as on a machine that sleeps, and goes on. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '../../../db/client.ts';
import { accessesOf, endCaseAccess } from '../../../db/repo/case-access.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import type { PersonId } from '../../../domain/ids.ts';
import { replay } from '../../../server/log/replay.ts';
import { aDatabase } from '../../support/database.ts';
import { aStockClient, type StockClient } from '../../support/stock-client.ts';
import { goalOf, textOf, until } from './a-server.ts';
import { realDocuments, type RealDocument } from './real-documents.ts';

const SCRIPT = join(import.meta.dirname, '../../support/rights-process.ts');
/** How it comes to stand still: while it waits for something to do, or in the middle of its work. */
const WAYS = [
	['while it waits', 'SIGSTOP'],
	['in the middle of its work', 'SIGUSR2'],
] as const;
/** Longer than a process may be out of touch with its database and still write. */
const LONG_MS = 3_500;

const db = await aDatabase();
const { masterKey, log, documents, people } = await realDocuments(db, { cases: 2 * WAYS.length, people: 3 });
const [, anna, bo] = people as [PersonId, PersonId, PersonId];
for (const id of people)
	await db.pool.query(
		`with someone as (insert into auth_user (id, name, email, email_verified, created_at, updated_at) values ($1, 'x', $1, true, now(), now()) returning id)
		insert into auth_session (id, token, user_id, expires_at, created_at, updated_at) select $2, $2, id, now() + interval '1 hour', now(), now() from someone`,
		[id, `session of ${id}`],
	);

const child: ChildProcess = spawn(process.execPath, [SCRIPT, db.url, masterKey.toString('base64')], {
	stdio: ['ignore', 'pipe', 'inherit'],
});
const [port] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string];
const clients: StockClient[] = [];
afterAll(() => {
	for (const client of clients) client.destroy();
	child.kill('SIGKILL');
});

let document: RealDocument;
let here: readonly [StockClient, StockClient];
beforeEach(async () => {
	document = documents[clients.length / 2]!;
	here = [await comes(anna), await comes(bo)];
});

async function comes(personId: PersonId): Promise<StockClient> {
	const client = aStockClient({ serverUrl: `ws://127.0.0.1:${Number(port)}`, name: document.name, cookie: `person=${personId}` });
	clients.push(client);
	await until(() => client.isSaved(), 'here');
	return client;
}

const stored = async () => textOf(replay(await log.load(document.documentId)));

const isStill = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.startsWith('T');
async function standsStill(signal: NodeJS.Signals): Promise<void> {
	child.kill(signal);
	await until(isStill, 'it stands still');
}

describe.each(WAYS)('a process that stood still %s', (_when, signal) => {
	test('stores and tells what was under way when it goes on, once', async () => {
		const [one, other] = here;
		await standsStill(signal);
		goalOf(one.doc).insert(0, 'one ');
		goalOf(other.doc).insert(0, 'other ');
		await sleep(LONG_MS);
		expect([one.isSaved(), other.isSaved(), await stored()]).toEqual([false, false, '']);
		child.kill('SIGCONT');
		await until(() => one.isSaved() && other.isSaved(), 'saved');
		await until(() => textOf(one.doc) === textOf(other.doc), 'seen');
		expect(await stored()).toBe(textOf(one.doc));
		expect((await stored()).split(' ').toSorted()).toEqual(['', 'one', 'other']);
	});

	test('stores nothing of what somebody sent whose access ended meanwhile', async () => {
		const [stays, goes] = here;
		await standsStill(signal);
		goalOf(stays.doc).insert(0, 'stays ');
		goalOf(goes.doc).insert(0, 'goes ');
		const { caseId } = document.docName;
		await transaction(db, async (tx) => {
			const theirs = (await accessesOf(tx, caseId)).find(({ personId }) => personId === bo);
			await endCaseAccess(tx, theirs!.id, bo, new Date());
			await insertRightsChange(tx, { caseId, personId: bo, at: new Date() });
		});
		await sleep(LONG_MS);
		child.kill('SIGCONT');
		await until(() => goes.closeCodes.length > 0 && stays.isSaved(), 'told, and saved');
		expect([goes.closeCodes[0], await stored()]).toEqual([4403, 'stays ']);
	});
});
