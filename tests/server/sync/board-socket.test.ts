import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { BoardSocket } from '../../../server/sync/board-socket.ts';

let http: Server;
let client: WebSocket;
let socket: BoardSocket;
beforeEach(async () => {
	http = createServer();
	const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, WebSocket: BoardSocket });
	const connected = new Promise<BoardSocket>((resolve) => {
		http.on('upgrade', (request, stream, head) => {
			sockets.handleUpgrade(request, stream, head, (ws) => {
				ws.carriedBy(stream);
				resolve(ws);
			});
		});
	});
	await once(http.listen(0, '127.0.0.1'), 'listening');
	client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
	await once(client, 'open');
	socket = await connected;
});
afterEach(() => {
	client.terminate();
	http.close();
});

// Where a frame's length takes one, two and eight bytes: RFC 6455, section 5.2.
test.each([0, 1, 125, 126, 4_096, 4_097, 65_535, 65_536, 200_000])('a message of %i bytes arrives as it was', async (length) => {
	const message = Uint8Array.from({ length }, (_, index) => index % 251);
	const heard = once(client, 'message') as Promise<[Buffer, boolean]>;
	socket.send(message);
	const [data, isBinary] = await heard;
	expect(isBinary).toBe(true);
	expect(Buffer.compare(data, message)).toBe(0);
});

test('small and large messages, pings and the close arrive in the order they were sent', async () => {
	const heard: string[] = [];
	client.on('message', (data: Buffer) => heard.push(data.toString().slice(0, 5)));
	client.on('ping', () => heard.push('ping'));
	const message = Buffer.from('a');
	socket.send(message);
	socket.ping();
	socket.send(Buffer.from('large'.repeat(100_000)));
	socket.send(Buffer.from('b'));
	socket.send(message);
	socket.close(1013);
	socket.send(Buffer.from('too late'));
	const [code] = (await once(client, 'close')) as [number];
	expect([...heard, code]).toEqual(['a', 'ping', 'large', 'b', 'a', 1013]);
});

test('what a client does not take counts as buffered', async () => {
	client.pause();
	for (let sent = 0; sent < 100; sent++) socket.send(new Uint8Array(1024 * 1024));
	expect(socket.bufferedAmount).toBeGreaterThan(50 * 1024 * 1024);
});
