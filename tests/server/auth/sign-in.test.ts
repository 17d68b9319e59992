import { createHash } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { transaction } from '../../../db/client.ts';
import { auditEntriesOf, countAuditEntries, verifyChain } from '../../../db/repo/audit.ts';
import { insertPerson } from '../../../db/repo/person.ts';
import { rightsChangesAfter } from '../../../db/repo/rights-change.ts';
import { deleteSession, insertAccount } from '../../../db/repo/sign-in.ts';
import { insertTeam, insertTeamMember } from '../../../db/repo/team.ts';
import { newId } from '../../../board/new-id.ts';
import type { PersonId, TeamId } from '../../../domain/ids.ts';
import { createAuth } from '../../../server/auth/auth.ts';
import { type Passwords, scryptPasswords } from '../../../server/auth/password.ts';
import { signInSecret } from '../../../server/auth/secret.ts';
import { anOrganisation } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';

const db = await aDatabase();
const PASSWORD = 'en lang adgangskode';
const municipality = await anOrganisation(db.orm);
const company = await anOrganisation(db.orm, { hostId: municipality.id });

/** Stands for scrypt, which takes a tenth of a second on purpose; counted. */
const counted = { hashes: 0, verifications: 0 };
const digest = (password: string) => createHash('sha256').update(password).digest('hex');
const passwords: Passwords = {
	hash: (password) => {
		counted.hashes += 1;
		return Promise.resolve(digest(password));
	},
	verify: ({ hash, password }) => {
		counted.verifications += 1;
		return Promise.resolve(digest(password) === hash);
	},
};

let nowMs = 0;
const now = () => new Date(nowMs);
let auth = anAuth();

beforeEach(() => {
	nowMs = Date.parse('2026-11-23T08:00:00Z');
	auth = anAuth();
	Object.assign(counted, { hashes: 0, verifications: 0 });
});

test('a right password makes a session whose cookie opens every door', async () => {
	const person = await somebody();
	const result = await signIn(person.email);
	if (!result.ok) throw new Error(result.error.code);
	const signedIn = await auth.authenticate(cookieOf(result.value.cookie));
	expect(signedIn).toEqual({
		sessionId: result.value.sessionId,
		expiresAt: new Date(nowMs + 12 * 3_600_000),
		actor: { personId: person.id, profession: 'teacher', organisationId: municipality.id, leads: [] },
		name: person.name,
		email: person.email,
		organisationName: municipality.name,
		hostId: municipality.id,
		external: false,
	});
});

