/** `@y/websocket-server` as its own `server.js` starts it, on any free port. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

interface Peer {
	setupWSConnection(socket: WebSocket, request: IncomingMessage): void;
}

// Named where no tool looks: it is installed on demand, and nothing else may lean on it.
const UTILS: string = '@y/websocket-server/utils';

const { setupWSConnection } = (await import(UTILS)) as Peer;
const sockets = new WebSocketServer({ noServer: true });
sockets.on('connection', setupWSConnection);
const http = createServer((_request, response) => response.writeHead(404).end());
http.on('upgrade', (request, socket, head) => {
	sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request));
});
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
