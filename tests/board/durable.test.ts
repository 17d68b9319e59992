import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { decodeDurability, encodeAck, encodeDurable, sentFrameOf } from '../../board/durable-ack.ts';
import type { SaveEvent, SaveState } from '../../board/durable-socket.ts';
import { NOTHING_KNOWN, durableWebSocket, isWithTheTeam, saveStateAfter, unackedOf } from '../../board/durable-socket.ts';
import { setGoalKind } from '../../board/edit/goal.ts';
import { replaceText } from '../../board/edit/text.ts';
import { FieldSaves } from '../../board/field-saves.ts';
import { changedFields, changedParts } from '../../board/live.ts';
import { addTrack } from '../../board/edit/track.ts';
import { addDecision } from '../../board/edit/decision.ts';
import { setDirection } from '../../board/edit/week.ts';
import { A_TRACK, METTE, WEEK_47, aDocument, anEditor } from '../support/board.ts';

const mette = anEditor(METTE);
vi.setConfig({ testTimeout: 60_000 });

/** The machine may be busy: what is waited for is that it happens. */
function eventually(assertion: () => void): Promise<void> {
	return vi.waitFor(assertion, { timeout: 20_000, interval: 10 });
}

const STEP_1 = Uint8Array.of(0, 0, 1, 0);

test('acknowledgements are two small frames, told from the stock protocol by their first byte', () => {
	expect(decodeDurability(encodeAck(300))).toEqual({ kind: 'acked', frames: 300 });
	expect(decodeDurability(encodeDurable(false))).toEqual({ kind: 'durable', durable: false });
	expect(decodeDurability(encodeDurable(true))).toEqual({ kind: 'durable', durable: true });
	for (const stock of [[0, 2, 1, 0], [1, 1, 0], [2, 0], [3], []])
		expect(decodeDurability(Uint8Array.from(stock))).toBeUndefined();
	expect(encodeAck(300)[0]).toBe(100);
	expect(encodeDurable(true)).toEqual(Uint8Array.of(101, 1));
});

test('only sync messages count', () => {
	expect([[0, 0, 1], [0, 1, 1], [0, 2, 1], [0, 9], [1, 0], [0]].map((bytes) => sentFrameOf(Uint8Array.from(bytes)))).toEqual([
		'step-1',
		'step-2',
		'update',
		undefined,
		undefined,
		undefined,
	]);
});

describe('the state of a document', () => {
	const after = (...events: SaveEvent[]): SaveState => events.reduce(saveStateAfter, NOTHING_KNOWN);
	const sent = (frame: 'step-1' | 'step-2' | 'update'): SaveEvent => ({ kind: 'sent', frame });
	const acked = (frames: number): SaveEvent => ({ kind: 'acked', frames, atMs: 5 });

	test('is with the team when the answer to step 1 and everything after it is stored', () => {
		const opened = [{ kind: 'opened' }, sent('step-1'), acked(1)] as const;
		expect(isWithTheTeam(after(...opened))).toBe(false);
		expect(isWithTheTeam(after(...opened, sent('step-2')))).toBe(false);
		expect(isWithTheTeam(after(...opened, sent('step-2'), acked(2)))).toBe(true);
		expect(unackedOf(after(...opened, sent('step-2'), sent('update'), acked(2)))).toBe(1);
	});

	test('is not after the connection ended, nor on a new one before its answer is stored', () => {
		const good = [{ kind: 'opened' }, sent('step-1'), sent('step-2'), acked(2)] as const;
		expect(isWithTheTeam(after(...good, { kind: 'closed' }))).toBe(false);
		expect(isWithTheTeam(after(...good, { kind: 'closed' }, { kind: 'opened' }))).toBe(false);
		expect(after(...good, { kind: 'opened' }).lastAckedAt).toBe(5);
	});

	test('a repeated, an old and a boastful acknowledgement change nothing for the worse', () => {
		const state = after({ kind: 'opened' }, sent('step-1'), sent('step-2'), acked(2), acked(1), acked(9));
		expect(state.acked).toBe(2);
		expect(after({ kind: 'opened' }, { kind: 'durable', durable: false }).durable).toBe(false);
	});
});

