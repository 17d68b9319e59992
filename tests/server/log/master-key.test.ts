import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { transaction } from '../../../db/client.ts';
import { findInstallation } from '../../../db/repo/installation.ts';
import { createDurably } from '../../../db/write-durably.ts';
import { createCaseKeys } from '../../../server/log/case-keys.ts';
import { type MasterKeySource, openInstallation } from '../../../server/log/master-key.ts';
import { aCitizenCase, anOrganisation, aTeam, NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';

const db = await aDatabase();
const dataDir = mkdtempSync(join(tmpdir(), 'tavle-key-'));
afterAll(() => rmSync(dataDir, { recursive: true }));
beforeEach(async () => {
	rmSync(join(dataDir, 'master.key'), { force: true });
	await db.pool.query('truncate installation');
});

const open = (source: Partial<MasterKeySource> = {}, isDemo = false) =>
	openInstallation(db, { source: { value: undefined, file: undefined, dataDir, ...source }, isDemo, now: () => NOON });
const aKey = (byte: number) => Buffer.alloc(32, byte).toString('base64');

test('a new installation makes a key file that only its owner reads, and finds it again', async () => {
	const made = await open({}, true);
	expect(made).toMatchObject({ isNew: true, isDemo: true, madeKeyFile: join(dataDir, 'master.key') });
	expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
	expect(await open()).toEqual({ masterKey: made.masterKey, isNew: false, isDemo: true, madeKeyFile: undefined });
});

test('a given key is used and no file is made', async () => {
	expect(await open({ value: aKey(1) })).toMatchObject({ isNew: true, madeKeyFile: undefined, masterKey: Buffer.alloc(32, 1) });
	expect(() => statSync(join(dataDir, 'master.key'))).toThrow();
	const file = join(dataDir, 'given.key');
	writeFileSync(file, `${aKey(1)}\n`);
	expect(await open({ file })).toMatchObject({ isNew: false, masterKey: Buffer.alloc(32, 1) });
});

test('another key is refused and nothing is changed', async () => {
	await open({ value: aKey(1) });
	const before = await findInstallation(db.orm);
	await expect(open({ value: aKey(2) })).rejects.toMatchObject({ code: 'master-key-wrong', from: 'MASTER_KEY' });
	expect(await findInstallation(db.orm)).toEqual(before);
});

test('a key that is gone is missed, never replaced', async () => {
	await open();
	rmSync(join(dataDir, 'master.key'));
	await expect(open()).rejects.toMatchObject({ code: 'master-key-missing', from: join(dataDir, 'master.key') });
	expect(() => statSync(join(dataDir, 'master.key'))).toThrow();
});

test.each(['', 'kort', aKey(1).slice(1), `${aKey(1)}x`, 'ø'.repeat(44)])('%j is no key', async (value) => {
	await expect(open({ value })).rejects.toMatchObject({ code: 'master-key-malformed' });
	expect(await findInstallation(db.orm)).toBeUndefined();
});

test('a key file that cannot be read is named', async () => {
	const file = join(dataDir, 'nowhere.key');
	await expect(open({ file })).rejects.toMatchObject({ code: 'master-key-unreadable', from: file });
});

test('two processes that start at once make one installation and one key', async () => {
	const opened = await Promise.all([open(), open()]);
	expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
	expect(opened[0]!.masterKey).toEqual(opened[1]!.masterKey);
	expect((await open()).masterKey).toEqual(opened[0]!.masterKey);
});

test('a key file that another process just made is kept', () => {
	const file = join(dataDir, 'made.key');
	expect(createDurably(file, 'first')).toBe(true);
	expect(createDurably(file, 'second')).toBe(false);
	expect(readFileSync(file, 'utf8')).toBe('first');
	expect(readdirSync(dataDir).filter((name) => name.startsWith('made.key'))).toEqual(['made.key']);
});

test('a CPR number is found by its index alone, in its own municipality alone, and stands nowhere', async () => {
	const keys = createCaseKeys(Buffer.alloc(32, 9));
	const [here, there] = [await anOrganisation(db.orm), await anOrganisation(db.orm)];
	const team = await aTeam(db.orm, { organisationId: here.id });
	const made = await aCitizenCase(db.orm, { team, keys, cpr: '0102039999' });
	const found = async (at: typeof here, digits: string) => {
		const asked = 'select id from citizen where organisation_id = $1 and cpr_index = $2';
		return (await db.pool.query<{ id: string }>(asked, [at.id, keys.cprIndex(at.id, digits)])).rows;
	};
	expect(await found(here, '0102039999')).toEqual([{ id: made.citizenId }]);
	expect(await found(here, '0102039998')).toEqual([]);
	expect(await found(there, '0102039999')).toEqual([]);
	expect(keys.cprIndex(here.id, '0102039999')).not.toEqual(keys.cprIndex(there.id, '0102039999'));
	expect(keys.cprIndex(here.id, '0102039999')).not.toEqual(createCaseKeys(Buffer.alloc(32, 8)).cprIndex(here.id, '0102039999'));
	const { rows } = await db.pool.query<{ row: string }>(
		`select encode(sealed_cpr, 'escape') || encode(cpr_index, 'escape') as row from citizen`,
	);
	expect(JSON.stringify(rows)).not.toContain('0102039999');
});

test('the same CPR number twice in one municipality is refused', async () => {
	const keys = createCaseKeys(Buffer.alloc(32, 9));
	const team = await aTeam(db.orm, { organisationId: (await anOrganisation(db.orm)).id });
	await aCitizenCase(db.orm, { team, keys, cpr: '0102039999' });
	await expect(transaction(db, (tx) => aCitizenCase(tx, { team, keys, cpr: '0102039999' }))).rejects.toMatchObject({
		cause: { constraint: 'citizen_cpr' },
	});
});
