import * as Y from 'yjs';
import { afterAll, expect, test } from 'vitest';
import { addDecision } from '../../../board/edit/decision.ts';
import { projectTeam } from '../../../board/project.ts';
import { readSchemaVersion } from '../../../board/read.ts';
import { BOARD_SCHEMA_VERSION } from '../../../board/schema.ts';
import { replay } from '../../../server/log/replay.ts';
import { anEditor, WEEK_47 } from '../../support/board.ts';
import { aDatabase } from '../../support/database.ts';
import { leaveAtVersion1 } from '../../support/older-shape.ts';
import { aServer, until } from './a-server.ts';
import { realDocuments } from './real-documents.ts';

const db = await aDatabase();
const { log, documents, people } = await realDocuments(db, { cases: 1, people: 2 });
const [{ documentId, name }] = documents as [(typeof documents)[number]];
const server = await aServer(log);
afterAll(() => server.stop());

test('who comes to a document of an older shape only ever sees the newest, and may write what is new in it', async () => {
	const seq = await leaveAtVersion1(db, log, documentId);
	const [mette, jonas] = people.map((personId) =>
		server.client(personId, { name, params: { schema: String(BOARD_SCHEMA_VERSION) } }),
	);
	const seen = new Set<number | undefined>();
	jonas!.doc.on('update', () => seen.add(readSchemaVersion(jonas!.doc)));
	await until(() => mette!.isSaved() && jonas!.isSaved(), 'both here');
	addDecision(mette!.doc, anEditor(people[0]!, new Date().toISOString()), { week: WEEK_47, text: 'Prøv bussen' });
	await until(() => projectTeam(jonas!.doc).decisions.length > 0, 'it arrives');
	expect([...seen]).toEqual([BOARD_SCHEMA_VERSION]);
	await until(() => mette!.isSaved(), 'stored');
	const loaded = await log.load(documentId);
	expect(loaded.seq).toBe(seq + 2);
	expect(Y.encodeStateAsUpdate(replay(loaded))).toEqual(Y.encodeStateAsUpdate(jonas!.doc));
	expect(server.failures).toEqual([]);
});