describe('a field', () => {
	const update: SaveEvent = { kind: 'sent', frame: 'update' };
	const step1: SaveEvent = { kind: 'sent', frame: 'step-1' };
	const step2: SaveEvent = { kind: 'sent', frame: 'step-2' };
	const acked = (frames: number): SaveEvent => ({ kind: 'acked', frames, atMs: 0 });
	let saves: FieldSaves;
	const feed = (...events: SaveEvent[]): void => {
		for (const event of events) saves.saw(event);
	};
	beforeEach(() => {
		saves = new FieldSaves();
	});

	test('is with the team when its own frame is stored, not before and not later', () => {
		feed({ kind: 'opened' }, step1, step2);
		saves.changed('a');
		feed(update);
		saves.changed('b');
		feed(update, acked(3));
		expect([saves.stateOf('a'), saves.stateOf('b'), saves.stateOf('c')]).toEqual([
			'with-the-team',
			'on-my-device',
			'with-the-team',
		]);
		saves.changed('a');
		feed(update, acked(4));
		expect(saves.onMyDevice).toEqual(['a']);
		feed(acked(5));
		expect(saves.onMyDevice).toEqual([]);
	});

	test('changed offline waits for the answer to the new socket, not for an update that overtakes it', () => {
		saves.changed('a');
		feed({ kind: 'opened' }, step1);
		saves.changed('b');
		feed(update, acked(2));
		expect(saves.onMyDevice).toEqual(['a']);
		feed(step2, acked(2));
		expect(saves.onMyDevice).toEqual(['a']);
		feed(acked(3));
		expect(saves.onMyDevice).toEqual([]);
	});

	test('that a lost socket had sent is on my device again, whatever the old count was', () => {
		feed({ kind: 'opened' }, step1, step2);
		saves.changed('a');
		feed(update, { kind: 'closed' }, acked(3), { kind: 'opened' }, step1, acked(3));
		expect(saves.stateOf('a')).toBe('on-my-device');
		feed(step2, acked(2));
		expect(saves.stateOf('a')).toBe('with-the-team');
	});
});

