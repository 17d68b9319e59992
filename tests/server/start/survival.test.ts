import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { CaseList } from '../../../server/api/case-board.ts';
import { MEETINGS_BACK } from '../../../server/demo/story.ts';
import {
	aDemoDataDir,
	databaseProcesses,
	DEMO_PASSWORD,
	discard,
	postmasters,
	type RunningServer,
	startServer,
} from '../../support/server.ts';

let dataDir: string;
let server: RunningServer;

beforeEach(() => {
	dataDir = aDemoDataDir(inject('demoData'));
});
afterEach(async () => {
	await (server as RunningServer | undefined)?.stop();
	await discard(dataDir);
});

const statusOf = async (path: string): Promise<number> => (await fetch(server.url + path, { redirect: 'manual' })).status;

test('after kill -9 the next start adopts the PostgreSQL that lived on', async () => {
	server = await startServer(dataDir);
	await server.signal('SIGKILL');
	const left = postmasters(dataDir);
	expect(left).toHaveLength(1);
	server = await startServer(dataDir);
	expect(postmasters(dataDir)).toEqual(left);
	expect(await statusOf('/readyz')).toBe(200);
});

test('after kill -9 of server and PostgreSQL together the next start recovers', async () => {
	server = await startServer(dataDir);
	for (const pid of postmasters(dataDir)) process.kill(pid, 'SIGKILL');
	await server.signal('SIGKILL');
	server = await startServer(dataDir);
	expect(await statusOf('/readyz')).toBe(200);
});

test('a stop in good order leaves no PostgreSQL behind', async () => {
	server = await startServer(dataDir);
	await server.stop();
	expect(postmasters(dataDir)).toEqual([]);
	expect(server.output()).toMatch(/Stopped\.\n$/);
});

test('a database that stalls shows as not ready and a calm page, and comes back by itself', async () => {
	server = await startServer(dataDir);
	const cookie = await signIn();
	const processes = databaseProcesses(dataDir);
	for (const pid of processes) process.kill(pid, 'SIGSTOP');
	try {
		expect(await statusOf('/healthz')).toBe(200);
		expect(await statusOf('/readyz')).toBe(503);
		const page = await fetch(`${server.url}/cases`, { headers: { cookie }, redirect: 'manual' });
		expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('Tavlen kan ikke vises lige nu')]);
	} finally {
		for (const pid of processes) process.kill(pid, 'SIGCONT');
	}
	for (let tries = 0; (await statusOf('/readyz')) !== 200; tries += 1) {
		expect(tries).toBeLessThan(100);
		await delay(100);
	}
});

test('a demonstration that was interrupted is written again, whole', async () => {
	server = await startServer(dataDir); // see tests/support/demo-data.ts
	const cookie = await signIn();
	const read = async (path: string) => (await fetch(server.url + path, { headers: { cookie } })).json();
	const { cases } = (await read('/api/v1/cases')) as CaseList;
	expect(new Set(cases.map(({ citizenName }) => citizenName)).size).toBe(30);
	const { meetings } = (await read('/api/v1/meetings/past')) as { meetings: unknown[] };
	expect(meetings).toHaveLength(MEETINGS_BACK);
});

async function signIn(): Promise<string> {
	const answer = await fetch(`${server.url}/api/auth/sign-in/email`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: server.url },
		body: JSON.stringify({ email: 'leder@tavle.example', password: DEMO_PASSWORD }),
	});
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}
