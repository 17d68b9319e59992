import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Client, Pool } from 'pg';
import * as Y from 'yjs';
import { newId } from '../../../board/new-id.ts';
import { projectTeam } from '../../../board/project.ts';
import { AppendFailed, wereStored } from '../../../db/append-updates.ts';
import { type Database, openDatabase, transaction } from '../../../db/client.ts';
import { findProjection, lockDocument } from '../../../db/repo/document.ts';
import { destroyDataKey } from '../../../db/repo/data-key.ts';
import type { CaseId, DocumentId, PersonId } from '../../../domain/ids.ts';
import { createBoardLog, type DocumentAppend, DocumentGone, type LoadedDocument } from '../../../server/log/board-log.ts';
import { createCaseKeys, KeyDestroyed } from '../../../server/log/case-keys.ts';
import { brokenCheckpoint, CheckpointDiffers, isCheckpointDue } from '../../../server/log/checkpoint.ts';
import { LogBroken } from '../../../server/log/read-log.ts';
import { replay } from '../../../server/log/replay.ts';
import { SealBroken } from '../../../server/log/seal.ts';
import { anOrganisation, aPlacement, aStaffedCase, NOON, someCaseKeys } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { anAppend, aWriter } from '../../support/logged-edits.ts';

const db = await aDatabase();
const keys = someCaseKeys();
const log = createBoardLog({ db, keys, now: () => NOON });
afterEach(() => vi.restoreAllMocks());

async function aTeamDocument(): Promise<{
	documentId: DocumentId;
	caseId: CaseId;
	author: PersonId;
	keyId: Parameters<typeof keys.open>[1];
}> {
	const made = await aStaffedCase(db.orm, keys);
	await transaction(db, (tx) => log.ensureDocuments(tx, made.case.id));
	const handle = await log.open({ caseId: made.case.id, compartment: { kind: 'team' }, epoch: 1 });
	return { documentId: handle!.documentId, caseId: made.case.id, author: made.teacher.id, keyId: made.case.dataKeyId };
}

const goalOf = async (documentId: DocumentId) =>
	replay(await log.load(documentId))
		.getText('goal/team')
		.toJSON();
const countRows = async (documentId: DocumentId) =>
	Number(
		(await db.pool.query<{ count: string }>('select count(*) from board_update where document_id = $1', [documentId])).rows[0]!
			.count,
	);

describe('documents', () => {
	test('a new one is seeded by the server, once, with a read model that covers it', async () => {
		const { documentId, caseId } = await aTeamDocument();
		await transaction(db, (tx) => log.ensureDocuments(tx, caseId));
		const loaded = await log.load(documentId);
		expect(loaded.seq).toBe(1);
		expect([...loaded.clients.values()]).toEqual([null]);
		expect(await findProjection(db.orm, documentId)).toMatchObject({ seq: 1 });
	});

	test('there is one for each placement of the case, and none that nobody made', async () => {
		const made = await aStaffedCase(db.orm, keys);
		const bakery = await anOrganisation(db.orm, { hostId: made.municipality.id });
		const placement = await aPlacement(db.orm, { caseId: made.case.id, companyId: bakery.id });
		const name = { caseId: made.case.id, compartment: { kind: 'placement', placementId: placement.id }, epoch: 1 } as const;
		expect(await log.open(name)).toBeUndefined();
		await transaction(db, (tx) => log.ensureDocuments(tx, made.case.id));
		expect(await log.open(name)).toMatchObject({ epoch: 1 });
	});

	test('a private one comes when its owner opens it, also when two tabs do so at once', async () => {
		const made = await aStaffedCase(db.orm, keys);
		const name = { caseId: made.case.id, compartment: { kind: 'private', personId: made.teacher.id }, epoch: 1 } as const;
		const [one, other] = await Promise.all([log.open(name), log.open(name)]);
		expect(one).toEqual(other);
		expect((await log.load(one!.documentId)).seq).toBe(1);
	});

	test('one that is not there cannot be loaded', async () => {
		await expect(log.load(newId<DocumentId>())).rejects.toBeInstanceOf(DocumentGone);
	});
});