describe.each([
	['the socket of browsers', WebSocket],
	['the socket of Node', NodeWebSocket as unknown as typeof WebSocket],
])('over %s', (_, Base) => {
	let server: WebSocketServer;
	let received: Uint8Array[];
	let provider: WebsocketProvider | undefined;

	beforeEach(() => {
		server = new WebSocketServer({ port: 0 });
		received = [];
		server.on('connection', (socket) => {
			socket.on('message', (data: Buffer) => received.push(new Uint8Array(data)));
			socket.send(STEP_1);
		});
	});

	afterEach(() => {
		vi.restoreAllMocks();
		provider?.destroy();
		for (const socket of server.clients) socket.terminate();
		server.close();
	});

	function connect(doc: Y.Doc, listener?: (event: SaveEvent) => void): WebsocketProvider {
		const { port } = server.address() as AddressInfo;
		provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, 'x', doc, {
			WebSocketPolyfill: listener ? durableWebSocket(Base, listener, () => 7) : Base,
			disableBc: true,
		});
		return provider;
	}

	const sendAll = (bytes: Uint8Array): void => {
		for (const socket of server.clients) socket.send(bytes);
	};

	test('the stock provider saves field by field, and hears nothing of it', async () => {
		const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		const doc = aDocument(10);
		const saves = new FieldSaves();
		const events: SaveEvent[] = [];
		const stop = followLocalChanges(doc, saves);
		setGoalKind(doc, mette, 'job');
		const connected = connect(doc, (event) => {
			events.push(event);
			saves.saw(event);
		});
		await eventually(() => expect(received.map(sentFrameOf)).toEqual(expect.arrayContaining(['step-1', 'step-2'])));
		expect(saves.onMyDevice).toEqual(['goal/kind']);
		sendAll(encodeAck(2));
		await eventually(() => expect(saves.onMyDevice).toEqual([]));
		replaceText(doc, 'goal/team', 'bus', mette.origin);
		expect(saves.onMyDevice).toEqual(['goal/team']);
		const heard = connected.wsLastMessageReceived;
		await eventually(() => expect(Date.now()).toBeGreaterThan(heard));
		sendAll(encodeAck(3));
		await eventually(() => expect(saves.onMyDevice).toEqual([]));
		expect(connected.wsLastMessageReceived).toBeGreaterThan(heard);
		sendAll(encodeDurable(false));
		await eventually(() => expect(events.at(-1)).toEqual({ kind: 'durable', durable: false }));
		expect(events.filter(({ kind }) => kind === 'acked')).toEqual([
			{ kind: 'acked', frames: 2, atMs: 7 },
			{ kind: 'acked', frames: 3, atMs: 7 },
		]);
		expect(complaints).not.toHaveBeenCalled();
		connected.disconnect();
		await eventually(() => expect(events.at(-1)).toEqual({ kind: 'closed' }));
		stop();
		setGoalKind(doc, mette, 'education');
		expect(saves.onMyDevice).toEqual([]);
	});

	test('what a colleague types is not mine to save', async () => {
		const doc = aDocument(10);
		const saves = new FieldSaves();
		followLocalChanges(doc, saves);
		const far = aDocument(11);
		setGoalKind(far, mette, 'job');
		connect(doc, (event) => saves.saw(event));
		await eventually(() => expect(received.length).toBeGreaterThan(0));
		sendAll(Uint8Array.of(0, 2, ...withLength(Y.encodeStateAsUpdate(far))));
		await eventually(() => expect(doc.getMap('goal').size).toBe(1));
		expect(saves.onMyDevice).toEqual([]);
	});

	test('a stock client without the wrapper survives the frames', async () => {
		const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined);
		const doc = aDocument(10);
		const connected = connect(doc);
		await eventually(() => expect(connected.wsconnected).toBe(true));
		sendAll(encodeAck(2));
		sendAll(encodeDurable(false));
		await eventually(() => expect(complaints).toHaveBeenCalledTimes(2));
		replaceText(doc, 'goal/team', 'bus', mette.origin);
		await eventually(() => expect(received.map(sentFrameOf)).toContain('update'));
		expect(connected.wsconnected).toBe(true);
	});
});

/** As a page does: what is changed here is on this device until the server has it. */
function followLocalChanges(doc: Y.Doc, saves: FieldSaves): () => void {
	const follow = (tr: Y.Transaction): void => {
		if (tr.local) for (const field of changedFields('team', tr)) saves.changed(field);
	};
	doc.on('afterTransaction', follow);
	return () => doc.off('afterTransaction', follow);
}

function withLength(bytes: Uint8Array): Uint8Array {
	expect(bytes.length).toBeLessThan(128);
	expect(decoding.readVarUint(decoding.createDecoder(Uint8Array.of(bytes.length)))).toBe(bytes.length);
	return Uint8Array.of(bytes.length, ...bytes);
}

test('a page learns which part to project again', () => {
	const doc = aDocument(10);
	const parts: string[][] = [];
	doc.on('afterTransaction', (tr) => parts.push([...changedParts(tr)]));
	addTrack(doc, mette, { type: 'teaching' });
	setDirection(doc, mette, WEEK_47, A_TRACK, 'forward');
	replaceText(doc, `line/${WEEK_47}/${A_TRACK}`, 'x', mette.origin);
	replaceText(doc, `task/${A_TRACK}`, 'x', mette.origin);
	replaceText(doc, 'goal/team', 'x', mette.origin);
	replaceText(doc, `dropped/${A_TRACK}`, 'x', mette.origin);
	addDecision(doc, mette, { week: WEEK_47, text: 'x' });
	replaceText(doc, `agreed/${WEEK_47}/own-wish`, 'x', mette.origin);
	expect(parts.filter((each) => each.length > 0).flat()).toEqual([
		'tracks',
		'weeks',
		'weeks',
		'tasks',
		'goal',
		'tasks',
		'decisions',
		'agreed',
	]);
});
