import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { formatDocName } from '../../../board/doc-name.ts';
import { encodeState } from '../../../board/encode-state.ts';
import { lineTextName } from '../../../board/schema.ts';
import type { PersonId, TrackId } from '../../../domain/ids.ts';
import { isoWeek } from '../../../domain/iso-week.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import {
	aLogWithOneDocument,
	anna,
	aServer,
	aTeamDocument,
	bo,
	goalOf,
	textOf,
	theDocumentId,
	until,
	type TestServer,
} from './a-server.ts';

const CROWD = 200;
const DOCUMENT_BYTES = 5_000_000;

let server: TestServer;
afterEach(() => server.stop());

/** Years of weekly lines. */
function aLargeDocument(): Uint8Array {
	const doc = new Y.Doc();
	const random = new SeededRandom(3);
	doc.transact(() => {
		for (let bytes = 0; bytes < DOCUMENT_BYTES; bytes += 500) {
			doc
				.getText(lineTextName(isoWeek(`2026-W${10 + random.below(40)}`), random.uuid() as TrackId))
				.insert(0, 'ord '.repeat(125));
		}
	});
	return encodeState(doc);
}

/** Says hello, comes back when told to try later, and counts instead of building a document. */
class Reader {
	readonly closeCodes: number[] = [];
	/** The one answer all are to have; keeping two hundred would be a gigabyte. */
	static answer: Buffer | undefined;
	isAnswered = false;
	isSameAnswer = false;
	updates = 0;
	#socket: WebSocket | undefined;
	readonly #url: string;
	readonly #personId: PersonId;

	constructor(url: string, personId: PersonId) {
		this.#url = url;
		this.#personId = personId;
		this.#connect();
	}

	#connect(): void {
		const socket = (this.#socket = new WebSocket(this.#url, {
			headers: { cookie: `person=${this.#personId}` },
			perMessageDeflate: false,
		}));
		socket.on('open', () => socket.send(Uint8Array.of(0, 0, 1, 0)));
		socket.on('message', (data: Buffer) => {
			if (data[0] === 0 && data[1] === 1) this.#answered(data);
			if (data[0] === 0 && data[1] === 2) this.updates++;
		});
		socket.on('close', (code) => {
			this.closeCodes.push(code);
			if (code === 1013) setTimeout(() => this.#connect(), 20 + Math.random() * 200);
		});
		socket.on('error', () => {});
	}

	#answered(data: Buffer): void {
		Reader.answer ??= data;
		this.isAnswered = true;
		this.isSameAnswer = data.equals(Reader.answer);
	}

	close(): void {
		this.#socket?.close();
	}
}

test(`${CROWD} people join a cold 5 MB document whose first load fails: one load serves all, nobody is shown an empty document`, async () => {
	const log = aLogWithOneDocument();
	const kept = log.kept(theDocumentId);
	const large = aLargeDocument();
	kept.rows.push({ seq: 1, bytes: large, personId: null });
	kept.clients.set([...Y.parseUpdateMeta(large).to.keys()][0]!, null);
	log.failLoads = 1;
	log.loadMs = 200;
	server = await aServer(log);
	const url = `${server.url}/sync/${formatDocName(aTeamDocument)}`;
	const readers = Array.from({ length: CROWD - 1 }, () => new Reader(url, bo));
	const person = server.client(anna);
	await until(() => readers.every(({ isAnswered }) => isAnswered) && person.isSaved(), 'all have the document', 150_000);
	expect(log.loads, 'the one that failed and the one that did not').toBe(2);
	expect(
		readers.every(({ isSameAnswer }) => isSameAnswer),
		'one and the same answer',
	).toBe(true);
	expect(readers.flatMap(({ closeCodes }) => closeCodes).every((code) => code === 1013)).toBe(true);
	expect(person.doc.share.size).toBeGreaterThan(DOCUMENT_BYTES / 1_000);
	goalOf(person.doc).insert(0, 'Alle er her');
	await until(() => readers.every(({ updates }) => updates > 0) && person.isSaved(), 'an edit reaches all');
	for (const reader of readers) reader.close();
	await sleep(50);
	expect(textOf(person.doc)).toBe('Alle er her');
}, 200_000);
