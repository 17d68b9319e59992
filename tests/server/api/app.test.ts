import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { insertAccount } from '../../../db/repo/sign-in.ts';
import da from '../../../messages/da/problem.json' with { type: 'json' };
import en from '../../../messages/en/problem.json' with { type: 'json' };
import { createApi } from '../../../server/api/app.ts';
import { STATUS } from '../../../server/api/problem.ts';
import { createAuth } from '../../../server/auth/auth.ts';
import { signInSecret } from '../../../server/auth/secret.ts';
import { NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aStaffedBoard, hashForTests } from '../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, keys, as, municipality } = board;
const PASSWORD = 'en lang adgangskode';
const passwords = {
	hash: hashForTests,
	verify: async ({ hash, password }: { hash: string; password: string }) =>
		(await hashForTests(password)) === hash && password === PASSWORD,
};
const reports: unknown[] = [];
const { log, announce } = as(people.admin);
const auth = createAuth({
	db,
	secret: signInSecret(new Uint8Array(32)),
	baseUrl: 'http://localhost:3000',
	trustedOrigins: [],
	secureCookies: false,
	now: () => NOON,
	passwords,
});
const api = createApi({
	db,
	keys,
	log,
	auth,
	now: () => NOON,
	announce,
	connectedTo: () => [],
	trustedOrigins: ['https://tavle.nordby.example'],
	reportUnexpected: (...report) => void reports.push(report),
});
for (const { id: personId, name, email } of [people.admin, people.teacher]) {
	await insertAccount(db.orm, { personId, name, email, passwordHash: await hashForTests(PASSWORD), at: NOON });
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
	api.request(path, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers },
	});

async function cookieOf(email: string): Promise<string> {
	const response = await post('/api/auth/sign-in/email', { email, password: PASSWORD });
	expect(response.status).toBe(200);
	return response.headers.get('set-cookie')!.split(';')[0]!;
}

async function expectProblem(response: Response, status: number, code: string) {
	expect(response.headers.get('content-type')).toBe('application/problem+json');
	const body = (await response.json()) as Record<string, unknown>;
	expect([response.status, body]).toEqual([status, expect.objectContaining({ type: 'about:blank', status, code })]);
	return body;
}

test('signs in, says who one is, and signs out', async () => {
	const cookie = await cookieOf(people.teacher.email);
	const me = await api.request('/api/v1/me', { headers: { cookie } });
	expect(await me.json()).toMatchObject({
		id: people.teacher.id,
		profession: 'teacher',
		organisation: { name: municipality.name },
		external: false,
		leads: [],
	});
	expect(me.headers.get('cache-control')).toBe('no-store');
	const out = await post('/api/auth/sign-out', {}, { cookie });
	expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
	await expectProblem(await api.request('/api/v1/me', { headers: { cookie } }), 401, 'not-signed-in');
	expect(board.announced).toContainEqual({ kind: 'rights' });
});

test('a page of one person with the cookie of another is refused everything', async () => {
	const cookie = await cookieOf(people.teacher.email);
	const me = (person: string) => api.request('/api/v1/me', { headers: { cookie, 'x-expected-person': person } });
	await expectProblem(await me(people.admin.id), 401, 'signed-in-as-another');
	expect((await me(people.teacher.id)).status).toBe(200);
});

test('answers refused sign-ins as problems, and the same person only where that is asked', async () => {
	const { email } = people.teacher;
	await expectProblem(
		await post('/api/auth/sign-in/email', { email, password: 'en anden adgangskode' }),
		401,
		'wrong-credentials',
	);
	await expectProblem(
		await post('/api/auth/sign-in/email', { email: 'nobody@tavle.example', password: PASSWORD }),
		401,
		'wrong-credentials',
	);
	const other = await post('/api/auth/sign-in/email', { email, password: PASSWORD, expectedPersonId: people.admin.id });
	expect(other.headers.get('set-cookie')).toBeNull();
	await expectProblem(other, 409, 'other-person');
	for (let guess = 0; guess < 5; guess++)
		await post('/api/auth/sign-in/email', { email: 'guessed@tavle.example', password: 'gæt' });
	const slowed = await post('/api/auth/sign-in/email', { email: 'guessed@tavle.example', password: 'gæt' });
	expect(slowed.headers.get('retry-after')).toBe('30');
	expect(await expectProblem(slowed, 429, 'too-many-attempts')).toMatchObject({ retryAfterSeconds: 30 });
});

