import { beforeEach, expect, test } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { destroyDataKey, insertDataKey, wipeDestroyedKeys } from '../../db/repo/data-key.ts';
import type { DataKeyId } from '../../domain/ids.ts';
import { NOON } from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();
const afterMinutes = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

beforeEach(() => db.pool.query('delete from data_key'));

async function destroyedKey(minutes: number): Promise<void> {
	const id = newId<DataKeyId>();
	await insertDataKey(db.orm, id, Buffer.from('wrapped'), NOON);
	await destroyDataKey(db.orm, id, afterMinutes(minutes));
}

/** @returns whether the table lies in a new file */
async function wipe(minutes: number): Promise<boolean> {
	const file = async () =>
		(await db.pool.query<{ file: number }>("select pg_relation_filenode('data_key') as file")).rows[0]!.file;
	const before = await file();
	await wipeDestroyedKeys(db, afterMinutes(minutes));
	return (await file()) !== before;
}

test('the table of keys is written anew for a key that was destroyed, and not again', async () => {
	await insertDataKey(db.orm, newId<DataKeyId>(), Buffer.from('in use'), NOON);
	expect(await wipe(0)).toBe(false);
	await destroyedKey(0);
	expect([await wipe(60), await wipe(120), await wipe(180)]).toEqual([true, false, false]);
	await destroyedKey(190);
	expect([await wipe(240), await wipe(300)]).toEqual([true, false]);
});

test('once more for a key that somebody could still see when that was done', async () => {
	await destroyedKey(55);
	expect([await wipe(60), await wipe(120), await wipe(180)]).toEqual([true, true, false]);
});

test('however long the process was away', async () => {
	await destroyedKey(0);
	expect(await wipe(10 * 24 * 60)).toBe(true);
});

test('again when somebody held the table', async () => {
	await destroyedKey(0);
	const holder = await db.pool.connect();
	await holder.query('begin');
	await holder.query('select 1 from data_key');
	await expect(wipe(60)).rejects.toMatchObject({ code: '55P03' });
	await holder.query('commit');
	holder.release();
	expect([await wipe(120), await wipe(180)]).toEqual([true, false]);
});
