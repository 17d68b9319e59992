/** Scenario 11, erasing (`handleEraseCase`): nothing readable is left, every name answers 4404, and what comes late is not stored. docs/guide/sync.md. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatDocName } from '../../../../board/doc-name.ts';
import type { DocumentCompartment } from '../../../../domain/compartments.ts';
import { auditEntriesOf, verifyChain } from '../../../../db/repo/audit.ts';
import { createAdmission } from '../../../../server/auth/admission.ts';
import { createRightsWatch } from '../../../../server/auth/rights-watch.ts';
import { KeyDestroyed } from '../../../../server/log/case-keys.ts';
import { someCaseKeys, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aFullCase, CITIZEN, edit, type FullCase, PLANTED, type Who } from '../../../support/full-case.ts';
import type { StockClient } from '../../../support/stock-client.ts';
import { aServer, goalOf, until, type TestServer } from '../../sync/a-server.ts';
import type { Admission } from '../../../../server/auth/admission.ts';

const ORIGIN = 'http://tavle.test';
const UNSENT = 'planted-unsent-words';
const db = await aDatabase();
const team = { kind: 'team' } as const;
let full: FullCase;
let server: TestServer<Pick<Admission, 'admit' | 'reviewAll'>>;
let watch: ReturnType<typeof createRightsWatch>;

beforeAll(async () => {
	full = await aFullCase(db);
	const { authenticate } = full.auth;
	server = await aServer(full.log, createAdmission({ db, authenticate, now: full.now, trustedOrigins: [ORIGIN] }));
	watch = createRightsWatch({ db, now: () => new Date() });
	watch.listen(server.sync);
	await watch.start();
	full.hearers.push((news) => {
		if (news.kind === 'erased') for (const id of news.documents) server.sync.refresh(id);
		if (news.kind === 'rights') watch.nudge();
	});
});
afterAll(async () => {
	await watch.stop();
	await server.stop();
});

const erase = (who: Who, initials = 'PA') => full.request(who, `/cases/${full.case.id}/erase`, { initials });
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
const nameOf = (compartment: DocumentCompartment, epoch = 1) => formatDocName({ caseId: full.case.id, compartment, epoch });
async function join(who: Who, name: string): Promise<StockClient> {
	const one = server.client(full.people[who].id, { name, origin: ORIGIN, cookie: await full.cookieOf(who) });
	await until(() => one.isSaved() || one.closeCodes.length > 0, 'an answer');
	return one;
}

/** Every row of every table, as a dump writes it. */
async function everything(): Promise<string> {
	const { rows: tables } = await db.pool.query<{ name: string }>(
		`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
		where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
	);
	const dumps = await Promise.all(
		tables.map(({ name }) => db.pool.query<{ line: string }>(`select t::text as line from ${name} t`)),
	);
	return dumps.flatMap(({ rows }) => rows.map(({ line }) => line)).join('\n');
}
const words = [...Object.entries(PLANTED).flatMap(([where, each]) => (where === 'otherCase' ? [] : each)), CITIZEN, UNSENT];
const found = (dump: string) => words.filter((word) => dump.includes(word) || dump.includes(Buffer.from(word).toString('hex')));

test('takes an administrator, a closed case that somebody else closed, and the citizen’s initials', async () => {
	const entries = await full.entries();
	expect(await codeOf(await erase('admin'))).toBe('case-not-closed');
	expect((await erase('lead')).status).toBe(403);
	for (const who of ['stranger', 'otherLead', 'mentorB'] as const)
		expect((await erase(who)).status).toBe(who === 'mentorB' ? 403 : 404);
	expect(await full.entries()).toBe(entries);
});

test('destroys the key and what it sealed; every name answers 4404, and the words that come late stay away', async () => {
	const [open, away] = [await join('teacher', nameOf(team)), await join('caseWorker', nameOf(team))];
	const drafts = nameOf({ kind: 'private', personId: full.people.psychologist.id });
	const ofDrafts = await join('psychologist', drafts);
	expect([open, away, ofDrafts].flatMap(({ closeCodes }) => closeCodes)).toEqual([]);
	expect((await full.request('teacher', '/unsent-texts', { caseId: full.case.id, text: UNSENT })).status).toBe(201);
	away.provider.disconnect();
	goalOf(away.doc).insert(0, `${UNSENT} `);
	expect((await full.request('lead', `/cases/${full.case.id}/close`, {})).status).toBe(200);
	expect(await codeOf(await erase('admin', 'XX'))).toBe('initials-differ');

	const answer = await erase('admin', 'pa');
	expect([answer.status, await answer.json()]).toEqual([
		200,
		{ erasedAt: NOON.toISOString(), goneForGoodOn: '2026-12-27', citizenToo: true },
	]);
	await until(() => [open, ofDrafts].every(({ closeCodes }) => closeCodes.length > 0), 'all sent away');
	for (const { closeCodes } of [open, ofDrafts]) expect([4403, 4404, 4409]).toContain(closeCodes[0]);

	away.closeCodes.length = 0;
	away.provider.connect();
	await until(() => away.closeCodes.length > 0, 'refused');
	const again = await Promise.all([
		...[1, 2, 9].map((epoch) => join('lead', nameOf(team, epoch))),
		join('psychologist', drafts),
		join('mentorA', nameOf({ kind: 'placement', placementId: full.placements.a.id })),
	]);
	expect([away, ...again].map(({ closeCodes }) => closeCodes)).toEqual(Array(6).fill([4404]));
	expect((await full.request('caseWorker', '/unsent-texts', { caseId: full.case.id, text: UNSENT })).status).toBe(404);
	expect((await full.request('teacher', `/cases/${full.case.id}/unsent-texts/place`)).status).toBe(404);
});

test('nothing of it is found in any table, in the log of failures, nor by anybody who asks', async () => {
	const dump = await everything();
	expect(dump).toContain('Planted Team'); // the team's name is no secret: the search does look
	expect(found(dump)).toEqual([]);
	expect(found(inspect(server.failures, { depth: 9 }))).toEqual([]);
	const { rows } = await db.pool.query<{ left: string }>(
		`select (select count(*) from board_update u join board_document d on d.id = u.document_id where d.case_id = $1)
			+ (select count(*) from board_projection p join board_document d on d.id = p.document_id where d.case_id = $1 and length(p.sealed) > 0)
			+ (select count(*) from board_checkpoint c join board_document d on d.id = c.document_id where d.case_id = $1)
			+ (select count(*) from observation where case_id = $1) + (select count(*) from unsent_text where case_id = $1) as left`,
		[full.case.id],
	);
	expect(rows).toEqual([{ left: '0' }]);
	for (const who of Object.keys(full.people) as Who[])
		for (const rest of ['', '/board', '/history', '/access', '/unsent-texts']) {
			const path = `/cases/${full.case.id}${rest}`;
			expect([who, path, (await full.request(who, path)).status]).toEqual([who, path, 404]);
		}
	expect(await (await full.request('lead', '/cases')).text()).not.toContain(full.case.id);
	expect(await (await full.request('admin', '/citizens')).text()).not.toContain(CITIZEN);
});

test('its key opens in no process, also not where it was in use', async () => {
	for (const keys of [full.keys, someCaseKeys()])
		await expect(keys.open(db.orm, full.case.dataKeyId)).rejects.toBeInstanceOf(KeyDestroyed);
});

test('an entry without a word of it stays at the end of a chain that verifies', async () => {
	const [last] = await auditEntriesOf(db.orm, full.case.id, 1);
	expect(last).toMatchObject({ action: 'case.erase', personId: full.people.admin.id, subject: { caseId: full.case.id } });
	expect(await verifyChain(db.orm, full.case.id)).toBeUndefined();
});

test('the other case stands', async () => {
	const on = { caseId: full.otherCase.id, compartment: team, by: full.people.otherLead.id };
	await edit(full.log, on, (doc) => expect(goalOf(doc).toString()).toBe(PLANTED.otherCase[0]));
});
