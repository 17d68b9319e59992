import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { formatDocName } from '../../../board/doc-name.ts';
import {
	ADMISSION_PATIENCE_MS,
	ADMISSIONS_AT_ONCE,
	BYTE_BURST,
	BYTES_PER_SECOND,
	FRAME_BURST,
	MAX_FRAME_BYTES,
	MAX_PAYLOAD_BYTES,
	MAX_PENDING_ADMISSIONS,
	UNREVIEWED_LIMIT_MS,
} from '../../../server/sync/limits.ts';
import { isTooOld } from '../../../server/sync/upgrade.ts';
import { aPresence } from './a-room.ts';
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

let server: TestServer;
afterEach(async () => {
	vi.useRealTimers();
	await (server as TestServer | undefined)?.stop();
});

const everybody = [{ caseId: null, personId: null }];

test('writing narrowed to reading ends the session with "start over"; a reader who may write again just writes', async () => {
	server = await aServer();
	server.admission.rights.set(bo, 'read');
	const [writer, reader] = [server.client(anna), server.client(bo)];
	await until(() => writer.isSaved() && reader.isSaved(), 'both here');
	server.admission.rights.set(anna, 'read');
	server.admission.rights.set(bo, 'write');
	await server.sync.reevaluate(everybody);
	await until(() => writer.closeCodes.length > 0, 'the writer ends');
	expect(writer.closeCodes).toEqual([4409]);
	goalOf(reader.doc).insert(0, 'allowed now');
	await until(() => reader.isSaved(), 'stored');
	expect(reader.closeCodes).toEqual([]);
});

test.each([
	[null, 1, false],
	[null, 2, false],
	['', 1, true],
	['1', 2, true],
	['2', 2, false],
	['3', 2, false],
	['new', 1, true],
])('a page that says it knows shape %s, of version %i, is too old: %s', (schema, version, tooOld) => {
	expect(isTooOld(schema, version)).toBe(tooOld);
});

test('a page of one person with the cookie of another is signed out', async () => {
	server = await aServer();
	const [annas, bos] = [server.client(bo, { params: { person: anna } }), server.client(bo, { params: { person: bo } })];
	await until(() => annas.closeCodes.length > 0 && bos.isSaved(), 'an answer to both');
	expect([annas.closeCodes, annas.wire, bos.closeCodes]).toEqual([[4401], [], []]);
});

test('a change of rights that is told while somebody is being let in is not missed', async () => {
	server = await aServer();
	const admit = server.admission.admit;
	server.admission.admit = async (...asked) => {
		const answer = await admit(...asked);
		server.admission.rights.set(anna, 'none');
		await server.sync.reevaluate(everybody);
		return answer;
	};
	const client = server.client(anna);
	await until(() => client.closeCodes.length > 0, 'the socket ends');
	expect(client.closeCodes[0]).toBe(4403);
});

test('of a crowd only so many are asked about at once, and all of them get in', async () => {
	server = await aServer();
	const admit = server.admission.admit;
	const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
	const asked = { now: 0, most: 0 };
	server.admission.admit = async (...about) => {
		asked.most = Math.max(asked.most, ++asked.now);
		await answered;
		asked.now--;
		return admit(...about);
	};
	const crowd = Array.from({ length: 5 * ADMISSIONS_AT_ONCE }, () => server.client(anna));
	await until(() => crowd.every(({ provider }) => provider.wsconnected), 'everybody is at the door');
	answer();
	await until(() => crowd.every((client) => client.isSaved()), 'everybody is in');
	expect(asked.most).toBe(ADMISSIONS_AT_ONCE);
});

test('who has stood at the door too long is told to try later, without the database being asked', async () => {
	server = await aServer();
	const admit = server.admission.admit;
	const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
	let asked = 0;
	server.admission.admit = async (...about) => {
		asked++;
		await answered;
		return admit(...about);
	};
	const crowd = Array.from({ length: ADMISSIONS_AT_ONCE + 1 }, () => server.client(anna));
	await until(() => asked === ADMISSIONS_AT_ONCE && crowd.every(({ provider }) => provider.wsconnected), 'one waits');
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ADMISSION_PATIENCE_MS + 1 });
	answer();
	await until(() => crowd.some((client) => client.closeCodes.length > 0), 'an answer to the last');
	expect(crowd.flatMap((client) => client.closeCodes)).toEqual([1013]);
	expect(asked).toBe(ADMISSIONS_AT_ONCE);
});

test('a crowd larger than the hall is told to try later', async () => {
	server = await aServer();
	const admit = server.admission.admit;
	const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
	server.admission.admit = async (...about) => {
		await answered;
		return admit(...about);
	};
	const codes: number[] = [];
	const crowd = Array.from({ length: MAX_PENDING_ADMISSIONS + 3 }, () => {
		const url = `${server.url}/sync/${formatDocName(aTeamDocument)}`;
		const socket = new WebSocket(url, { headers: { cookie: `person=${anna}` }, perMessageDeflate: false });
		return socket.on('error', () => {}).on('close', (code) => codes.push(code));
	});
	await until(() => codes.length === 3, 'an answer to those who are too many', 30_000);
	expect([codes, crowd.filter(({ readyState }) => readyState === WebSocket.CLOSED).length]).toEqual([[1013, 1013, 1013], 3]);
	for (const socket of crowd) socket.terminate();
	answer();
});