describe('append', () => {
	test('gives sequences in the order of the batch and loads the same text back', async () => {
		const { documentId, author } = await aTeamDocument();
		const writer = aWriter(author);
		const append = anAppend(documentId, writer, ['et ', 'to ', 'tre'], { claims: true });
		expect(await log.append([append])).toEqual(new Map([[documentId, 4]]));
		const loaded = await log.load(documentId);
		expect(loaded.seq).toBe(4);
		expect(loaded.updates.slice(1).map((bytes) => Buffer.from(bytes))).toEqual(
			append.updates.map(({ bytes }) => Buffer.from(bytes)),
		);
		expect(loaded.clients.get(writer.doc.clientID)).toBe(author);
		expect(await goalOf(documentId)).toBe('et to tre');
		const { rows } = await db.pool.query(
			'select person_id, session_id, received_at from board_update where document_id = $1 and seq = 4',
			[documentId],
		);
		expect(rows).toEqual([{ person_id: author, session_id: 's1', received_at: NOON }]);
	});

	test('stores many documents at once, each with its own sequence', async () => {
		const documents = await Promise.all([aTeamDocument(), aTeamDocument(), aTeamDocument()]);
		const stored = await log.append(
			documents.map(({ documentId, author }, index) =>
				anAppend(
					documentId,
					aWriter(author),
					Array.from({ length: index + 1 }, () => 'ord '),
				),
			),
		);
		expect(documents.map(({ documentId }) => stored.get(documentId))).toEqual([2, 3, 4]);
	});

	test('two appenders on the same documents in opposite order lose nothing and leave no gap', async () => {
		const [a, b] = [await aTeamDocument(), await aTeamDocument()];
		const other = createBoardLog({ db, keys, now: () => NOON });
		const [mine, theirs] = [aWriter(a.author), aWriter(b.author)];
		const rounds = 40;
		const run = async (appender: typeof log, order: readonly DocumentId[], writer: typeof mine) => {
			for (let round = 0; round < rounds; round++) await appender.append(order.map((id) => anAppend(id, writer, ['x'])));
		};
		await Promise.all([run(log, [a.documentId, b.documentId], mine), run(other, [b.documentId, a.documentId], theirs)]);
		for (const { documentId } of [a, b]) expect((await log.load(documentId)).seq).toBe(1 + 2 * rounds);
	});

	test('locks documents in the order of their ids, not in the order they lie in', async () => {
		const documents = await Promise.all(Array.from({ length: 12 }, aTeamDocument));
		const [lowest, ...others] = documents.map(({ documentId }) => documentId).sort();
		let stored: Promise<ReadonlyMap<DocumentId, number>> | undefined;
		await transaction(db, async (tx) => {
			await lockDocument(tx, lowest!);
			stored = log.append(documents.map(({ documentId, author }) => anAppend(documentId, aWriter(author), ['x'])));
			await new Promise((resolve) => setTimeout(resolve, 200));
			for (const id of others) await lockDocument(tx, id);
		});
		expect((await stored)?.size).toBe(12);
	});

	test('a document that is gone is missing in the answer; the others are stored', async () => {
		const { documentId, author } = await aTeamDocument();
		const gone = newId<DocumentId>();
		const stored = await log.append([anAppend(gone, aWriter(author), ['x']), anAppend(documentId, aWriter(author), ['y'])]);
		expect([...stored.keys()]).toEqual([documentId]);
	});

	test('a client id that another already has stores nothing, and says so', async () => {
		const { documentId, author } = await aTeamDocument();
		const writer = aWriter(author);
		await log.append([anAppend(documentId, writer, ['mit'], { claims: true })]);
		const forged: DocumentAppend = {
			...anAppend(documentId, writer, ['dit']),
			newClients: [{ clientId: writer.doc.clientID, personId: newId<PersonId>() }],
		};
		await expect(log.append([forged])).rejects.toMatchObject({ fate: 'not-stored' });
		expect(await countRows(documentId)).toBe(2);
	});

	test('waits for a locked document and then goes on', async () => {
		const { documentId, author } = await aTeamDocument();
		let stored: Promise<ReadonlyMap<DocumentId, number>> | undefined;
		await transaction(db, async (tx) => {
			expect(await lockDocument(tx, documentId)).toBe(1);
			stored = log.append([anAppend(documentId, aWriter(author), ['x'])]);
			await expect(Promise.race([stored, new Promise((resolve) => setTimeout(resolve, 200, 'waiting'))])).resolves.toBe(
				'waiting',
			);
		});
		expect(await stored).toEqual(new Map([[documentId, 2]]));
	});
});