test.each(['/api/auth/sign-up/email', '/api/auth/update-user', '/api/auth/change-email', '/api/auth/list-sessions'])(
	'%s is not there',
	async (path) => {
		await expectProblem(await post(path, { email: 'x@tavle.example', password: PASSWORD, name: 'X' }), 404, 'not-found');
	},
);

test('everything under /api/v1 needs a session, unknown paths too', async () => {
	for (const path of ['/api/v1/me', '/api/v1/cases', '/api/v1/people', '/api/v1/nothing'])
		await expectProblem(await api.request(path), 401, 'not-signed-in');
	await expectProblem(
		await api.request('/api/v1/nothing', { headers: { cookie: await cookieOf(people.teacher.email) } }),
		404,
		'not-found',
	);
});

test('another site cannot use the cookie', async () => {
	const cookie = await cookieOf(people.admin.email);
	await expectProblem(
		await post('/api/v1/teams', { name: 'Team Angreb' }, { cookie, origin: 'https://evil.example' }),
		403,
		'foreign-origin',
	);
	await expectProblem(
		await post('/api/v1/teams', { name: 'Team Angreb' }, { cookie, 'sec-fetch-site': 'cross-site' }),
		403,
		'foreign-origin',
	);
	expect((await post('/api/v1/teams', { name: 'Team Egen' }, { cookie, origin: 'https://tavle.nordby.example' })).status).toBe(
		201,
	);
});

test('names the fields it does not understand and never repeats what stood in them', async () => {
	const cookie = await cookieOf(people.admin.email);
	const response = await post('/api/v1/citizens', { name: '', cpr: '010190-12', birthDay: 'i går' }, { cookie });
	const text = await response.clone().text();
	expect((await expectProblem(response, 400, 'invalid-input')).fields).toEqual([
		{ path: 'name', code: 'too_small' },
		{ path: 'birthDay', code: 'custom' },
		{ path: 'cpr', code: 'custom' },
	]);
	expect(text).not.toContain('010190');
	await expectProblem(await post('/api/v1/citizens', '{"name":', { cookie }), 400, 'invalid-input');
	await expectProblem(await api.request('/api/v1/cases/not-an-id/access', { headers: { cookie } }), 400, 'invalid-input');
});

test('refuses a body that is too large', async () => {
	await expectProblem(
		await post('/api/auth/sign-in/email', { email: 'x@tavle.example', password: 'x'.repeat(200_000) }),
		413,
		'too-large',
	);
});

test('says nothing of what went wrong inside, and logs it without anybody’s data', async () => {
	const cookie = await cookieOf(people.admin.email);
	await db.pool.query('alter table person add constraint nobody check (false) not valid');
	const person = {
		organisationId: municipality.id,
		name: 'Hemmelig Person',
		email: 'hemmelig@tavle.example',
		profession: 'teacher',
		password: PASSWORD,
	};
	const response = await post('/api/v1/people', person, { cookie });
	await db.pool.query('alter table person drop constraint nobody');
	expect(await expectProblem(response, 500, 'unexpected')).toEqual({
		type: 'about:blank',
		title: 'unexpected',
		status: 500,
		code: 'unexpected',
	});
	expect(reports).toMatchObject([[{ cause: { code: '23514' } }, { method: 'POST', route: '/api/v1/people' }]]);
	expect(inspect(reports, { depth: 9 })).not.toMatch(/hemmelig/i);
});