test('a session whose time is up is asked about, and ends when it is over', async () => {
	server = await aServer();
	server.admission.certainForMs = 300;
	const [stays, goes] = [server.client(anna), server.client(bo)];
	await until(() => stays.isSaved() && goes.isSaved(), 'both here');
	server.admission.rights.set(bo, 'signed-out');
	await until(() => goes.closeCodes.length > 0, 'the session ends');
	expect([goes.closeCodes, stays.closeCodes]).toEqual([[4401], []]);
});

test('when nobody can tell about rights for some seconds, sockets are closed rather than trusted', async () => {
	server = await aServer();
	const client = server.client(anna);
	await until(() => client.isSaved(), 'here');
	server.admission.failReviews = Infinity;
	void server.sync.reevaluate(everybody);
	await until(() => client.closeCodes.length > 0, 'closed', UNREVIEWED_LIMIT_MS + 2_000);
	expect(client.closeCodes[0]).toBe(1013);
});

test('a process out of touch with the database takes nothing, says so, and asks about rights before it goes on', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const [stays, goes] = [server.client(anna), server.client(bo)];
	await until(() => stays.isSaved() && goes.isSaved(), 'both here');
	server.sync.lostTouch();
	goalOf(stays.doc).insert(0, 'stays');
	goalOf(goes.doc).insert(0, 'goes');
	await until(() => stays.isDurable() === false, 'told');
	await sleep(100);
	expect([log.kept(theDocumentId).rows.length, stays.isSaved()]).toEqual([0, false]);
	server.admission.rights.set(bo, 'none');
	server.sync.backInTouch();
	await until(() => stays.isSaved() && stays.isDurable() === true, 'stored');
	expect([goes.closeCodes, log.kept(theDocumentId).rows.map((row) => row.personId)]).toEqual([[4403], [anna]]);
});

test('while nobody can tell about rights, a process back in touch still takes nothing', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const [stays, goes] = [server.client(anna), server.client(bo)];
	await until(() => stays.isSaved() && goes.isSaved(), 'both here');
	server.sync.lostTouch();
	goalOf(stays.doc).insert(0, 'stays');
	goalOf(goes.doc).insert(0, 'goes');
	await until(() => stays.isDurable() === false, 'told');
	server.admission.rights.set(bo, 'none');
	server.admission.failReviews = 2;
	server.sync.backInTouch();
	await until(() => stays.isSaved() && stays.isDurable() === true, 'stored');
	expect([goes.closeCodes[0], log.kept(theDocumentId).rows.map((row) => row.personId)]).toEqual([4403, [anna]]);
});

test('a storm of changes does not put off what an answer under way takes away', async () => {
	server = await aServer();
	const [stays, goes] = [server.client(anna), server.client(bo)];
	await until(() => stays.isSaved() && goes.isSaved(), 'both here');
	const { reviewAll } = server.admission;
	server.admission.reviewAll = async (asked) => {
		const verdicts = await reviewAll(asked);
		await sleep(100);
		return verdicts;
	};
	server.admission.rights.set(bo, 'none');
	const storm = setInterval(() => void server.sync.reevaluate(everybody), 20);
	await until(() => goes.closeCodes.length > 0, 'gone', 1_000).finally(() => clearInterval(storm));
	expect([goes.closeCodes[0], stays.closeCodes]).toEqual([4403, []]);
});

test('an answer that was overtaken by a newer one takes nothing away', async () => {
	server = await aServer();
	const client = server.client(anna);
	await until(() => client.isSaved(), 'here');
	const { reviewAll } = server.admission;
	const overtaken = Promise.withResolvers<void>();
	server.admission.reviewAll = async () => {
		await overtaken.promise;
		return ['none'];
	};
	const older = server.sync.reevaluate(everybody);
	server.admission.reviewAll = reviewAll;
	await server.sync.reevaluate(everybody);
	overtaken.resolve();
	await older;
	await sleep(50);
	expect(client.closeCodes).toEqual([]);
});

test('a frame beyond the limit is too large, a flood too fast, a text message a bad frame; others go on', async () => {
	server = await aServer();
	const [large, fast, chatty, other] = [server.client(anna), server.client(anna), server.client(anna), server.client(bo)];
	await until(() => [large, fast, chatty, other].every((client) => client.isSaved()), 'all here');
	large.provider.ws!.send(new Uint8Array(MAX_FRAME_BYTES + 1));
	for (let frame = 0; frame < FRAME_BURST + 200; frame++) fast.provider.ws!.send(Uint8Array.of(3));
	chatty.provider.ws!.send('hello');
	await until(() => [large, fast, chatty].every(({ closeCodes }) => closeCodes.length > 0), 'all three end');
	expect([large, fast, chatty].map(({ closeCodes }) => closeCodes[0])).toEqual([4413, 4429, 4400]);
	goalOf(other.doc).insert(0, 'untouched');
	await until(() => other.isSaved(), 'stored');
});

