import { beforeAll, expect, test } from 'vitest';
import { saveOfflineTextRule } from '../../../db/repo/organisation.ts';
import { KEY_PERIOD_MS } from '../../../domain/offline-text.ts';
import type { OfflineKeys } from '../../../server/api/case-board.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
beforeAll(async () => {
	full = await aFullCase(db);
});

const path = () => `/cases/${full.case.id}/offline-keys`;
async function keysOf(who: Who): Promise<OfflineKeys['keys']> {
	const response = await full.request(who, path());
	expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store']);
	return ((await response.json()) as OfflineKeys).keys;
}

test('are of this half day and the two before it, the same each time, and nobody else’s', async () => {
	const first = await keysOf('teacher');
	expect(first.map(({ key }) => Buffer.from(key, 'base64').length)).toEqual([32, 32, 32]);
	expect(await keysOf('teacher')).toEqual(first);
	const everyKey = [...first, ...(await keysOf('psychologist'))].map(({ key }) => key);
	expect(new Set(everyKey).size).toBe(6);
});

test('move on with the time: of the day before yesterday there is none', async () => {
	const before = await keysOf('teacher');
	const at = full.clock.ms;
	full.clock.ms = Math.ceil(at / KEY_PERIOD_MS) * KEY_PERIOD_MS; // the next half day, an hour on
	const after = await keysOf('teacher');
	full.clock.ms = at;
	expect(after.slice(1)).toEqual(before.slice(0, 2));
	expect(after.map(({ period }) => period)).not.toContain(before[2]!.period);
});

test('are not for who may not open the case, nor for who is signed out', async () => {
	for (const who of ['stranger', 'admin'] as const) expect((await full.request(who, path())).status).toBe(404);
	const cookie = await full.signIn('teacher');
	const ask = () => full.api.request(`http://tavle.test/api/v1${path()}`, { headers: { cookie } });
	expect((await ask()).status).toBe(200);
	const out = await full.api.request('http://tavle.test/api/auth/sign-out', { method: 'POST', headers: { cookie } });
	expect(out.headers.get('clear-site-data')).toBe('"storage"');
	expect((await ask()).status).toBe(401);
});

test('are nobody’s where the municipality forbids it, and not those of a partner’s people where the partner does', async () => {
	const [host, partner] = [full.host, full.companyA];
	await saveOfflineTextRule(db.orm, partner, 'forbidden');
	expect([(await keysOf('mentorA')).length, (await keysOf('teacher')).length]).toEqual([0, 3]);
	await saveOfflineTextRule(db.orm, partner, 'kept');
	await saveOfflineTextRule(db.orm, host, 'forbidden');
	expect([(await keysOf('mentorA')).length, (await keysOf('teacher')).length]).toEqual([0, 0]);
	await saveOfflineTextRule(db.orm, host, 'kept');
});