test('an administrator sets up a case through the API and the teacher given access is in it', async () => {
	const cookie = await cookieOf(people.admin.email);
	const made = async <Answer>(path: string, body: unknown) => {
		const response = await post(path, body, { cookie });
		expect(response.status).toBe(201);
		return (await response.json()) as Answer;
	};
	const { citizenId } = await made<{ citizenId: string }>('/api/v1/citizens', { name: 'Carl Berg' });
	const { caseId } = await made<{ caseId: string }>('/api/v1/cases', {
		citizenId,
		teamId: board.team.id,
		templateKey: 'parallel',
	});
	const { accessId } = await made<{ accessId: string }>(`/api/v1/cases/${caseId}/access`, {
		personId: people.teacher.id,
		basis: 'consent',
		untilDay: '2027-01-31',
	});
	const page = await api.request(`/api/v1/cases/${caseId}/access`, { headers: { cookie } });
	expect(await page.json()).toMatchObject({
		citizen: { name: 'Carl Berg' },
		access: [{ id: accessId, person: { id: people.teacher.id } }],
	});
	const teacher = await cookieOf(people.teacher.email);
	expect(await (await api.request(`/api/v1/cases/${caseId}`, { headers: { cookie: teacher } })).json()).toMatchObject({
		citizenName: 'Carl Berg',
	});
	const ended = await api.request(`/api/v1/cases/${caseId}/access/${accessId}`, { method: 'DELETE', headers: { cookie } });
	expect(ended.status).toBe(204);
	await expectProblem(await api.request(`/api/v1/cases/${caseId}`, { headers: { cookie: teacher } }), 404, 'not-found');
	await expectProblem(await api.request(`/api/v1/cases/${caseId}`, { headers: { cookie } }), 404, 'not-found');
});

test('a template is read and published through the API, and a field that is wrong is named by its path', async () => {
	const cookie = await cookieOf(people.admin.email);
	const detail = (await (await api.request('/api/v1/templates/parallel', { headers: { cookie } })).json()) as {
		shown: number;
		content: { milestones: { id: string; label: { da: string; en: string } }[]; mechanisms: { milestone: string }[] };
	};
	const publish = (content: unknown) =>
		post('/api/v1/templates/parallel/versions', { baseVersion: detail.shown, validFrom: '2026-12-01', content }, { cookie });
	const { content } = detail;
	const [first, ...rest] = content.milestones;
	const emptied = { ...content, milestones: [{ ...first, label: { da: ' ', en: 'x'.repeat(121) } }, ...rest] };
	expect((await expectProblem(await publish(emptied), 400, 'invalid-input')).fields).toEqual([
		{ path: 'content.milestones.0.label.da', code: 'too_small' },
		{ path: 'content.milestones.0.label.en', code: 'too_big' },
	]);
	const [mechanism, ...mechanisms] = content.mechanisms;
	const lost = { ...content, mechanisms: [{ ...mechanism, milestone: 'gone' }, ...mechanisms] };
	expect((await expectProblem(await publish(lost), 400, 'invalid-input')).fields).toEqual([
		{ path: 'content.mechanisms.0.milestone', code: 'unknown-milestone' },
	]);
	const madeUp = { ...content, milestones: [...content.milestones, { ...first, id: 'made-up' }] };
	expect((await expectProblem(await publish(madeUp), 400, 'invalid-input')).fields).toEqual([
		{ path: 'content.milestones.11.id', code: 'unknown-id' },
	]);
	const added = { ...content, milestones: [...content.milestones, { id: '+1', label: { da: 'Ro', en: 'Calm' } }] };
	expect((await publish(added)).status).toBe(201);
	await expectProblem(await publish(added), 409, 'template-changed');
	const list = (await (await api.request('/api/v1/template-versions', { headers: { cookie } })).json()) as { key: string }[];
	expect(list.map(({ key }) => key)).toContain('parallel');
});

test('describes itself: every route has a problem for who is not signed in', async () => {
	const document = (await (await api.request('/api/openapi.json')).json()) as {
		openapi: string;
		paths: Record<string, Record<string, { responses: object }>>;
	};
	expect(document.openapi).toBe('3.1.0');
	const operations = Object.entries(document.paths)
		.filter(([path]) => path.startsWith('/api/v1/'))
		.flatMap(([, methods]) => Object.values(methods));
	expect(operations.length).toBeGreaterThan(20);
	for (const { responses } of operations) expect(Object.keys(responses)).toContain('401');
});

test('every code has a text in both languages, and no text is without a code', () => {
	expect(Object.keys(da).sort()).toEqual(Object.keys(STATUS).sort());
	expect(Object.keys(en).sort()).toEqual(Object.keys(STATUS).sort());
});
