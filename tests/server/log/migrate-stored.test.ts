import { describe, expect, test } from 'vitest';
import { addTask } from '../../../board/edit/task.ts';
import type { TeamProjection } from '../../../board/project.ts';
import { readSchemaVersion } from '../../../board/read.ts';
import { BOARD_SCHEMA_VERSION } from '../../../board/schema.ts';
import { transaction } from '../../../db/client.ts';
import { findDocumentById, findProjection, lockDocument } from '../../../db/repo/document.ts';
import type { DocumentId, PersonId } from '../../../domain/ids.ts';
import { createBoardLog } from '../../../server/log/board-log.ts';
import { LogBroken } from '../../../server/log/read-log.ts';
import { replay } from '../../../server/log/replay.ts';
import { aStaffedCase, NOON, someCaseKeys } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { anAppend, aWriter } from '../../support/logged-edits.ts';
import { edit } from '../../support/full-case.ts';
import { leaveAtVersion1 } from '../../support/older-shape.ts';

const db = await aDatabase();
const keys = someCaseKeys();
const log = createBoardLog({ db, keys, now: () => NOON });
const otherProcess = createBoardLog({ db, keys, now: () => NOON });

interface OldDocument {
	readonly documentId: DocumentId;
	readonly author: PersonId;
	/** The last sequence before anybody migrated. */
	readonly seq: number;
}

/** With one task in it. */
async function anOldDocument(): Promise<OldDocument> {
	const made = await aStaffedCase(db.orm, keys);
	await transaction(db, (tx) => log.ensureDocuments(tx, made.case.id));
	const name = { caseId: made.case.id, compartment: { kind: 'team' }, epoch: 1 } as const;
	await edit(log, { ...name, by: made.teacher.id }, (doc, by) => void addTask(doc, by, { text: 'Ring' }));
	const { documentId } = (await log.open(name))!;
	return { documentId, author: made.teacher.id, seq: await leaveAtVersion1(db, log, documentId) };
}

const seqOf = async (documentId: DocumentId) => (await findDocumentById(db.orm, documentId))!.seq;
const ROWS_OF_TODAY = {
	tasks: [{ text: 'Ring', dropped: null, droppedReason: '', decision: null }],
	decisions: [],
	agreed: {},
} satisfies { [Part in keyof TeamProjection]?: unknown };

describe('a document of an older shape', () => {
	test('is loaded as one of today, by one row of the server in its log; loading again adds none', async () => {
		const { documentId, seq } = await anOldDocument();
		const loaded = await log.load(documentId);
		expect([loaded.seq, readSchemaVersion(replay(loaded))]).toEqual([seq + 1, BOARD_SCHEMA_VERSION]);
		const { rows } = await db.pool.query(
			'select person_id, session_id, received_at from board_update where document_id = $1 and seq > $2',
			[documentId, seq],
		);
		expect(rows).toEqual([{ person_id: null, session_id: null, received_at: NOON }]);
		expect((await log.load(documentId)).seq).toBe(seq + 1);
		expect([...loaded.clients.values()].filter((owner) => owner === null)).toHaveLength(3);
	});

	test('is migrated once, whoever loads or reads it at the same time', async () => {
		const documents = await Promise.all(Array.from({ length: 8 }, anOldDocument));
		await Promise.all(
			documents.flatMap(({ documentId }) => [
				log.load(documentId),
				otherProcess.load(documentId),
				log.readProjection(db.orm, documentId),
				transaction(db, (tx) => otherProcess.readProjection(tx, documentId)),
			]),
		);
		for (const { documentId, seq } of documents) expect(await seqOf(documentId)).toBe(seq + 1);
	});

	test('waits for who is migrating it, and then finds it done', async () => {
		const { documentId, seq } = await anOldDocument();
		let waiting: Promise<{ seq: number }> | undefined;
		await transaction(db, async (tx) => {
			await lockDocument(tx, documentId);
			waiting = otherProcess.load(documentId);
			await log.readProjection(tx, documentId);
		});
		expect((await waiting)?.seq).toBe(seq + 1);
	});

	test('is as it was when whoever migrates it ends before the commit', async () => {
		const { documentId, seq } = await anOldDocument();
		const killed = transaction(db, async (tx) => {
			await log.readProjection(tx, documentId);
			await tx.execute('select pg_terminate_backend(pg_backend_pid())');
		});
		await expect(killed).rejects.toThrow();
		expect(await findDocumentById(db.orm, documentId)).toMatchObject({ seq, schemaVersion: 1 });
		expect((await log.load(documentId)).seq).toBe(seq + 1);
	});

	test('takes what people write after it, in the order of the log', async () => {
		const { documentId, author, seq } = await anOldDocument();
		await log.load(documentId);
		expect(await log.append([anAppend(documentId, aWriter(author), ['Job'], { claims: true })])).toEqual(
			new Map([[documentId, seq + 2]]),
		);
		expect(
			replay(await log.load(documentId))
				.getText('goal/team')
				.toJSON(),
		).toBe('Job');
	});

	test('whose log makes the shape of today already only has its row corrected', async () => {
		const { documentId, seq } = await anOldDocument();
		await log.load(documentId);
		await db.pool.query('update board_document set schema_version = 1 where id = $1', [documentId]);
		expect((await log.load(documentId)).seq).toBe(seq + 1);
		expect(await findDocumentById(db.orm, documentId)).toMatchObject({ schemaVersion: BOARD_SCHEMA_VERSION });
	});
});

describe('rows of a document of an older shape', () => {
	test('are those of today, though a stored read model covers its log', async () => {
		const read = await anOldDocument();
		expect(await log.readProjection(db.orm, read.documentId)).toMatchObject({ seq: read.seq + 1, projection: ROWS_OF_TODAY });
	});

	test('are made at start, past a document that is broken', async () => {
		const [whole, broken] = [await anOldDocument(), await anOldDocument()];
		await db.pool.query('delete from board_update where document_id = $1 and seq = 1', [broken.documentId]);
		const { failed } = await log.projectBehind();
		expect(failed).toEqual([{ documentId: broken.documentId, error: expect.any(LogBroken) }]);
		expect(await findProjection(db.orm, whole.documentId)).toMatchObject({ seq: whole.seq + 1 });
		expect(await findDocumentById(db.orm, whole.documentId)).toMatchObject({ schemaVersion: BOARD_SCHEMA_VERSION });
	});
});
