/** What an operator sees of a running product: the metrics its dashboard and alarms stand on, and a log without anybody's data. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { goalTextName } from '../../../board/schema.ts';
import { replaceText } from '../../../board/edit/text.ts';
import { initialsOf } from '../../../domain/initials.ts';
import type { CaseList } from '../../../server/api/case-board.ts';
import { MUNICIPALITY } from '../../../server/demo/cast.ts';
import { anEditor } from '../../support/board.ts';
import { ask, urlOf } from '../../support/embedded-holder.ts';
import { aDemoDataDir, discard, type RunningServer, startServer } from '../../support/server.ts';
import { type ApiCaller, apiAs } from '../../support/signed-in.ts';
import { aStockClient } from '../../support/stock-client.ts';
import type { PersonId } from '../../../domain/ids.ts';

const GUIDE = join(import.meta.dirname, '../../../docs/guide');
/** What Prometheus itself says of whom it asks. */
const PROMETHEUS_OWN = ['up'];

/** Words that occur nowhere else, one for each way in. */
const CANARY = 'Kanariefuglesen';
const CPR = '0101901234';
const words = [CANARY, CANARY.toLowerCase(), CPR, '010190-1234'];

let dataDir: string;
let server: RunningServer;
let database: string;
let [admin, lead, teacher] = [] as unknown as [ApiCaller, ApiCaller, ApiCaller];
/** A case of the lead's that the teacher works in. */
let theCase: CaseList['cases'][number];

beforeAll(async () => {
	dataDir = aDemoDataDir(inject('demoData'));
	server = await startServer(dataDir, { LOG_LEVEL: 'debug' });
	database = urlOf(dataDir);
	[admin, lead, teacher] = [
		await apiAs(server.url, 'admin'),
		await apiAs(server.url, 'leder'),
		await apiAs(server.url, 'underviser'),
	];
	const [led, taught] = [await lead.get<CaseList>('/cases'), await teacher.get<CaseList>('/cases')];
	theCase = led.cases.find(({ id }) => taught.cases.some((each) => each.id === id))!;
});
afterAll(async () => {
	await server.stop();
	await discard(dataDir);
});

const metrics = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();
const valueOf = async (series: string): Promise<number> =>
	Number(
		(await metrics())
			.split('\n')
			.find((line) => line.startsWith(`${series} `))
			?.slice(series.length + 1) ?? 0,
	);
const post = (path: string, body: object, cookie = ''): Promise<Response> =>
	fetch(server.url + path, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: server.url, cookie },
		body: JSON.stringify(body),
	});

