/** The floor: what arrives at one socket goes to all others of its document. It reads nothing and keeps nothing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const rooms = new Map<string, Set<WebSocket>>();
const sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false });
const http = createServer((_request, response) => response.writeHead(404).end());
http.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (ws) => join(request.url ?? '/', ws));
});
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));

function join(name: string, ws: WebSocket): void {
	const room = rooms.get(name) ?? new Set();
	rooms.set(name, room.add(ws));
	ws.on('error', () => {}); // always followed by close
	ws.on('close', () => room.delete(ws));
	ws.on('message', (data) => {
		for (const other of room) if (other !== ws) other.send(data);
	});
}
