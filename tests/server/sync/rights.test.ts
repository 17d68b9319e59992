import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { formatDocName } from '../../../board/doc-name.ts';
import { BOARD_SCHEMA_VERSION } from '../../../board/schema.ts';
import { transaction } from '../../../db/client.ts';
import { accessesOf, endCaseAccess } from '../../../db/repo/case-access.ts';
import { lockDocument } from '../../../db/repo/document.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import type { CaseId, PersonId } from '../../../domain/ids.ts';
import { createAdmission } from '../../../server/auth/admission.ts';
import type { SignedIn } from '../../../server/auth/authenticate.ts';
import { createRightsWatch } from '../../../server/auth/rights-watch.ts';
import { createBoardLog } from '../../../server/log/board-log.ts';
import { replay } from '../../../server/log/replay.ts';
import { aGrant, anOrganisation, aPlacement, aPerson, aStaffedCase, someCaseKeys } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aServer, goalOf, textOf, until } from './a-server.ts';

const ORIGIN = 'http://tavle.test';
const db = await aDatabase();
const now = () => new Date();
const keys = someCaseKeys();
const log = createBoardLog({ db, keys, now });

const board = await transaction(db, async (tx) => {
	const staffed = await aStaffedCase(tx, keys);
	const elsewhere = await aStaffedCase(tx, keys);
	const company = await anOrganisation(tx, { hostId: staffed.municipality.id });
	const mentor = await aPerson(tx, { organisationId: company.id, profession: 'company-mentor' });
	const placement = await aPlacement(tx, { caseId: staffed.case.id, companyId: company.id });
	const otherPlacement = await aPlacement(tx, { caseId: staffed.case.id, companyId: company.id });
	await aGrant(tx, { caseId: staffed.case.id, personId: mentor.id, placementId: placement.id, grantedBy: staffed.lead.id });
	const writer = await aPerson(tx, { organisationId: staffed.municipality.id, profession: 'case-worker' });
	for (const { id } of [staffed.case, elsewhere.case]) await log.ensureDocuments(tx, id);
	return { ...staffed, elsewhere, mentor, placement, otherPlacement, writer };
});

/** The session's name stands in the cookie; the row says whether it lives. */
async function signIn(personId: PersonId): Promise<void> {
	await db.pool.query(
		`insert into auth_user (id, name, email, email_verified, created_at, updated_at) values ($1, 'x', $1, true, now(), now())`,
		[personId],
	);
	await db.pool.query(
		`insert into auth_session (id, token, user_id, expires_at, created_at, updated_at) values ($1, $1, $2, now() + interval '1 hour', now(), now())`,
		[`session of ${personId}`, personId],
	);
}

const authenticate = async (headers: Headers): Promise<SignedIn | undefined> => {
	const personId = /person=([0-9a-f-]{36})/.exec(headers.get('cookie') ?? '')?.[1] as PersonId | undefined;
	const { rows } = await db.pool.query<{ profession: SignedIn['actor']['profession']; organisation_id: SignedIn['hostId'] }>(
		'select profession, organisation_id from person where id = $1',
		[personId],
	);
	const [row] = rows;
	if (!row || !personId) return undefined;
	return {
		sessionId: `session of ${personId}`,
		expiresAt: new Date(Date.now() + 3_600_000),
		name: 'x',
		email: 'x',
		organisationName: 'x',
		hostId: board.municipality.id,
		external: false,
		actor: {
			personId,
			profession: row.profession,
			organisationId: row.organisation_id,
			leads: personId === board.lead.id ? [board.team.id] : [],
		},
	};
};

for (const { id } of [board.lead, board.teacher, board.mentor, board.writer, board.elsewhere.lead]) await signIn(id);
const server = await aServer(log, createAdmission({ db, authenticate, now, trustedOrigins: [ORIGIN] }));
const watch = createRightsWatch({ db, now });
watch.listen(server.sync);
await watch.start();
afterAll(async () => {
	await watch.stop();
	await server.stop();
});

const teamName = formatDocName({ caseId: board.case.id, compartment: { kind: 'team' }, epoch: 1 });
const join = (personId: PersonId, name = teamName) => server.client(personId, { name, origin: ORIGIN });