test('the cookie is for the server alone, ends with the browser, and goes over TLS only where there is TLS', async () => {
	const person = await somebody();
	const plain = await signIn(person.email);
	expect(plain.ok && plain.value.cookie).toMatch(/^tavle\.session_token=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
	const secure = await anAuth({ secureCookies: true, baseUrl: 'https://tavle.nordby.example' }).signIn({
		email: person.email,
		password: PASSWORD,
		address: '10.0.0.1',
	});
	expect(secure.ok && secure.value.cookie).toMatch(
		/^__Secure-tavle\.session_token=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
	);
	expect(secure.ok && (await auth.authenticate(cookieOf(secure.value.cookie)))?.actor.personId).toBe(person.id);
});

test('who leads a team and who works for a partner is known from the first request', async () => {
	const person = await somebody({ organisationId: company.id });
	const teamId = newId<TeamId>();
	await insertTeam(db.orm, { id: teamId, organisationId: municipality.id, name: 'Team Øst', createdAt: now() });
	await insertTeamMember(db.orm, { teamId, personId: person.id, isLead: true, fromDay: '2026-01-01', untilDay: '2026-11-23' });
	const headers = await signedInAs(person.email);
	expect(await auth.authenticate(headers)).toMatchObject({ external: true, hostId: municipality.id, actor: { leads: [teamId] } });
	nowMs = Date.parse('2026-11-23T23:00:00Z'); // midnight in Denmark; the session has hours left
	await signedInAs(person.email);
	const later = await auth.authenticate(await signedInAs(person.email));
	expect(later?.actor.leads).toEqual([]);
});

test('unknown, wrong and ended are one answer, and each costs one hash', async () => {
	const [person, ended] = [await somebody(), await somebody()];
	await db.pool.query('update person set ended_at = $2 where id = $1', [ended.id, now()]);
	const answers = [];
	for (const [email, password] of [
		['nobody@tavle.example', PASSWORD],
		[person.email, 'en anden adgangskode'],
		[ended.email, PASSWORD],
	] as const) {
		Object.assign(counted, { hashes: 0, verifications: 0 });
		answers.push(await auth.signIn({ email, password, address: '10.0.0.1' }));
		expect(counted.hashes + counted.verifications).toBe(1);
	}
	expect(answers).toEqual([1, 2, 3].map(() => ({ ok: false, error: { code: 'wrong-credentials' } })));
	expect((await db.pool.query('select 1 from auth_session where user_id = any($1)', [[person.id, ended.id]])).rowCount).toBe(0);
});

test('passwords are kept with scrypt and a salt', async () => {
	const person = await somebody({ withPasswords: scryptPasswords });
	const real = anAuth({ passwords: scryptPasswords });
	expect((await real.signIn({ email: person.email, password: PASSWORD, address: '10.0.0.1' })).ok).toBe(true);
	expect(await real.signIn({ email: person.email, password: `${PASSWORD}!`, address: '10.0.0.1' })).toEqual({
		ok: false,
		error: { code: 'wrong-credentials' },
	});
	expect(await scryptPasswords.hash(PASSWORD)).not.toBe(await scryptPasswords.hash(PASSWORD));
});

test('a mail address is the same in capitals', async () => {
	const person = await somebody();
	expect((await signIn(person.email.toUpperCase())).ok).toBe(true);
});

test('only the same person signs in again over unsent text; nobody else gets a session', async () => {
	const [mette, jonas] = [await somebody(), await somebody()];
	expect(await auth.signIn({ email: jonas.email, password: PASSWORD, address: '10.0.0.1', expectedPersonId: mette.id })).toEqual({
		ok: false,
		error: { code: 'other-person' },
	});
	expect((await db.pool.query('select 1 from auth_session where user_id = $1', [jonas.id])).rowCount).toBe(0);
	expect(
		await auth.signIn({ email: jonas.email, password: 'forkert adgangskode', address: '10.0.0.1', expectedPersonId: mette.id }),
	).toMatchObject({ error: { code: 'wrong-credentials' } });
	expect(
		(await auth.signIn({ email: mette.email, password: PASSWORD, address: '10.0.0.1', expectedPersonId: mette.id })).ok,
	).toBe(true);
});

test('forty people behind one address sign in at once', async () => {
	const people = await Promise.all(Array.from({ length: 40 }, () => somebody()));
	const answers = await Promise.all(people.map(({ email }) => signIn(email)));
	expect(answers.every(({ ok }) => ok)).toBe(true);
});

test('guessing one account’s password is slowed from any address, and the wait is told', async () => {
	const person = await somebody();
	const guesses = await Promise.all(
		Array.from({ length: 10 }, (_, number) =>
			auth.signIn({ email: person.email, password: `gæt nummer ${number}`, address: `10.0.0.${number}` }),
		),
	);
	expect(counted.verifications).toBe(5);
	expect(guesses.filter((each) => !each.ok && each.error.code === 'too-many-attempts')).toHaveLength(5);
	expect(await signIn(person.email)).toEqual({ ok: false, error: { code: 'too-many-attempts', retryAfterSeconds: 30 } });
	nowMs += 30_000;
	expect((await signIn(person.email)).ok).toBe(true);
});

test('a session slides while it is used and ends after twelve idle hours', async () => {
	const headers = await signedInAs((await somebody()).email);
	nowMs += 11 * 3_600_000;
	expect((await auth.authenticate(headers))?.expiresAt).toEqual(new Date(nowMs + 12 * 3_600_000));
	nowMs += 12 * 3_600_000 - 1;
	expect(await auth.authenticate(headers)).toBeDefined();
	nowMs += 12 * 3_600_000;
	expect(await auth.authenticate(headers)).toBeUndefined();
});

test('a session that is being ended is not waited for by those who slide with it', async () => {
	const [leaving, staying] = [await signedInAs((await somebody()).email), await signedInAs((await somebody()).email)];
	const left = (await auth.authenticate(leaving))!;
	nowMs += 3_600_000;
	await transaction(db, async (tx) => {
		await deleteSession(tx, left.sessionId);
		const [, stays] = await Promise.all([auth.authenticate(leaving), auth.authenticate(staying)]);
		expect(stays?.expiresAt).toEqual(new Date(nowMs + 12 * 3_600_000));
	});
	expect(await auth.authenticate(leaving)).toBeUndefined();
});

test('not every request writes', async () => {
	const headers = await signedInAs((await somebody()).email);
	const first = await auth.authenticate(headers);
	nowMs += 9 * 60_000;
	expect((await auth.authenticate(headers))?.expiresAt).toEqual(first?.expiresAt);
});

test('signing out ends the session at once, everywhere it is open', async () => {
	const person = await somebody();
	const headers = await signedInAs(person.email);
	const { ended, cookie } = await auth.signOut(headers);
	expect(ended?.personId).toBe(person.id);
	expect(cookie).toBe('tavle.session_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
	expect(await auth.authenticate(headers)).toBeUndefined();
	expect(await rightsChangesAfter(db.orm, 0)).toContainEqual(expect.objectContaining({ caseId: null, personId: person.id }));
	expect((await auth.signOut(headers)).ended).toBeUndefined();
});

test('a session that is ended, or whose person left, opens nothing from the next request on', async () => {
	const [one, other] = [await somebody(), await somebody()];
	const [first, second] = [await signedInAs(one.email), await signedInAs(other.email)];
	await deleteSession(db.orm, (await auth.authenticate(first))!.sessionId);
	await db.pool.query('update person set ended_at = $2 where id = $1', [other.id, now()]);
	expect(await auth.authenticate(first)).toBeUndefined();
	expect(await auth.authenticate(second)).toBeUndefined();
});

test('signing in and out stands in the log of the municipality, wrong passwords do not', async () => {
	const person = await somebody({ organisationId: company.id });
	const before = await countAuditEntries(db.orm);
	await auth.signIn({ email: person.email, password: 'forkert adgangskode', address: '10.0.0.1' });
	const result = await signIn(person.email);
	await auth.signOut(cookieOf(result.ok ? result.value.cookie : ''));
	expect(await countAuditEntries(db.orm)).toBe(before + 2);
	const sessionId = result.ok ? result.value.sessionId : '';
	expect(await auditEntriesOf(db.orm, municipality.id, 2)).toMatchObject([
		{ action: 'session.sign-out', personId: person.id, sessionId },
		{ action: 'session.sign-in', personId: person.id, sessionId },
	]);
	expect(await verifyChain(db.orm, municipality.id)).toBeUndefined();
});

test('a session that cannot be written down does not exist', async () => {
	const person = await somebody();
	await db.pool.query('alter table audit_entry add constraint nothing_more check (false) not valid');
	await expect(signIn(person.email)).rejects.toThrow();
	await db.pool.query('alter table audit_entry drop constraint nothing_more');
	expect((await db.pool.query('select 1 from auth_session where user_id = $1', [person.id])).rowCount).toBe(0);
});

test('a cookie signed under another master key opens nothing', async () => {
	const person = await somebody();
	const foreign = await anAuth({ secret: signInSecret(new Uint8Array(32).fill(9)) }).signIn({
		email: person.email,
		password: PASSWORD,
		address: '10.0.0.1',
	});
	expect(foreign.ok && (await auth.authenticate(cookieOf(foreign.value.cookie)))).toBeUndefined();
});

test('neither address nor browser of a person is kept', async () => {
	const person = await somebody();
	await signIn(person.email);
	const { rows } = await db.pool.query('select ip_address, user_agent from auth_session where user_id = $1', [person.id]);
	expect(rows).toEqual([{ ip_address: '', user_agent: '' }]);
});

function anAuth(over: Partial<Parameters<typeof createAuth>[0]> = {}) {
	return createAuth({
		db,
		secret: signInSecret(new Uint8Array(32).fill(1)),
		baseUrl: 'http://localhost:3000',
		trustedOrigins: [],
		secureCookies: false,
		now,
		passwords,
		...over,
	});
}

function signIn(email: string) {
	return auth.signIn({ email, password: PASSWORD, address: '10.0.0.1' });
}

async function signedInAs(email: string): Promise<Headers> {
	const result = await signIn(email);
	if (!result.ok) throw new Error(result.error.code);
	return cookieOf(result.value.cookie);
}

function cookieOf(setCookie: string): Headers {
	return new Headers({ cookie: setCookie.split(';')[0]! });
}

async function somebody({ organisationId = municipality.id, withPasswords = passwords } = {}) {
	const id = newId<PersonId>();
	const row = {
		id,
		organisationId,
		name: 'Mette Dahl',
		email: `${id}@tavle.example`,
		profession: 'teacher' as const,
		createdAt: now(),
	};
	await insertPerson(db.orm, row);
	await insertAccount(db.orm, {
		personId: id,
		name: row.name,
		email: row.email,
		passwordHash: await withPasswords.hash(PASSWORD),
		at: row.createdAt,
	});
	return row;
}