/** Until a statement of this database waits for somebody's lock. */
async function lockWaits(like: string): Promise<void> {
	const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`;
	await vi.waitFor(async () => expect((await db.pool.query(waiting, [like])).rowCount).toBeGreaterThan(0), { timeout: 10_000 });
}

test('a document is loaded when what is being committed to it has ended, and with it', async () => {
	const { documentId, author } = await aTeamDocument();
	let stored: Promise<ReadonlyMap<DocumentId, number>> | undefined;
	let loaded: Promise<LoadedDocument> | undefined;
	await transaction(db, async (tx) => {
		await lockDocument(tx, documentId);
		stored = log.append([anAppend(documentId, aWriter(author), ['under vejs'])]);
		await lockWaits('%insert into board_update%');
		loaded = log.load(documentId);
		await lockWaits('%for share%');
	});
	await stored;
	expect((await loaded)?.seq).toBe(2);
});

describe('the fate of a commit', () => {
	/** Breaks the appender's connection when `when` says so; the statement has been sent by then. */
	const breakingConnection = async (when: 'before' | 'after') => {
		const original = Pool.prototype.query;
		vi.spyOn(db.appendPool, 'query').mockImplementationOnce(async function (this: Pool, ...query: unknown[]) {
			if (when === 'after') await (original as (...args: unknown[]) => Promise<unknown>).apply(db.appendPool, query);
			throw new Error('Connection terminated unexpectedly');
		} as never);
	};

	test('stored before the connection broke: resolves as if nothing had happened, once', async () => {
		const { documentId, author } = await aTeamDocument();
		await breakingConnection('after');
		expect(await log.append([anAppend(documentId, aWriter(author), ['én gang'])])).toEqual(new Map([[documentId, 2]]));
		expect(await goalOf(documentId)).toBe('én gang');
	});

	test('not stored when it broke: says so, so that it can be sent again', async () => {
		const { documentId, author } = await aTeamDocument();
		await breakingConnection('before');
		await expect(log.append([anAppend(documentId, aWriter(author), ['x'])])).rejects.toMatchObject({ fate: 'not-stored' });
		expect(await countRows(documentId)).toBe(1);
	});

	test('still being stored when the connection broke: the question waits until it has ended', async () => {
		const { documentId, author } = await aTeamDocument();
		const original = Pool.prototype.query as (this: Pool, ...args: unknown[]) => Promise<unknown>;
		let stored: Promise<ReadonlyMap<DocumentId, number>> | undefined;
		await transaction(db, async (tx) => {
			await lockDocument(tx, documentId);
			vi.spyOn(db.appendPool, 'query').mockImplementationOnce(async function (...query: unknown[]) {
				void original.apply(db.appendPool, query);
				await lockWaits('%insert into board_update%');
				throw new Error('Connection terminated unexpectedly');
			} as never);
			stored = log.append([anAppend(documentId, aWriter(author), ['én gang'])]);
			await lockWaits('%for share%');
		});
		expect(await stored).toEqual(new Map([[documentId, 2]]));
		expect(await countRows(documentId)).toBe(2);
	});

	test('killed by the database again and again in the middle: what resolved is there once, what rejected is known', async () => {
		const { documentId, author } = await aTeamDocument();
		const writer = aWriter(author);
		const [killer, holder] = [new Client({ connectionString: db.url }), new Client({ connectionString: db.url })];
		await Promise.all([killer.connect(), holder.connect()]);
		/** What an idle connection did last stands there too: only one that is at it counts. */
		const appending =
			"from pg_stat_activity where query like '%insert into board_update%' and state = 'active' and pid <> pg_backend_pid()";
		const count = async (what: string) =>
			Number(
				(await killer.query<{ count: string }>(`select count(${what}) ${appending} and datname = current_database()`)).rows[0]!
					.count,
			);
		let expected = 1;
		for (let round = 0; round < 60; round++) {
			const isHeld = round % 6 === 0;
			if (isHeld) await holder.query(`begin; select from board_document where id = '${documentId}' for update`);
			const ended = log.append([anAppend(documentId, writer, ['x'])]).then(
				() => 'stored',
				(error: AppendFailed) => error.fate,
			);
			if (isHeld) await expect.poll(() => count('*')).toBe(1);
			else await new Promise((resolve) => setTimeout(resolve, round % 4));
			const killed = await count('nullif(pg_terminate_backend(pid, 5000), false)');
			if (isHeld) await holder.query('commit');
			const outcome = await ended;
			if (isHeld) expect([killed, outcome]).toEqual([1, 'not-stored']);
			expect(['stored', 'not-stored']).toContain(outcome);
			if (outcome === 'stored') expected++;
			expect(await countRows(documentId)).toBe(expected);
		}
		await Promise.all([killer.end(), holder.end()]);
		expect((await log.load(documentId)).seq).toBe(expected);
	});

	test('unknown while nobody answers, and asked again with the row ids it carries', async () => {
		const { documentId, author } = await aTeamDocument();
		const lonely: Database = openDatabase(db.url);
		const alone = createBoardLog({ db: lonely, keys, now: () => NOON });
		await alone.load(documentId);
		vi.spyOn(lonely.appendPool, 'query').mockImplementation((async () => {
			throw new Error('Connection terminated');
		}) as never);
		vi.spyOn(lonely.appendPool, 'connect').mockImplementation((async () => {
			throw new Error('refused');
		}) as never);
		const failure = (await alone
			.append([anAppend(documentId, aWriter(author), ['x'])])
			.catch((error: AppendFailed) => error)) as AppendFailed;
		expect(failure).toBeInstanceOf(AppendFailed);
		expect(failure.fate).toBe('unknown');
		expect(failure.rowIds).toHaveLength(1);
		vi.restoreAllMocks();
		expect(await wereStored(lonely, failure.rowIds, [documentId])).toBeUndefined();
		await lonely.close();
	});
});

describe('at rest', () => {
	test('no word stands in the rows', async () => {
		const { documentId, author } = await aTeamDocument();
		await log.append([anAppend(documentId, aWriter(author), ['Rødgrødhemmelighed'])]);
		const loaded = replay(await log.load(documentId));
		await log.checkpoint(documentId, Y.encodeStateAsUpdateV2(loaded), 2);
		await log.saveProjection(documentId, 2, projectTeam(loaded));
		for (const table of ['board_update', 'board_checkpoint', 'board_projection']) {
			const { rows } = await db.pool.query<{ sealed: Buffer }>(`select sealed from ${table} where document_id = $1`, [
				documentId,
			]);
			expect(rows.length).toBeGreaterThan(0);
			for (const row of rows) expect(row.sealed.includes(Buffer.from('hemmelighed'))).toBe(false);
		}
	});

	test('a row moved to another document does not open there', async () => {
		const [mine, theirs] = [await aTeamDocument(), await aTeamDocument()];
		await log.append([anAppend(mine.documentId, aWriter(mine.author), ['mit'])]);
		await db.pool.query(
			'insert into board_update select $2, seq, gen_random_uuid(), person_id, session_id, received_at, sealed from board_update where document_id = $1 and seq = 2',
			[mine.documentId, theirs.documentId],
		);
		await db.pool.query('update board_document set seq = 2 where id = $1', [theirs.documentId]);
		await expect(log.load(theirs.documentId)).rejects.toBeInstanceOf(SealBroken);
	});

	test('nor does one moved to another document of its own case, or under another row id', async () => {
		const { documentId, caseId, author } = await aTeamDocument();
		const other = (await log.open({ caseId, compartment: { kind: 'private', personId: author }, epoch: 1 }))!;
		await log.append([anAppend(documentId, aWriter(author), ['mit', 'dit'])]);
		const moved = (where: string, to: string) =>
			`with moved as (delete from board_update where ${where} returning *) insert into board_update select ${to}, person_id, session_id, received_at, sealed from moved`;
		await db.pool.query(moved('document_id = $1 and seq = 3', '$2::uuid, 2, row_id'), [documentId, other.documentId]);
		await db.pool.query('update board_document set seq = 2 where id = any($1)', [[documentId, other.documentId]]);
		expect((await log.load(documentId)).seq).toBe(2);
		await expect(log.load(other.documentId)).rejects.toBeInstanceOf(SealBroken);
		await db.pool.query(moved('document_id = $1 and seq = 2', 'document_id, seq, gen_random_uuid()'), [documentId]);
		await expect(log.load(documentId)).rejects.toBeInstanceOf(SealBroken);
	});

	test('a missing row is found, not skipped', async () => {
		const { documentId, author } = await aTeamDocument();
		await log.append([anAppend(documentId, aWriter(author), ['a', 'b', 'c'])]);
		await db.pool.query('delete from board_update where document_id = $1 and seq = 3', [documentId]);
		await expect(log.load(documentId)).rejects.toBeInstanceOf(LogBroken);
	});

	test('another master key opens nothing, a destroyed one never again', async () => {
		const { documentId, keyId } = await aTeamDocument();
		const stranger = createBoardLog({ db, keys: someCaseKeys(), now: () => NOON });
		await expect(stranger.load(documentId)).rejects.toBeInstanceOf(SealBroken);
		await destroyDataKey(db.orm, keyId, NOON);
		keys.forget(keyId);
		await expect(log.load(documentId)).rejects.toBeInstanceOf(KeyDestroyed);
		expect(await log.append([anAppend(documentId, aWriter(newId<PersonId>()), ['x'])])).toEqual(new Map());
	});
});

test('a list that is under way while a key is forgotten does not bring it back', async () => {
	const master = randomBytes(32);
	const [ring, elsewhere] = [createCaseKeys(master), createCaseKeys(master)];
	const [forgotten, other] = [await elsewhere.create(db.orm, NOON), await elsewhere.create(db.orm, NOON)];
	await ring.open(db.orm, forgotten);
	const listing = ring.openAll(db.orm, [forgotten, other]);
	ring.forget(forgotten);
	expect([...(await listing).keys()]).toEqual([other]);
	await expect(ring.open(db.orm, forgotten)).rejects.toBeInstanceOf(KeyDestroyed);
});

describe('checkpoints', () => {
	test('loading from one and the rows after it gives the same document', async () => {
		const { documentId, author } = await aTeamDocument();
		const writer = aWriter(author);
		await log.append([
			anAppend(
				documentId,
				writer,
				Array.from({ length: 30 }, (_, index) => `${index} `),
			),
		]);
		const erased = { bytes: writer.erase(3, 9), personId: author, sessionId: 's1', receivedAt: NOON };
		await log.append([{ documentId, epoch: 1, updates: [erased], newClients: [] }]);
		await log.checkpoint(documentId, Y.encodeStateAsUpdateV2(replay(await log.load(documentId))), 32);
		await log.append([anAppend(documentId, writer, ['efter'])]);
		const loaded = await log.load(documentId);
		expect(loaded.checkpoint).not.toBeNull();
		expect(loaded.updates).toHaveLength(1);
		expect(replay(loaded).getText('goal/team').toJSON()).toBe(writer.doc.getText('goal/team').toJSON());
	});

	test('a state that is not what the log tells is refused, also when only a deletion differs', async () => {
		const { documentId, author } = await aTeamDocument();
		await log.append([anAppend(documentId, aWriter(author), ['abc'])]);
		const more = replay(await log.load(documentId));
		more.getText('goal/team').insert(0, 'x');
		const less = replay(await log.load(documentId));
		less.getText('goal/team').delete(1, 1);
		for (const doc of [more, less]) {
			await expect(log.checkpoint(documentId, Y.encodeStateAsUpdateV2(doc), 2)).rejects.toBeInstanceOf(CheckpointDiffers);
		}
		expect((await log.load(documentId)).checkpoint).toBeNull();
	});

	test('one at an earlier sequence comes too late, and is no error', async () => {
		const { documentId, author } = await aTeamDocument();
		await log.append([anAppend(documentId, aWriter(author), ['a', 'b'])]);
		const state = Y.encodeStateAsUpdateV2(replay(await log.load(documentId)));
		await log.checkpoint(documentId, state, 3);
		await log.checkpoint(documentId, state, 3);
		await log.checkpoint(documentId, state, 2);
		const { rows } = await db.pool.query('select seq from board_checkpoint where document_id = $1', [documentId]);
		expect(rows).toEqual([{ seq: '3' }]);
	});

	test('each hash follows from the one before', async () => {
		const { documentId, author, keyId } = await aTeamDocument();
		const writer = aWriter(author);
		for (let seq = 2; seq <= 4; seq++) {
			await log.append([anAppend(documentId, writer, ['x'])]);
			await log.checkpoint(documentId, Y.encodeStateAsUpdateV2(replay(await log.load(documentId))), seq);
		}
		const key = await keys.open(db.orm, keyId);
		expect(await brokenCheckpoint(db.orm, key, documentId)).toBeUndefined();
		await db.pool.query('delete from board_checkpoint where document_id = $1 and seq = 3', [documentId]);
		expect(await brokenCheckpoint(db.orm, key, documentId)).toBe(4);
	});

	test('is due after 500 rows, or more than 256 kB and half the last one', () => {
		expect(isCheckpointDue({ rows: 499, bytes: 256_000 }, 0)).toBe(false);
		expect(isCheckpointDue({ rows: 500, bytes: 10 }, 0)).toBe(true);
		expect(isCheckpointDue({ rows: 1, bytes: 256_001 }, 0)).toBe(true);
		expect(isCheckpointDue({ rows: 1, bytes: 900_000 }, 2_000_000)).toBe(false);
	});
});

describe('read models', () => {
	test('a stored one is given as it is, with the sequence it covers', async () => {
		const { documentId, author } = await aTeamDocument();
		await log.append([anAppend(documentId, aWriter(author), ['Job'])]);
		const projection = projectTeam(replay(await log.load(documentId)));
		await log.saveProjection(documentId, 2, projection);
		expect(await log.readProjection(db.orm, documentId)).toEqual({ seq: 2, projection });
	});

	test('one behind the log is built anew, stored, and never put back by somebody slower', async () => {
		const { documentId, author } = await aTeamDocument();
		const before = await log.readProjection(db.orm, documentId);
		await log.append([anAppend(documentId, aWriter(author), ['Job'])]);
		expect(await log.readProjection(db.orm, documentId)).toMatchObject({ seq: 2, projection: { goal: { team: 'Job' } } });
		await log.saveProjection(documentId, 1, before!.projection);
		expect(await findProjection(db.orm, documentId)).toMatchObject({ seq: 2 });
	});

	test('those of many rooms are saved together; a row somebody holds, and one that fails, keep nobody else', async () => {
		const documents = await Promise.all(Array.from({ length: 4 }, aTeamDocument));
		await log.append(documents.map(({ documentId, author }) => anAppend(documentId, aWriter(author), ['Job'])));
		const rows = await Promise.all(
			documents.map(async ({ documentId }) => ({ documentId, projection: projectTeam(replay(await log.load(documentId))) })),
		);
		const [held, failing, ...free] = rows.map(({ documentId }) => documentId) as [DocumentId, DocumentId, DocumentId, DocumentId];
		await db.pool.query(`create function fail_here() returns trigger language plpgsql as $$ begin
			if new.document_id = '${failing}' then raise exception 'not this one'; end if; return new; end $$;
			create trigger fail_here before insert or update on board_projection for each row execute function fail_here()`);
		const holder = new Client({ connectionString: db.url });
		await holder.connect();
		await holder.query('begin');
		await holder.query('select 1 from board_projection where document_id = $1 for update', [held]);
		const saved = new Map(rows.map(({ documentId, projection }) => [documentId, log.saveProjection(documentId, 2, projection)]));
		const [, failure] = await Promise.allSettled([free[0], failing, free[1]].map((documentId) => saved.get(documentId)!));
		expect(failure!.status).toBe('rejected');
		const seqs = () => Promise.all([...saved.keys()].map(async (id) => (await findProjection(db.orm, id))!.seq));
		expect(await seqs()).toEqual([1, 1, 2, 2]);
		await holder.query('commit');
		await holder.end();
		await saved.get(held);
		expect(await seqs()).toEqual([2, 1, 2, 2]);
		await db.pool.query('drop function fail_here cascade');
	});

	test('a statement for all of them: sixty rooms that are due together cost a few', async () => {
		const documents = await Promise.all(Array.from({ length: 60 }, aTeamDocument));
		const projection = projectTeam(new Y.Doc());
		const asked = vi.spyOn(db.pool, 'query');
		await Promise.all(documents.map(({ documentId }) => log.saveProjection(documentId, 2, projection)));
		const upserts = asked.mock.calls.filter(([query]) => JSON.stringify(query).includes('board_projection'));
		expect(upserts.length).toBeLessThan(6);
		for (const { documentId } of documents) expect(await log.readProjection(db.orm, documentId)).toEqual({ seq: 2, projection });
	});

	test('of two rooms of one document, whose epoch has just ended, the later one is kept', async () => {
		const { documentId } = await aTeamDocument();
		const projection = projectTeam(new Y.Doc());
		await Promise.all([4, 3, 2].map((seq) => log.saveProjection(documentId, seq, projection)));
		expect(await findProjection(db.orm, documentId)).toMatchObject({ seq: 4 });
	});

	test('what a crash left behind is projected at start, past a document that is broken', async () => {
		const documents = await Promise.all(Array.from({ length: 60 }, aTeamDocument));
		await log.append(documents.map(({ documentId, author }) => anAppend(documentId, aWriter(author), ['x'])));
		const broken = documents[20]!.documentId;
		await db.pool.query('delete from board_update where document_id = $1 and seq = 1', [broken]);
		const ours = new Set(documents.map(({ documentId }) => documentId));
		const { failed } = await createBoardLog({ db, keys, now: () => NOON }).projectBehind();
		expect(failed.filter(({ documentId }) => ours.has(documentId))).toEqual([
			{ documentId: broken, error: expect.any(LogBroken) },
		]);
		for (const documentId of ours) expect((await findProjection(db.orm, documentId))?.seq).toBe(documentId === broken ? 1 : 2);
	});
});

test('keys are wrapped: the row holds no key, and the same master key opens it again', async () => {
	const master = Buffer.alloc(32, 7);
	const id = await createCaseKeys(master).create(db.orm, NOON);
	const key = await createCaseKeys(master).open(db.orm, id);
	const { rows } = await db.pool.query<{ wrapped: Buffer }>('select wrapped from data_key where id = $1', [id]);
	expect(key).toHaveLength(32);
	expect(rows[0]!.wrapped.includes(key)).toBe(false);
});