async function codeFor(personId: PersonId, name: string): Promise<number> {
	const client = join(personId, name);
	await until(() => client.closeCodes.length > 0 || client.provider.synced, 'an answer');
	const code = client.closeCodes[0] ?? 0;
	expect(client.wire.length > 0, 'nothing is sent to who may not read').toBe(code === 0);
	client.destroy();
	return code;
}

test('no such document and not yours are one answer', async () => {
	const unknownCase = '01890000-0000-7000-8000-000000000000' as CaseId;
	const answers = await Promise.all([
		codeFor(board.lead.id, formatDocName({ caseId: unknownCase, compartment: { kind: 'team' }, epoch: 1 })),
		codeFor(board.lead.id, 'nonsense'),
		codeFor(board.lead.id, `${board.case.id}.clinical.e1`),
		codeFor(board.elsewhere.lead.id, teamName),
		codeFor(board.mentor.id, teamName),
		codeFor(
			board.mentor.id,
			formatDocName({
				caseId: board.case.id,
				compartment: { kind: 'placement', placementId: board.otherPlacement.id },
				epoch: 1,
			}),
		),
		codeFor(
			board.lead.id,
			formatDocName({ caseId: board.case.id, compartment: { kind: 'private', personId: board.teacher.id }, epoch: 1 }),
		),
		codeFor(board.teacher.id, formatDocName({ caseId: board.case.id, compartment: { kind: 'team' }, epoch: 2 })),
	]);
	expect(answers).toEqual(Array(8).fill(4404));
});

test("one's own documents open", async () => {
	const answers = await Promise.all([
		codeFor(board.lead.id, teamName),
		codeFor(
			board.teacher.id,
			formatDocName({ caseId: board.case.id, compartment: { kind: 'private', personId: board.teacher.id }, epoch: 1 }),
		),
		codeFor(
			board.mentor.id,
			formatDocName({ caseId: board.case.id, compartment: { kind: 'placement', placementId: board.placement.id }, epoch: 1 }),
		),
	]);
	expect(answers).toEqual([0, 0, 0]);
});

test('an old name answers 4410, nobody 4401, a page of others 4404', async () => {
	await db.pool.query(`update board_document set epoch = 2 where case_id = $1 and kind = 'team'`, [board.elsewhere.case.id]);
	const old = formatDocName({ caseId: board.elsewhere.case.id, compartment: { kind: 'team' }, epoch: 1 });
	expect(await codeFor(board.elsewhere.lead.id, old)).toBe(4410);
	expect(await codeFor('01890000-0000-7000-8000-000000000001' as PersonId, teamName)).toBe(4401);
	const elsewhere = server.client(board.lead.id, { name: teamName, origin: 'http://evil.example' });
	await until(() => elsewhere.closeCodes.length > 0, 'an answer');
	expect(elsewhere.closeCodes).toEqual([4404]);
});

test('a client of an older shape is told so', async () => {
	const old = server.client(board.lead.id, {
		name: teamName,
		origin: ORIGIN,
		params: { schema: String(BOARD_SCHEMA_VERSION - 1) },
	});
	await until(() => old.closeCodes.length > 0, 'an answer');
	expect(old.closeCodes).toEqual([4426]);
});

