import { expect, test } from 'vitest';
import { byteaArray, instantArray, int8Array, textArray, uuidArray } from '../../db/binary-array.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();
const readBack = async (type: string, array: Buffer) =>
	(await db.pool.query<{ value: unknown }>(`select unnest($1::${type}[]) as value`, [array])).rows.map((row) => row.value);

test('PostgreSQL reads back what was written, in order', async () => {
	const bytes = [Buffer.from([0, 255, 92, 34]), Buffer.alloc(0), Buffer.alloc(70_000, 7)];
	expect(await readBack('bytea', byteaArray(bytes))).toEqual(bytes);
	expect(await readBack('text', textArray(['æ,"\\{}', null, '', 'NULL']))).toEqual(['æ,"\\{}', null, '', 'NULL']);
	const id = '01936f2a-7c3d-7e8f-9a0b-1c2d3e4f5061';
	expect(await readBack('uuid', uuidArray([id, null]))).toEqual([id, null]);
	expect(await readBack('bigint', int8Array([0, 1, 4_294_967_295, Number.MAX_SAFE_INTEGER]))).toEqual([
		'0',
		'1',
		'4294967295',
		String(Number.MAX_SAFE_INTEGER),
	]);
	const instants = [new Date('1970-01-01T00:00:00Z'), new Date('2026-11-22T10:11:12.345Z'), new Date('1999-12-31T23:59:59.999Z')];
	expect(await readBack('timestamptz', instantArray(instants))).toEqual(instants);
});

test('an empty array has no rows', async () => {
	expect(await readBack('uuid', uuidArray([]))).toEqual([]);
});
