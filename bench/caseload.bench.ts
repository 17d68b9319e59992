/**
 * What opening the caseload of sixty citizens takes, page and API, fetch included: one reader, one after the other. The
 * demonstration has two teams of thirty, so its administrator makes the lead of one lead both. Milliseconds until the last byte,
 * and of the server's processor, which a busy machine blurs less. Aim: at most 100 ms for the page. Prints; asserts nothing.
 * `node bench/caseload.bench.ts [http://localhost:3000]` measures a product that runs, and changes its data; else it starts one.
 */
import { gzipSync } from 'node:zlib';
import type { CaseList } from '../server/api/case-board.ts';
import { DEMO_PASSWORD } from '../tests/support/server.ts';
import { atAServer } from './at-a-server.ts';

const CITIZENS = 60;
const WARM_UP = 10;
const ROUNDS = 40;

async function cookieOf(url: string, name: string): Promise<string> {
	const response = await fetch(`${url}/api/auth/sign-in/email`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: url },
		body: JSON.stringify({ email: `${name}@tavle.example`, password: DEMO_PASSWORD }),
	});
	if (!response.ok) throw new Error(`${name} could not sign in: ${response.status}`);
	return response.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

async function getJson<Value>(url: string, cookie: string): Promise<Value> {
	const response = await fetch(url, { headers: { cookie } });
	if (!response.ok) throw new Error(`${url}: ${response.status}`);
	return (await response.json()) as Value;
}

/** @returns the cookie of somebody who leads both teams */
async function aLeadOfAll(url: string): Promise<string> {
	const [lead, admin] = [await cookieOf(url, 'leder'), await cookieOf(url, 'admin')];
	const me = await getJson<{ id: string }>(`${url}/api/v1/me`, lead);
	for (const { id } of await getJson<readonly { id: string }[]>(`${url}/api/v1/teams`, admin)) {
		const response = await fetch(`${url}/api/v1/teams/${id}/members`, {
			method: 'POST',
			headers: { cookie: admin, origin: url, 'content-type': 'application/json' },
			body: JSON.stringify({ personId: me.id, isLead: true }),
		});
		// 409: in the team already
		if (!response.ok && response.status !== 409) throw new Error(`member: ${response.status} ${await response.text()}`);
	}
	const { cases } = await getJson<CaseList>(`${url}/api/v1/cases`, lead);
	if (cases.length !== CITIZENS) throw new Error(`${cases.length} citizens, not ${CITIZENS}`);
	return lead;
}

/** Of the server's process so far. */
async function processorMs(url: string): Promise<number> {
	const metrics = await (await fetch(`${url}/metrics`)).text();
	return Number(/^process_cpu_seconds_total (\S+)/m.exec(metrics)?.[1]) * 1_000;
}

async function measure(url: string, path: string, cookie: string): Promise<void> {
	const times: number[] = [];
	let before = 0;
	let body = '';
	for (let index = -WARM_UP; index < ROUNDS; index++) {
		if (index === 0) before = await processorMs(url);
		const startMs = performance.now();
		const response = await fetch(url + path, { headers: { cookie } });
		body = await response.text();
		if (index >= 0) times.push(performance.now() - startMs);
	}
	const cpuMs = ((await processorMs(url)) - before) / ROUNDS;
	times.sort((one, other) => one - other);
	const at = (share: number) => `${times[Math.floor((ROUNDS - 1) * share)]!.toFixed(0)} ms`;
	const size = `${(body.length / 1000).toFixed(0)} kB, ${(gzipSync(body).length / 1000).toFixed(0)} gzip`;
	console.log(`${path.padEnd(14)} median ${at(0.5)}, p95 ${at(0.95)}; processor ${cpuMs.toFixed(0)} ms; ${size}`);
}

async function measureAll(url: string): Promise<void> {
	const cookie = await aLeadOfAll(url);
	for (const path of ['/cases', '/api/v1/cases']) await measure(url, path, cookie);
}

await atAServer(measureAll);