test('access that ends under fire ends within a second, nothing more is stored, and what was refused does not come back', async () => {
	const grant = await transaction(db, (tx) =>
		aGrant(tx, { caseId: board.case.id, personId: board.writer.id, grantedBy: board.lead.id }),
	);
	const [writer, witness] = [join(board.writer.id), join(board.lead.id)];
	await until(() => writer.isSaved() && witness.isSaved(), 'both here');
	let typing = true;
	const fire = (async () => {
		for (let word = 0; typing; word++) {
			goalOf(writer.doc).insert(0, `${word} `);
			await sleep(4);
		}
	})();
	await until(() => textOf(witness.doc).length > 40, 'words arrive');
	await transaction(db, async (tx) => {
		await endCaseAccess(tx, grant.id, board.lead.id, new Date());
		await insertRightsChange(tx, { caseId: board.case.id, personId: board.writer.id, at: new Date() });
	});
	await until(() => writer.closeCodes.length > 0, 'the socket ends');
	expect(writer.closeCodes[0]).toBe(4403);
	// What was being stored when the socket ended is stored before this.
	goalOf(witness.doc).insert(0, 'still here ');
	await until(() => witness.isSaved(), 'what was on its way is stored');
	const { documentId } = (await log.open({ caseId: board.case.id, compartment: { kind: 'team' }, epoch: 1 }))!;
	const stored = textOf(replay(await log.load(documentId)));
	await until(() => textOf(writer.doc).length > stored.length + 40, 'the writer goes on');
	typing = false;
	await fire;
	expect(textOf(replay(await log.load(documentId)))).toBe(stored);
	expect(await codeFor(board.writer.id, teamName)).toBe(4404);

	await transaction(db, (tx) => aGrant(tx, { caseId: board.case.id, personId: board.writer.id, grantedBy: board.lead.id }));
	const again = join(board.writer.id);
	await until(() => again.isSaved(), 'let in again');
	goalOf(again.doc).insert(0, 'back ');
	await until(() => again.isSaved() && textOf(witness.doc).startsWith('back '), 'writes again');
	expect(textOf(witness.doc)).toBe(`back ${stored}`);
});

test('who does not hear that they were sent away and goes on writing stores nothing, nor does what had waited', async () => {
	const { documentId } = (await log.open({ caseId: board.case.id, compartment: { kind: 'team' }, epoch: 1 }))!;
	const [goes, witness] = [join(board.writer.id), join(board.lead.id)];
	await until(() => goes.isSaved() && witness.isSaved(), 'both here');
	const grants = await accessesOf(db.orm, board.case.id);
	await transaction(db, async (tx) => {
		await lockDocument(tx, documentId);
		goalOf(witness.doc).insert(0, 'stored ');
		await sleep(50);
		goalOf(goes.doc).insert(0, 'waiting ');
		await sleep(50);
		(goes.provider.ws as unknown as WebSocket).pause();
		await transaction(db, async (other) => {
			for (const { id, personId } of grants)
				if (personId === board.writer.id) await endCaseAccess(other, id, board.lead.id, new Date());
			await insertRightsChange(other, { caseId: board.case.id, personId: board.writer.id, at: new Date() });
		});
		await until(() => !server.sync.connectedTo(documentId).includes(board.writer.id), 'sent away');
		goalOf(goes.doc).insert(0, 'later ');
		await sleep(50);
	});
	await until(() => witness.isSaved(), 'stored');
	goalOf(witness.doc).insert(0, 'and on ');
	await until(() => witness.isSaved(), 'stored');
	const stored = textOf(replay(await log.load(documentId)));
	expect(stored).toBe(textOf(witness.doc));
	expect(stored).toMatch(/^and on stored /);
	expect(stored).not.toMatch(/waiting|later/);
	goes.destroy();
});

test('a session that was signed out ends everywhere within a second', async () => {
	const writer = join(board.teacher.id);
	await until(() => writer.isSaved(), 'here');
	await transaction(db, async (tx) => {
		await db.pool.query('delete from auth_session where user_id = $1', [board.teacher.id]);
		await insertRightsChange(tx, { caseId: null, personId: board.teacher.id, at: new Date() });
	});
	await until(() => writer.closeCodes.length > 0, 'the socket ends', 1_000);
	expect(writer.closeCodes).toEqual([4401]);
});

test('opening a document leaves its row in the access log, refusals leave none', async () => {
	const { rows } = await db.pool.query<{ person_id: string }>(
		`select person_id from audit_entry where action = 'case.read' and purpose = 'board'`,
	);
	const readers = new Set(rows.map((row) => row.person_id));
	expect([board.lead, board.mentor, board.writer, board.elsewhere.lead].map(({ id }) => readers.has(id))).toEqual([
		true,
		true,
		true,
		false,
	]);
});

test('a document that came back has every struct its log tells of', async () => {
	const { documentId } = (await log.open({ caseId: board.case.id, compartment: { kind: 'team' }, epoch: 1 }))!;
	const client = join(board.lead.id);
	await until(() => client.isSaved(), 'synced');
	const told = replay(await log.load(documentId));
	expect(Buffer.from(Y.encodeStateVector(client.doc)).equals(Y.encodeStateVector(told))).toBe(true);
});
