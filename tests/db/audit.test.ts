import { describe, expect, test } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { transaction } from '../../db/client.ts';
import { appendAudit, appendAudits, auditEntriesOf, type NewAuditEntry, verifyChain } from '../../db/repo/audit.ts';
import type { CaseId, PersonId } from '../../domain/ids.ts';
import { NOON } from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();

const aRead = (given: Partial<NewAuditEntry> = {}): NewAuditEntry => ({
	action: 'case.read',
	subject: { zebra: 'z', caseId: 'c', accessId: 'a' },
	purpose: 'board',
	compartments: ['team', 'clinical'],
	at: NOON,
	personId: newId<PersonId>(),
	sessionId: 's1',
	...given,
});

/** Each test's tampering goes round the trigger the way a database superuser could. */
const tamper = (statement: string, values: unknown[]) =>
	transaction(db, async () => {
		const client = await db.pool.connect();
		try {
			await client.query("begin; set local session_replication_role = 'replica'");
			await client.query(statement, values);
			await client.query('commit');
		} finally {
			client.release();
		}
	});

const aChainOf = async (entries: number): Promise<CaseId> => {
	const chainId = newId<CaseId>();
	for (let index = 0; index < entries; index++) await transaction(db, (tx) => appendAudit(tx, chainId, aRead()));
	return chainId;
};

test('a chain reads back as written, newest first, and verifies', async () => {
	const chainId = newId<CaseId>();
	const read = aRead();
	await transaction(db, (tx) => appendAudit(tx, chainId, read));
	await transaction(db, (tx) =>
		appendAudit(tx, chainId, { action: 'case.close', subject: { caseId: chainId }, at: NOON, personId: null, sessionId: null }),
	);
	expect(await auditEntriesOf(db.orm, chainId, 10)).toEqual([
		{
			position: 2,
			action: 'case.close',
			subject: { caseId: chainId },
			purpose: null,
			compartments: null,
			at: NOON,
			personId: null,
			sessionId: null,
		},
		{ position: 1, ...read },
	]);
	expect(await verifyChain(db.orm, chainId)).toBeUndefined();
});

test('entries written at once follow one another, none lost', async () => {
	const chainId = newId<CaseId>();
	await Promise.all(Array.from({ length: 25 }, () => transaction(db, (tx) => appendAudit(tx, chainId, aRead()))));
	expect((await auditEntriesOf(db.orm, chainId, 100)).map(({ position }) => position)).toEqual(
		Array.from({ length: 25 }, (_, index) => 25 - index),
	);
	expect(await verifyChain(db.orm, chainId)).toBeUndefined();
});

test('entries of several chains in one append follow one another, also beside others who append to the same', async () => {
	const chains = [newId<CaseId>(), newId<CaseId>()] as const;
	const three = () => [chains[1], chains[0], chains[1]].map((chainId) => [chainId, aRead()] as const);
	await Promise.all(Array.from({ length: 10 }, () => transaction(db, (tx) => appendAudits(tx, three()))));
	expect(await Promise.all(chains.map(async (chainId) => (await auditEntriesOf(db.orm, chainId, 100)).length))).toEqual([10, 20]);
	for (const chainId of chains) expect(await verifyChain(db.orm, chainId)).toBeUndefined();
	const [last] = await auditEntriesOf(db.orm, chains[1], 1);
	expect(last?.position).toBe(20);
});

test('an entry goes with the transaction it was written in', async () => {
	const chainId = await aChainOf(1);
	await expect(
		transaction(db, async (tx) => {
			await appendAudit(tx, chainId, aRead());
			throw new Error('the command failed');
		}),
	).rejects.toThrow('the command failed');
	expect(await auditEntriesOf(db.orm, chainId, 10)).toHaveLength(1);
	expect(await verifyChain(db.orm, chainId)).toBeUndefined();
});

test.each([
	'update audit_entry set action = action',
	'delete from audit_entry',
	'truncate audit_entry',
	'delete from audit_entry where false',
])('refuses: %s', async (statement) => {
	await expect(db.pool.query(statement)).rejects.toMatchObject({ code: '23001' });
});

describe('what was tampered with is found where it was done', () => {
	test.each([
		['another person', 'update audit_entry set person_id = gen_random_uuid() where chain_id = $1 and position = 2', 2],
		['another time', "update audit_entry set at = at + interval '1 second' where chain_id = $1 and position = 3", 3],
		['another subject', `update audit_entry set subject = '{"caseId":"x"}' where chain_id = $1 and position = 1`, 1],
		['a missing entry', 'delete from audit_entry where chain_id = $1 and position = 2', 2],
		['a cut-off end', 'delete from audit_entry where chain_id = $1 and position = 4', 4],
		['all entries gone', 'delete from audit_entry where chain_id = $1', 1],
	])('%s', async (_, statement, brokenAt) => {
		const chainId = await aChainOf(4);
		await tamper(statement, [chainId]);
		expect(await verifyChain(db.orm, chainId)).toEqual({ brokenAt });
	});
});