/** Names of metrics, by how an expression of Prometheus is built: what is left without functions, labels, windows and texts. */
function namedIn(expression: string): string[] {
	const bare = expression.replaceAll(/"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(?:by|without|on|ignoring) ?\([^)]*\)/g, ' ');
	return [...bare.matchAll(/\b[a-z_][a-z0-9_]*\b(?! *\()/g)]
		.map(([name]) => name)
		.filter((name) => !['or', 'and', 'unless'].includes(name));
}

test.each([
	['dashboard.json', /"expr": "((?:[^"\\]|\\.)*)"/g],
	['alerts.yml', /expr: (.*)/g],
])('%s stands on metrics that there are', async (file, expression) => {
	const exported = new Set<string>();
	for (const [, name, type] of (await metrics()).matchAll(/^# TYPE (\w+) (\w+)/gm)) {
		const endings = type === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
		for (const ending of endings) exported.add(name + ending);
	}
	const expressions = [...readFileSync(join(GUIDE, file), 'utf8').matchAll(expression)].map(([, text]) =>
		text!.replaceAll('\\"', '"'),
	);
	const named = expressions.flatMap(namedIn);
	expect(expressions.length).toBeGreaterThan(10);
	expect(named.filter((name) => !exported.has(name) && !PROMETHEUS_OWN.includes(name))).toEqual([]);
});

test('every metric of ours is on the dashboard', async () => {
	const exported = [...(await metrics()).matchAll(/^# TYPE (tavle_\w+)/gm)].map(([, name]) => name!);
	const dashboard = readFileSync(join(GUIDE, 'dashboard.json'), 'utf8');
	expect(exported.length).toBeGreaterThan(10);
	expect(exported.filter((name) => !new RegExp(`\\b${name}(_bucket|_sum|_count)?\\b`).test(dashboard))).toEqual([]);
});

test('every setting the process reads stands in the guide', () => {
	const source = readFileSync(join(import.meta.dirname, '../../../server/env.ts'), 'utf8');
	const settings = [...source.matchAll(/^\t([A-Z_]+): z/gm)].map(([, name]) => name!);
	const guide = readFileSync(join(GUIDE, 'operations.md'), 'utf8');
	expect(settings.length).toBeGreaterThan(5);
	expect(settings.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

test('sign-ins are counted by how they ended, and the log has no word of them', async () => {
	const before = await valueOf('tavle_sign_ins_total{outcome="wrong-credentials"}');
	const email = `${CANARY.toLowerCase()}@tavle.example`;
	expect((await post('/api/auth/sign-in/email', { email, password: CANARY })).status).toBe(401);
	expect((await post('/api/auth/sign-in/email', { email: CANARY, password: CPR })).status).toBe(400);
	expect(await valueOf('tavle_sign_ins_total{outcome="wrong-credentials"}')).toBe(before + 1);
	expect(await valueOf('tavle_sign_ins_total{outcome="signed-in"}')).toBeGreaterThanOrEqual(2);
	expectNobody();
});

test('refused input and addresses that lead nowhere leave no word in the log', async () => {
	for (const body of [
		{ name: '', cpr: CPR, birthDay: CANARY },
		{ name: CANARY, cpr: '010190-12345' },
	])
		expect((await post('/api/v1/citizens', body, admin.cookie)).status).toBe(400);
	expect((await post(`/api/v1/${CANARY}`, {}, admin.cookie)).status).toBe(404);
	for (const path of [`/${CANARY}`, `/cases/${CPR}`, `/cases?q=${CANARY}`, `/sign-in?to=/${CANARY}`])
		await fetch(server.url + path, { headers: { cookie: teacher.cookie } });
	expectNobody();
});

test('what fails inside is counted and logged with its code, and with nobody’s data', async () => {
	await ask(database, 'alter table person add constraint nobody check (false) not valid');
	await ask(database, 'alter table citizen add constraint no_citizen check (false) not valid');
	const organisationId = (await admin.get<{ organisation: { id: string } }>('/me')).organisation.id;
	const person = {
		organisationId,
		name: CANARY,
		email: `${CANARY}@tavle.example`,
		profession: 'teacher',
		password: CANARY + CPR,
	};
	expect((await post('/api/v1/people', person, admin.cookie)).status).toBe(500);
	expect((await post('/api/v1/citizens', { name: CANARY, cpr: CPR }, admin.cookie)).status).toBe(500);
	await ask(database, 'alter table person drop constraint nobody');
	await ask(database, 'alter table citizen drop constraint no_citizen');
	await ask(database, 'alter table auth_session rename to auth_session_away');
	const page = await fetch(`${server.url}/cases?q=${CANARY}`, { headers: { cookie: teacher.cookie } });
	await ask(database, 'alter table auth_session_away rename to auth_session');
	expect(page.status).toBe(503);
	expect(await valueOf('tavle_failures_total{kind="unexpected",code="23514"}')).toBe(2);
	expect(await valueOf('tavle_failures_total{kind="page failed",code="42P01"}')).toBeGreaterThanOrEqual(1);
	expect(await valueOf('tavle_http_ms_count{door="page",status="5xx"}')).toBe(1);
	expect(server.output()).toContain('"code":"23514"');
	expectNobody();
});

test('an edit that cannot be stored shows in the metrics while it waits, and its words nowhere', async () => {
	const { documents } = await teacher.get<{ documents: { compartment: string; name: string }[] }>(`/cases/${theCase.id}`);
	const { id } = await teacher.get<{ id: PersonId }>('/me');
	const client = aStockClient({
		serverUrl: server.url.replace('http', 'ws'),
		name: documents.find(({ compartment }) => compartment === 'team')!.name,
		cookie: teacher.cookie,
		origin: server.url,
	});
	await expect.poll(client.isSaved).toBe(true);
	for (const [series, value] of [
		['ready', 1],
		['waiting_ms', 0],
		['database_waiting', 0],
	] as const)
		expect([series, await valueOf(`tavle_${series}`)]).toEqual([series, value]);
	await ask(database, 'alter table board_update add constraint no_update check (false) not valid');
	replaceText(client.doc, goalTextName('team'), CANARY, anEditor(id, new Date().toISOString()).origin);
	await expect.poll(() => valueOf('tavle_waiting_ms')).toBeGreaterThan(500);
	expect(await valueOf('tavle_not_durable_rooms')).toBe(1);
	await ask(database, 'alter table board_update drop constraint no_update');
	await expect.poll(client.isSaved).toBe(true);
	expect([await valueOf('tavle_waiting_ms'), await valueOf('tavle_not_durable_rooms')]).toEqual([0, 0]);
	expect(await valueOf('tavle_failures_total{kind="survived",code="23514"}')).toBeGreaterThanOrEqual(1);
	client.destroy();
	expectNobody();
});

test('a case that is erased is in no file of the data folder and in no line of the log', async () => {
	await lead.send('POST', `/cases/${theCase.id}/close`, {});
	await admin.send('POST', `/cases/${theCase.id}/erase`, { initials: initialsOf(theCase.citizenName) });
	await ask(database, 'checkpoint');
	const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
	const read = files.map(({ parentPath, name }) => ({ name, bytes: readFileSync(join(parentPath, name)) }));
	expect(read.some(({ bytes }) => bytes.includes(MUNICIPALITY))).toBe(true); // the search does look
	const sought = [...words, theCase.citizenName];
	expect(read.flatMap(({ name, bytes }) => sought.filter((word) => bytes.includes(word)).map((word) => [word, name]))).toEqual(
		[],
	);
	expectNobody([theCase.citizenName]);
});

test('every line of the log is an object that says what kind of failure it was, and where', () => {
	const lines = server
		.output()
		.split('\n')
		.filter((line) => line.startsWith('{'));
	expect(lines.length).toBeGreaterThan(3);
	for (const line of lines)
		expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String), failure: { at: expect.any(Array) } });
});

/** Neither in what the server says nor in what its PostgreSQL writes beside the data. */
function expectNobody(others: readonly string[] = []): void {
	const said = server.output() + readFileSync(join(dataDir, 'postgres/postgres.log'), 'utf8');
	expect([...words, ...others].filter((word) => said.includes(word))).toEqual([]);
}
