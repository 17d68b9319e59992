import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { RunningServer } from './server.ts';

/** What a server is started with so that {@link heldMegabytes} can ask it. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0' } as const;

/** What the process holds once its garbage is collected; what it only has not given back yet is not counted. */
export async function heldMegabytes(server: RunningServer): Promise<number> {
	const [address] = /ws:\/\/\S+/.exec(server.output()) ?? [];
	if (!address) throw new Error('the server was not started with INSPECTED');
	const socket = new WebSocket(address);
	await once(socket, 'open');
	try {
		for (const method of ['HeapProfiler.enable', 'HeapProfiler.collectGarbage', 'HeapProfiler.collectGarbage'])
			await ask(socket, method);
		const expression = 'process.memoryUsage().heapUsed + process.memoryUsage().external';
		const { result } = await ask<{ result: { value: number } }>(socket, 'Runtime.evaluate', { expression });
		return result.value / 1e6;
	} finally {
		socket.close();
	}
}

let asked = 0;

async function ask<Answer>(socket: WebSocket, method: string, params: object = {}): Promise<Answer> {
	const id = ++asked;
	socket.send(JSON.stringify({ id, method, params }));
	for (;;) {
		const [message] = (await once(socket, 'message')) as [Buffer];
		const answer = JSON.parse(message.toString()) as { id?: number; result: Answer };
		if (answer.id === id) return answer.result;
	}
}
