import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { transaction } from '../../../db/client.ts';
import { findInstallation } from '../../../db/repo/installation.ts';
import { createCaseKeys, MasterKeyChanged } from '../../../server/log/case-keys.ts';
import { openInstallation } from '../../../server/log/master-key.ts';
import { rotateMasterKey } from '../../../server/log/rotate-master-key.ts';
import { SealBroken } from '../../../server/log/seal.ts';
import { CITIZEN_TEXT, unsealText } from '../../../server/log/sealed-text.ts';
import { aCitizenCase, anOrganisation, aTeam, NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';

const CPR = '0707011234';
const db = await aDatabase();
const [old, next] = [randomBytes(32), randomBytes(32)];
const running = createCaseKeys(old);
const opened = (key: Buffer) =>
	openInstallation(db, {
		source: { value: key.toString('base64'), file: undefined, dataDir: '/nowhere' },
		isDemo: false,
		now: () => NOON,
	});
const rotate = (from: Buffer, to: Buffer) => transaction(db, (tx) => rotateMasterKey(tx, from, to));
let made: Awaited<ReturnType<typeof aCitizenCase>>;

beforeAll(async () => {
	await opened(old);
	made = await transaction(db, async (tx) => {
		const host = await anOrganisation(tx);
		return aCitizenCase(tx, { keys: running, team: await aTeam(tx, { organisationId: host.id }), cpr: CPR });
	});
});

test('a key this database was not sealed with rotates nothing', async () => {
	const before = await findInstallation(db.orm);
	expect(await rotate(randomBytes(32), next)).toBeUndefined();
	expect(await findInstallation(db.orm)).toEqual(before);
});

test('a key that cannot be opened stops all of it', async () => {
	const broken = db.pool.query(
		'update data_key set wrapped = set_byte(wrapped, 20, (get_byte(wrapped, 20) + 1) % 256) where id = $1',
		[made.dataKeyId],
	);
	await broken;
	await expect(rotate(old, next)).rejects.toThrow(SealBroken);
	await db.pool.query('update data_key set wrapped = set_byte(wrapped, 20, (get_byte(wrapped, 20) + 255) % 256) where id = $1', [
		made.dataKeyId,
	]);
	await expect(opened(old)).resolves.toMatchObject({ isNew: false });
});

test('afterwards the new key opens everything, the old one nothing, and a number is found by the new index', async () => {
	const keyBefore = await createCaseKeys(old).open(db.orm, made.dataKeyId);
	expect(await rotate(old, next)).toEqual({ keys: 2, numbers: 1 });
	const keys = createCaseKeys(next);
	expect(await keys.open(db.orm, made.dataKeyId)).toEqual(keyBefore);
	await expect(createCaseKeys(old).open(db.orm, made.dataKeyId)).rejects.toThrow(SealBroken);
	await expect(opened(next)).resolves.toMatchObject({ isNew: false });
	await expect(opened(old)).rejects.toMatchObject({ code: 'master-key-wrong' });

	const { rows } = await db.pool.query<{
		id: string;
		organisation_id: string;
		data_key_id: string;
		sealed_cpr: Buffer;
		cpr_index: Buffer;
	}>('select * from citizen where cpr_index is not null');
	const [row] = rows;
	expect(row!.cpr_index).toEqual(keys.cprIndex(row!.organisation_id as never, CPR));
	const citizenKey = await keys.open(db.orm, row!.data_key_id as never);
	expect(unsealText(citizenKey, row!.sealed_cpr, CITIZEN_TEXT.cpr, row!.id as never)).toBe(CPR);
});

test('a server that still runs with the old key makes no key nobody could open', async () => {
	await expect(transaction(db, (tx) => running.create(tx, NOON))).rejects.toThrow(MasterKeyChanged);
});
