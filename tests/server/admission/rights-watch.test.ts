import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Database, openDatabase, transaction } from '../../../db/client.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { type ChangedRights, createRightsWatch, type RightsWatch } from '../../../server/auth/rights-watch.ts';
import { aDatabase } from '../../support/database.ts';
import { anId } from '../../support/board.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';

const db = await aDatabase();
const watches: RightsWatch[] = [];
afterEach(async () => {
	for (const watch of watches.splice(0)) await watch.stop();
});

const change = (number: number): ChangedRights => ({ caseId: anId<CaseId>(number), personId: anId<PersonId>(number) });
const store = (number: number) => transaction(db, (tx) => insertRightsChange(tx, { ...change(number), at: new Date() }));

function listening(options: Partial<Parameters<typeof createRightsWatch>[0]> = {}) {
	const heard: ChangedRights[] = [];
	const touch: string[] = [];
	const watch = createRightsWatch({ db, now: () => new Date(), ...options });
	watches.push(watch);
	watch.listen({
		rightsChanged: (changes) => heard.push(...changes),
		lostTouch: () => touch.push('lost'),
		backInTouch: () => touch.push('back'),
	});
	return { watch, heard, touch };
}

async function until(fact: () => boolean, withinMs: number): Promise<number> {
	const started = Date.now();
	while (!fact()) {
		if (Date.now() - started > withinMs) throw new Error(`not within ${withinMs} ms`);
		await delay(5);
	}
	return Date.now() - started;
}

test('tells what another process changed within a second, once, and nothing from before it began', async () => {
	await store(1);
	const { watch, heard } = listening();
	await watch.start();
	await store(2);
	await until(() => heard.length > 0, 1_000);
	await delay(600);
	expect(heard).toEqual([change(2)]);
});

test('is nudged to look at once', async () => {
	const { watch, heard } = listening({ lookEveryMs: 60_000 });
	await watch.start();
	await store(3);
	watch.nudge();
	watch.nudge();
	await until(() => heard.length > 0, 1_000);
	await store(4);
	watch.nudge();
	await until(() => heard.length === 2, 1_000);
	expect(heard).toEqual([change(3), change(4)]);
});

test('looks again when nudged while a look is under way', async () => {
	const own = openDatabase(db.url);
	const { watch, heard } = listening({ db: own, lookEveryMs: 60_000 });
	await watch.start();
	const goesOn = stall(own, 'answer');
	watch.nudge();
	await delay(100);
	await store(6);
	watch.nudge();
	goesOn();
	await until(() => heard.length > 0, 1_000);
	expect(heard).toEqual([change(6)]);
	await watch.stop();
	await own.close();
});

test('misses no change whose transaction was slower than a later one', async () => {
	const { watch, heard } = listening({ lookEveryMs: 20 });
	await watch.start();
	await Promise.all(
		Array.from({ length: 20 }, (_, index) =>
			transaction(db, async (tx) => {
				await insertRightsChange(tx, { ...change(100 + index), at: new Date() });
				await delay((20 - index) * 5);
			}),
		),
	);
	await until(() => heard.length >= 20, 3_000);
	expect(new Set(heard.map(({ caseId }) => caseId)).size).toBe(20);
});

test('has everybody looked at again when the day changes in Denmark', async () => {
	let at = new Date('2026-11-22T22:59:50Z');
	const { watch, heard } = listening({ now: () => at, lookEveryMs: 20 });
	await watch.start();
	await delay(80);
	expect(heard).toEqual([]);
	at = new Date('2026-11-22T23:00:01Z');
	await until(() => heard.length > 0, 1_000);
	expect(heard).toEqual([{ caseId: null, personId: null }]);
});

test('says when the database is out of reach, and what was missed when it is back', async () => {
	const own = openDatabase(db.url);
	const { watch, heard, touch } = listening({ db: own, lookEveryMs: 50, lostAfterMs: 300 });
	await watch.start();
	const goesOn = stall(own);
	await until(() => touch.length > 0, 1_500);
	expect([touch, watch.inTouch]).toEqual([['lost'], false]);
	await store(5);
	goesOn();
	await until(() => touch.length === 2, 1_500);
	expect([touch, heard, watch.inTouch]).toEqual([['lost', 'back'], [change(5)], true]);
	await watch.stop();
	await own.close();
});

test('a crowd that holds every other connection is not taken for a database out of reach', async () => {
	const own = openDatabase(db.url);
	const { watch, touch } = listening({ db: own, lookEveryMs: 50, lostAfterMs: 300 });
	await watch.start();
	await Promise.all(Array.from({ length: 24 }, () => own.pool.query('select pg_sleep(0.4)')));
	expect([touch, watch.inTouch]).toEqual([[], true]);
	await watch.stop();
	await own.close();
});

test('a process that stood still is out of touch before its timers say so, and an answer from before does not tell it otherwise', async () => {
	const own = openDatabase(db.url);
	let behindMs = 0;
	const { watch, touch } = listening({ db: own, now: () => new Date(Date.now() + behindMs), lookEveryMs: 60_000 });
	await watch.start();
	expect(watch.inTouch).toBe(true);
	const goesOn = stall(own, 'answer');
	watch.nudge();
	behindMs = 3_500;
	expect([watch.inTouch, touch]).toEqual([false, []]);
	goesOn();
	await delay(100);
	expect(watch.inTouch).toBe(false);
	watch.nudge();
	await until(() => watch.inTouch, 1_000);
	await watch.stop();
	await own.close();
});

test('says so too when the database refuses', async () => {
	const own = openDatabase('postgres://nobody@127.0.0.1:1/none');
	const { watch, touch } = listening({ db: own, lookEveryMs: 50, lostAfterMs: 200 });
	await expect(watch.start()).rejects.toThrow();
	expect(touch).toEqual([]);
	await own.close();
});

/** A database that takes no question, or gives no answer, until told to go on. */
function stall(on: Database, what: 'question' | 'answer' = 'question'): () => void {
	const pool = on.watch.$client;
	const query = pool.query.bind(pool) as (...of: unknown[]) => Promise<unknown>;
	const { promise, resolve } = Promise.withResolvers<void>();
	pool.query = (async (...of: unknown[]) => {
		if (what === 'question') await promise;
		const answer = await query(...of);
		if (what === 'answer') await promise;
		return answer;
	}) as never;
	return resolve;
}
