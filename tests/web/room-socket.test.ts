import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { Server, type Socket } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ClientToServer, ServerToClient } from '../../board/room-events.ts';
import type { CaseId } from '../../domain/ids.ts';
import { RoomSocket } from '../../web/lib/board/room-socket.ts';

type Room = Server<ClientToServer, ServerToClient>;

const caseId = '019a0000-0000-7000-8000-000000000001' as CaseId;
let http: ReturnType<typeof createServer>;
let room: Room;
let page: RoomSocket;

beforeEach(async () => {
	http = createServer().listen(0, '127.0.0.1');
	await once(http, 'listening');
	room = new Server(http, { pingInterval: 20, pingTimeout: 5_000 });
	page = new RoomSocket(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, { person: 'anna' });
});

afterEach(async () => {
	page.disconnect();
	await room.close();
});

/** Resolves with the server's end of the connection. */
async function connected(): Promise<Socket<ClientToServer, ServerToClient>> {
	const welcomed = once(room, 'connection');
	const told = new Promise<void>((resolve) => page.on('connect', resolve));
	page.connect();
	await told;
	const [socket] = (await welcomed) as [Socket<ClientToServer, ServerToClient>];
	return socket;
}

test('says who the page belongs to', async () => {
	const socket = await connected();
	expect(socket.handshake.auth).toEqual({ person: 'anna' });
	expect(page.connected).toBe(true);
});

test('hears an announcement with its payload', async () => {
	const heard = new Promise((resolve) => page.on('caseChanged', resolve));
	const socket = await connected();
	const change = { caseId, what: 'observations', id: null } as const;
	socket.emit('caseChanged', change);
	expect(await heard).toEqual(change);
});

test('gives each answer to who asked', async () => {
	const socket = await connected();
	socket.on('openCase', (asked, answer) => answer(asked.caseId === caseId ? 'open' : 'not-found'));
	socket.on('stillThere', (answer) => answer(1_000));
	const alive = new Promise((resolve) => page.emit('stillThere', resolve));
	const opened = new Promise((resolve) => page.emit('openCase', { caseId }, resolve));
	const hidden = new Promise((resolve) => page.emit('openCase', { caseId: `${caseId.slice(0, -1)}2` as CaseId }, resolve));
	expect(await alive).toBe(1_000);
	expect([await opened, await hidden]).toEqual(['open', 'not-found']);
});

test('stays through many of the server’s pings', async () => {
	const socket = await connected();
	let pongs = 0;
	socket.conn.on('packet', ({ type }) => (pongs += type === 'pong' ? 1 : 0));
	await vi.waitFor(() => expect(pongs).toBeGreaterThan(5), { timeout: 5_000 });
	expect(page.connected).toBe(true);
});

test('tells why it was refused, and does not try again by itself', async () => {
	let tries = 0;
	room.use((_socket, next) => {
		tries += 1;
		next(new Error('signed-out'));
	});
	const refused = new Promise((resolve) => page.on('connect_error', resolve));
	page.connect();
	expect(await refused).toEqual({ message: 'signed-out' });
	expect(page.connected).toBe(false);
	expect(tries).toBe(1);
});

test('comes back by itself when the line breaks, and says both', async () => {
	const gone = new Promise<void>((resolve) => page.on('disconnect', resolve));
	const socket = await connected();
	const back = new Promise<void>((resolve) => page.on('connect', resolve));
	socket.conn.close();
	await gone;
	expect(page.connected).toBe(false);
	await back;
	expect(page.connected).toBe(true);
});

test('an answer that was under way when the line broke is not given by another connection', async () => {
	const socket = await connected();
	const answered = vi.fn();
	page.emit('stillThere', answered);
	page.disconnect();
	await once(socket, 'disconnect');
	const again = await connected();
	again.on('stillThere', (answer) => answer(1_000));
	await new Promise((resolve) => page.emit('stillThere', resolve));
	expect(answered).not.toHaveBeenCalled();
});

test('tries again within 5 s however often it failed, so that coming back is no leaving', () => {
	vi.useFakeTimers();
	const opened: { onclose?: () => void }[] = [];
	vi.stubGlobal(
		'WebSocket',
		class {
			onclose?: () => void;
			constructor() {
				opened.push(this);
			}
		},
	);
	vi.spyOn(Math, 'random').mockReturnValue(0.999);
	const far = new RoomSocket('http://127.0.0.1:1', {});
	far.connect();
	for (let failures = 1; failures <= 8; failures++) {
		opened.at(-1)?.onclose?.();
		vi.advanceTimersByTime(4_999);
		expect(opened).toHaveLength(failures + 1);
	}
	vi.unstubAllGlobals();
	vi.restoreAllMocks();
	vi.useRealTimers();
});