test('more bytes than a line may send at once are too fast; others go on', async () => {
	server = await aServer();
	const [heavy, other] = [server.client(anna), server.client(bo)];
	await until(() => heavy.isSaved() && other.isSaved(), 'both here');
	const frame = new Uint8Array(aPresence([[heavy.doc.clientID, 1, { field: 'x'.repeat(900_000) }]]));
	for (let bytes = 0; bytes < BYTE_BURST + 2 * BYTES_PER_SECOND; bytes += frame.length) heavy.provider.ws!.send(frame);
	await until(() => heavy.closeCodes.length > 0, 'the end');
	expect(heavy.closeCodes[0]).toBe(4429);
	goalOf(other.doc).insert(0, 'untouched');
	await until(() => other.isSaved(), 'stored');
});

test('nobody is given compression: it takes ten times the memory of a line', async () => {
	server = await aServer();
	const socket = new WebSocket(`${server.url}/sync/${formatDocName(aTeamDocument)}`, { perMessageDeflate: true });
	await once(socket, 'open');
	expect(socket.extensions).toBe('');
	socket.terminate();
});

test('what came before a line broke is stored', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const [one, broken] = [server.client(anna), server.client(bo)];
	await until(() => one.isSaved() && broken.isSaved(), 'both here');
	log.holdCommits();
	goalOf(one.doc).insert(0, 'first ');
	await until(() => log.appends === 1, 'the append has begun');
	goalOf(broken.doc).insert(0, 'last ');
	broken.provider.disconnect();
	await until(() => server.sync.stats().sockets === 1, 'the line is gone');
	log.letGo();
	await until(() => textOf(one.doc).includes('last '), 'it came');
	expect(log.kept(theDocumentId).rows.map(({ personId }) => personId)).toEqual([anna, bo]);
});

test('a frame beyond what is even read is too large as well', async () => {
	server = await aServer();
	const client = server.client(anna);
	await until(() => client.isSaved(), 'here');
	client.provider.ws!.send(new Uint8Array(MAX_PAYLOAD_BYTES + 1));
	await until(() => client.closeCodes.length > 0, 'the end');
	expect(client.closeCodes).toEqual([4413]);
});

test('an erased document answers 4404, to those inside and to those who come', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const inside = server.client(anna);
	await until(() => inside.isSaved(), 'here');
	log.erase(theDocumentId);
	goalOf(inside.doc).insert(0, 'too late');
	await until(() => inside.closeCodes.length > 0, 'told');
	const late = server.client(bo);
	await until(() => late.closeCodes.length > 0, 'told');
	expect([inside.closeCodes, late.closeCodes]).toEqual([[4404], [4404]]);
});

test('while it drains nobody is sent away before what they sent is stored and acknowledged', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const client = server.client(anna);
	await until(() => client.isSaved(), 'here');
	const before = client.acknowledged();
	log.holdCommits();
	goalOf(client.doc).insert(0, 'last');
	await until(() => log.appends === 1, 'the append has begun');
	let acknowledged = 0;
	client.provider.on('connection-close', () => (acknowledged ||= client.acknowledged()));
	const drained = server.sync.drain(2_000);
	await sleep(100);
	expect(client.closeCodes).toEqual([]);
	log.letGo();
	await drained;
	await until(() => client.closeCodes.length > 0, 'goodbye');
	expect([client.closeCodes[0], acknowledged]).toEqual([1012, before + 1]);
});

test('who stands at the door when the server begins to stop is told to come back', async () => {
	server = await aServer();
	const admit = server.admission.admit;
	const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
	let asked = 0;
	server.admission.admit = async (...about) => {
		asked++;
		await answered;
		return admit(...about);
	};
	const client = server.client(anna);
	await until(() => asked === 1, 'at the door');
	await server.sync.drain(100);
	answer();
	await until(() => client.closeCodes.length > 0, 'an answer');
	expect([client.closeCodes[0], client.wire, server.sync.stats().rooms]).toEqual([1012, [], 0]);
});

test('draining stores and acknowledges what came, then says goodbye with 1012', async () => {
	const log = aLogWithOneDocument();
	server = await aServer(log);
	const clients = [server.client(anna), server.client(bo)];
	await until(() => clients.every((client) => client.isSaved()), 'both here');
	for (const client of clients) goalOf(client.doc).insert(0, 'last');
	await sleep(20);
	await server.sync.drain(1_000);
	await until(() => clients.every(({ closeCodes }) => closeCodes.length > 0), 'goodbye');
	expect(clients.map(({ closeCodes }) => closeCodes[0])).toEqual([1012, 1012]);
	const kept = log.kept(theDocumentId);
	expect([kept.rows.length, kept.projection?.seq, kept.checkpoint?.seq]).toEqual([2, 2, 2]);
	expect(textOf(clients[0]!.doc)).toBe('lastlast');
});
