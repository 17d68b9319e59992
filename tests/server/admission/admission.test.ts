import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import { verifyChain, auditEntriesOf } from '../../../db/repo/audit.ts';
import { endCaseAccess } from '../../../db/repo/case-access.ts';
import { closeCase } from '../../../db/repo/case.ts';
import { insertTeamMember } from '../../../db/repo/team.ts';
import { type Admission, createAdmission, type RequestedDocument } from '../../../server/auth/admission.ts';
import { NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
let admission: Admission;
beforeAll(async () => {
	full = await aFullCase(db);
	admission = createAdmission({
		db,
		authenticate: full.auth.authenticate,
		now: full.now,
		trustedOrigins: ['https://tavle.example.dk'],
	});
});

const named = (compartment: DocumentCompartment, epoch = 1): RequestedDocument => ({ caseId: full.case.id, compartment, epoch });
const team = () => named({ kind: 'team' });
const admit = async (who: Who, document: RequestedDocument, more: Record<string, string> = {}) =>
	admission.admit({ headers: { cookie: await full.cookieOf(who), host: 'tavle.test', ...more } }, document);
const answer = async (who: Who, document: RequestedDocument) => {
	const admitted = await admit(who, document);
	return admitted.kind === 'admitted' ? admitted.session.access : admitted.closeCode;
};

describe('admit', () => {
	test.each([
		['lead', 'write', 'write', 4404],
		['teacher', 'write', 'write', 4404],
		['psychologist', 'write', 'write', 'write'],
		['mentorA', 4404, 'write', 4404],
		['mentorB', 4404, 4404, 4404],
		['prison', 4404, 4404, 4404],
		['otherLead', 4404, 4404, 4404],
		['stranger', 4404, 4404, 4404],
		['admin', 4404, 4404, 4404],
	] as const)('%s: team %s, placement %s, the psychologist’s drafts %s', async (who, onTeam, onPlacement, onDrafts) => {
		const { a } = full.placements;
		expect([
			await answer(who, team()),
			await answer(who, named({ kind: 'placement', placementId: a.id })),
			await answer(who, named({ kind: 'private', personId: full.people.psychologist.id })),
		]).toEqual([onTeam, onPlacement, onDrafts]);
	});

	test('answers a crowd that comes at once each for themselves, in a few statements', async () => {
		const people = ['lead', 'teacher', 'psychologist', 'mentorA', 'mentorB', 'prison', 'otherLead', 'stranger'] as const;
		const drafts = (['teacher', 'psychologist'] as const).map((who) => named({ kind: 'private', personId: full.people[who].id }));
		const documents = [team(), named({ kind: 'placement', placementId: full.placements.a.id }), ...drafts];
		const knocking = people.flatMap((who) => documents.map((document) => ({ who, document })));
		const alone: unknown[] = [];
		for (const { who, document } of knocking) alone.push(await answer(who, document));
		const cookies = new Map(await Promise.all(people.map(async (who) => [who, await full.cookieOf(who)] as const)));
		const asked = vi.spyOn(db.pool, 'query');
		const together = await Promise.all(
			knocking.map(({ who, document }) =>
				admission.admit({ headers: { cookie: cookies.get(who)!, host: 'tavle.test' } }, document),
			),
		);
		const statements = asked.mock.calls.length;
		asked.mockRestore();
		expect(together.map((each) => (each.kind === 'admitted' ? each.session.access : each.closeCode))).toEqual(alone);
		const names = together.map((each) => (each.kind === 'admitted' ? each.session.personId : undefined));
		expect(names).toEqual(knocking.map(({ who }, index) => (alone[index] === 'write' ? full.people[who].id : undefined)));
		expect(statements).toBeLessThan(knocking.length / 2);
	});

	test('lets the owner of drafts that do not exist yet in, at the first epoch only', async () => {
		const personId = full.people.healthStaff.id;
		expect(await answer('healthStaff', named({ kind: 'private', personId }))).toBe('write');
		expect(await answer('healthStaff', named({ kind: 'private', personId }, 2))).toBe(4404);
	});

	test('says who it is, as stamped by the server', async () => {
		const admitted = await admit('teacher', team());
		const { id, name } = full.people.teacher;
		expect(admitted).toMatchObject({
			session: {
				personId: id,
				name,
				profession: 'teacher',
				organisation: 'Nordby',
				external: false,
				access: 'write',
				sessionId: expect.any(String),
			},
		});
	});

	test('keeps everybody’s profession from a room where a company mentor sits', async () => {
		const document = named({ kind: 'placement', placementId: full.placements.a.id });
		expect(await admit('psychologist', document)).toMatchObject({
			session: { profession: '', organisation: '', external: true },
		});
		expect(await admit('jobConsultant', document)).toMatchObject({
			session: { profession: '', organisation: 'Nordby' },
		});
		expect(await admit('psychologist', team())).toMatchObject({
			session: { profession: 'psychologist', organisation: 'Planted Region' },
		});
	});

	test('is certain no longer than the day and the sign-in last', async () => {
		const admitted = await admit('lead', team());
		if (admitted.kind !== 'admitted') throw new Error('refused');
		expect(admitted.session.expiresAt.toISOString()).toBe('2026-11-22T23:00:00.000Z');
	});

	test('answers a page that belongs to somebody else with signed out, before it asks what they may', async () => {
		const request = { headers: { cookie: await full.cookieOf('stranger'), host: 'tavle.test' } };
		const { teacher, stranger } = full.people;
		expect(await admission.admit(request, team(), teacher.id)).toEqual({ kind: 'refused', closeCode: 4401 });
		expect(await admission.admit(request, team(), stranger.id)).toEqual({ kind: 'refused', closeCode: 4404 });
	});

	test('answers nobody, a stale cookie and a forged one with signed out', async () => {
		for (const cookie of ['', 'tavle.session_token=forged.AAAA', (await full.cookieOf('lead')).replace('=', '=x')]) {
			expect(await admission.admit({ headers: { cookie, host: 'tavle.test' } }, team())).toEqual({
				kind: 'refused',
				closeCode: 4401,
			});
		}
	});

	test('refuses another site’s page and takes our own, a proxy’s and a program’s', async () => {
		expect(await admit('lead', team(), { origin: 'https://evil.example' })).toEqual({ kind: 'refused', closeCode: 4404 });
		expect(await admit('lead', team(), { origin: 'null' })).toEqual({ kind: 'refused', closeCode: 4404 });
		for (const origin of ['http://tavle.test', 'https://tavle.example.dk'])
			expect(await admit('lead', team(), { origin })).toMatchObject({ kind: 'admitted' });
		expect(await admit('lead', team())).toMatchObject({ kind: 'admitted' });
	});

	test('answers an epoch that is over with 4410, to readers only', async () => {
		await db.pool.query("update board_document set epoch = 3 where case_id = $1 and kind = 'team'", [full.otherCase.id]);
		const asked = (epoch: number) => ({ caseId: full.otherCase.id, compartment: { kind: 'team' }, epoch }) as const;
		expect(await answer('otherLead', asked(2))).toBe(4410);
		expect(await answer('otherLead', asked(3))).toBe('write');
		expect(await answer('otherLead', asked(4))).toBe(4404);
		expect(await answer('lead', asked(2))).toBe(4404);
	});

	test('lets a closed case be read only', async () => {
		await closeCase(db.orm, full.otherCase.id, full.now());
		expect(await answer('otherLead', { caseId: full.otherCase.id, compartment: { kind: 'team' }, epoch: 3 })).toBe('read');
	});
});

describe('the access log', () => {
	beforeEach(async () => {
		full.clock.ms += 60_000;
	});

	test('has one row for a bare client, and none more for reconnecting', async () => {
		await full.cookieOf('substanceCounsellor');
		const before = await full.entries();
		for (let times = 0; times < 3; times++) await admit('substanceCounsellor', team());
		expect(await full.entries()).toBe(before + 1);
		expect((await auditEntriesOf(db.orm, full.case.id, 1))[0]).toMatchObject({
			action: 'case.read',
			purpose: 'board',
			compartments: ['team'],
			personId: full.people.substanceCounsellor.id,
		});
		expect(await verifyChain(db.orm, full.case.id)).toBeUndefined();
	});

	test('has no second row after the page that opened the board', async () => {
		await full.request('socialMentor', `/cases/${full.case.id}/board`);
		const before = await full.entries();
		await admit('socialMentor', team());
		await admit('socialMentor', named({ kind: 'private', personId: full.people.socialMentor.id }));
		expect(await full.entries()).toBe(before);
	});

	test('has no second row after the meeting that showed the board', async () => {
		const { teacher } = full.people;
		await insertTeamMember(db.orm, {
			...{ teamId: full.team.id, personId: teacher.id, isLead: false, fromDay: '2020-01-01', untilDay: null },
		});
		const planned = await full.request('lead', '/meetings', { teamId: full.team.id });
		const { meetingId } = (await planned.json()) as { meetingId: string };
		await full.request('teacher', `/meetings/${meetingId}/cases/${full.case.id}/board`);
		const before = await full.entries();
		await admit('teacher', team());
		await admit('teacher', named({ kind: 'private', personId: teacher.id }));
		expect(await full.entries()).toBe(before);
	});

	test('has a row again for the same session after twelve hours', async () => {
		await admit('caseWorker', team());
		const before = await full.entries();
		full.clock.ms += 11 * 3_600_000; // the sign-in slides on the way
		await full.request('caseWorker', '/me');
		full.clock.ms += 2 * 3_600_000;
		await admit('caseWorker', team());
		expect(await full.entries()).toBe(before + 1);
	});

	test('has no row of who was refused, and refuses who cannot be logged', async () => {
		await full.cookieOf('justiceReader');
		const before = await full.entries();
		await admit('stranger', team());
		expect(await full.entries()).toBe(before);
		await db.pool.query(
			"create function refuse_entry() returns trigger language plpgsql as 'begin raise exception ''no log today''; end'",
		);
		await db.pool.query('create trigger refuse_entry before insert on audit_entry for each row execute function refuse_entry()');
		await expect(admit('justiceReader', team())).rejects.toThrow();
		await db.pool.query('drop trigger refuse_entry on audit_entry');
	});
});

describe('review', () => {
	beforeEach(() => {
		full.clock.ms = NOON.getTime();
	});

	const sessionOf = async (who: Who) => {
		const signedIn = await full.auth.authenticate(new Headers({ cookie: await full.cookieOf(who) }));
		return { sessionId: signedIn!.sessionId, personId: signedIn!.actor.personId };
	};

	test('answers many sockets at once in the order asked', async () => {
		const { a, b } = full.placements;
		const asked = [
			{ session: await sessionOf('lead'), document: team() },
			{ session: await sessionOf('mentorA'), document: team() },
			{ session: await sessionOf('mentorA'), document: named({ kind: 'placement', placementId: a.id }) },
			{ session: await sessionOf('mentorA'), document: named({ kind: 'placement', placementId: b.id }) },
			{ session: { ...(await sessionOf('lead')), sessionId: 'gone' }, document: team() },
		];
		expect(await admission.reviewAll(asked)).toEqual(['write', 'none', 'write', 'none', 'signed-out']);
		expect(await admission.reviewAll([])).toEqual([]);
	});

	test('sees an access that was ended, and a session that was', async () => {
		const session = await sessionOf('healthStaff');
		expect(await admission.reviewAll([{ session, document: team() }])).toEqual(['write']);
		const {
			rows: [row],
		} = await db.pool.query<{ id: never }>('select id from case_access where person_id = $1', [session.personId]);
		await endCaseAccess(db.orm, row!.id, full.people.lead.id, full.now());
		expect(await admission.reviewAll([{ session, document: team() }])).toEqual(['none']);
		await full.auth.signOut(new Headers({ cookie: await full.cookieOf('healthStaff') }));
		expect(await admission.reviewAll([{ session, document: team() }])).toEqual(['signed-out']);
	});

	test('sees the last day of an access pass', async () => {
		const session = await sessionOf('teacher');
		await db.pool.query("update case_access set until_day = '2026-11-23' where person_id = $1", [session.personId]);
		await db.pool.query("update auth_session set expires_at = '2027-01-01' where id = $1", [session.sessionId]);
		full.clock.ms = Date.parse('2026-11-23T22:59:59Z');
		expect(await admission.reviewAll([{ session, document: team() }])).toEqual(['write']);
		full.clock.ms = Date.parse('2026-11-23T23:00:00Z');
		expect(await admission.reviewAll([{ session, document: team() }])).toEqual(['none']);
	});
});
