import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { destroyDataKey, insertDataKey, wipeDestroyedKeys } from '../../db/repo/data-key.ts';
import type { DataKeyId } from '../../domain/ids.ts';
import { NOON } from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();

beforeEach(() => db.pool.query('delete from data_key'));

async function destroyedKey(wrapped: string): Promise<DataKeyId> {
	const id = newId<DataKeyId>();
	await insertDataKey(db.orm, id, Buffer.from(wrapped), NOON);
	await destroyDataKey(db.orm, id, NOON);
	return id;
}

const first = async <Value>(query: string, values: unknown[] = []): Promise<Value> =>
	(await db.pool.query<{ value: Value }>(query, values)).rows[0]!.value;
const file = () => first<number>("select pg_relation_filenode('data_key') as value");
const isMarked = (id: DataKeyId) => first<boolean>('select wiped_at is not null as value from data_key where id = $1', [id]);

async function liesInFile(wrapped: string): Promise<boolean> {
	await db.pool.query('checkpoint');
	return (await first<Buffer>("select pg_read_binary_file(pg_relation_filepath('data_key')) as value")).includes(wrapped);
}

const wipe = () => wipeDestroyedKeys(db, NOON);
/** Transactions of other test files, in other databases of the same PostgreSQL, may be under way for a moment. */
async function wipeUntilMarked(id: DataKeyId): Promise<void> {
	await expect.poll(async () => (await wipe(), await isMarked(id)), { timeout: 10_000 }).toBe(true);
}

test('the table of keys is written anew for a key that was destroyed, and not again', async () => {
	await insertDataKey(db.orm, newId<DataKeyId>(), Buffer.from('in use'), NOON);
	const before = await file();
	await wipe();
	expect(await file()).toBe(before);
	await wipeUntilMarked(await destroyedKey('destroyed-1'));
	expect([await liesInFile('in use'), await liesInFile('destroyed-1')]).toEqual([true, false]);
	const wiped = await file();
	await wipe();
	expect(await file()).toBe(wiped);
	await wipeUntilMarked(await destroyedKey('destroyed-2'));
	expect([wiped === before, (await file()) === wiped, await liesInFile('destroyed-2')]).toEqual([false, false, false]);
});

test.each([
	['reads', 'begin isolation level repeatable read', 'select 1'],
	['writes', 'begin', 'select pg_current_xact_id()'],
])('a key that a transaction which %s may see as it was waits until that has ended', async (what, begin, statement) => {
	const other = await db.pool.connect();
	await other.query(begin);
	await other.query(statement);
	const seen = await destroyedKey(`seen-by-one-that-${what}`);
	await wipe();
	expect([await isMarked(seen), await liesInFile(`seen-by-one-that-${what}`)]).toEqual([false, true]);
	await other.query('commit');
	other.release();
	await wipeUntilMarked(seen);
	expect(await liesInFile(`seen-by-one-that-${what}`)).toBe(false);
});

test('again when somebody held the table', async () => {
	const id = await destroyedKey('held');
	const holder = await db.pool.connect();
	await holder.query('begin');
	await holder.query('select 1 from data_key');
	await expect
		.poll(
			() =>
				wipe().then(
					() => 'not tried',
					(error: { code: string }) => error.code,
				),
			{ timeout: 20_000 },
		)
		.toBe('55P03');
	await holder.query('commit');
	holder.release();
	await wipeUntilMarked(id);
	expect(await liesInFile('held')).toBe(false);
});
