import { describe, expect, test } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { loadReach, loadStanding } from '../../db/repo/access.ts';
import { endCaseAccess } from '../../db/repo/case-access.ts';
import { loadStandings } from '../../db/repo/case-standing.ts';
import { closeCase } from '../../db/repo/case.ts';
import { assignCoordinator, coordinatorsOf } from '../../db/repo/coordinator.ts';
import { leadsOf } from '../../db/repo/team.ts';
import type { AssignmentId, CaseId, PersonId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/policy.ts';
import {
	aCitizenCase,
	aGrant,
	anOrganisation,
	aPerson,
	aPlacement,
	aStaffedCase,
	NOON,
	someCaseKeys,
} from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();
const keys = someCaseKeys();

const casesOf = async (personId: PersonId, at: Date) =>
	(await loadStandings(db.orm, { personIds: [personId] }, at)).map(({ facts }) => facts.caseId).sort();

const standsAt = async (caseId: CaseId, personId: PersonId, at: string) => {
	const found = await loadStanding(db.orm, caseId, personId, new Date(at));
	return (found?.standing.grants.length ?? 0) > 0;
};

describe('a grant counts in days of Copenhagen, the last day included', () => {
	test('from its first midnight to its last, in winter (UTC+1)', async () => {
		const {
			case: { id },
			lead,
			municipality,
		} = await aStaffedCase(db.orm, keys);
		const guest = await aPerson(db.orm, { organisationId: municipality.id });
		await aGrant(db.orm, { caseId: id, personId: guest.id, grantedBy: lead.id, fromDay: '2026-11-22', untilDay: '2026-11-30' });
		expect(await standsAt(id, guest.id, '2026-11-21T22:59:59.999Z')).toBe(false);
		expect(await standsAt(id, guest.id, '2026-11-21T23:00:00Z')).toBe(true);
		expect(await standsAt(id, guest.id, '2026-11-30T22:59:59.999Z')).toBe(true);
		expect(await standsAt(id, guest.id, '2026-11-30T23:00:00Z')).toBe(false);
	});

	test('and in summer (UTC+2)', async () => {
		const {
			case: { id },
			lead,
			municipality,
		} = await aStaffedCase(db.orm, keys);
		const guest = await aPerson(db.orm, { organisationId: municipality.id });
		await aGrant(db.orm, { caseId: id, personId: guest.id, grantedBy: lead.id, fromDay: '2026-07-01', untilDay: '2026-07-01' });
		expect(await standsAt(id, guest.id, '2026-06-30T21:59:59Z')).toBe(false);
		expect(await standsAt(id, guest.id, '2026-06-30T22:00:00Z')).toBe(true);
		expect(await standsAt(id, guest.id, '2026-07-01T21:59:59Z')).toBe(true);
		expect(await standsAt(id, guest.id, '2026-07-01T22:00:00Z')).toBe(false);
	});

	test('a grant ended by hand ends at once, and only once', async () => {
		const {
			case: { id },
			lead,
			municipality,
		} = await aStaffedCase(db.orm, keys);
		const guest = await aPerson(db.orm, { organisationId: municipality.id });
		const grant = await aGrant(db.orm, { caseId: id, personId: guest.id, grantedBy: lead.id });
		expect(await endCaseAccess(db.orm, grant.id, lead.id, NOON)).toBe(true);
		expect(await endCaseAccess(db.orm, grant.id, lead.id, NOON)).toBe(false);
		expect(await standsAt(id, guest.id, '2026-11-22T10:59:59.999Z')).toBe(true);
		expect(await standsAt(id, guest.id, '2026-11-22T11:00:00Z')).toBe(false);
	});
});

describe('a coordinator', () => {
	test('is one through the last day, then the next one is', async () => {
		const {
			case: { id },
			teacher,
			municipality,
		} = await aStaffedCase(db.orm, keys);
		const next = await aPerson(db.orm, { organisationId: municipality.id });
		await assignCoordinator(db.orm, { id: newId<AssignmentId>(), caseId: id, personId: next.id, fromDay: '2026-12-01' });
		const coordinates = async (personId: PersonId, at: string) =>
			(await loadStanding(db.orm, id, personId, new Date(at)))?.standing.isCoordinator;
		expect(await coordinates(teacher.id, '2026-11-30T22:59:59Z')).toBe(true);
		expect(await coordinates(next.id, '2026-11-30T22:59:59Z')).toBe(false);
		expect(await coordinates(teacher.id, '2026-11-30T23:00:00Z')).toBe(false);
		expect(await coordinates(next.id, '2026-11-30T23:00:00Z')).toBe(true);
	});

	test('assigned again from an earlier day replaces what would have come', async () => {
		const {
			case: { id },
			teacher,
			lead,
		} = await aStaffedCase(db.orm, keys);
		await assignCoordinator(db.orm, { id: newId<AssignmentId>(), caseId: id, personId: lead.id, fromDay: '2026-12-01' });
		await assignCoordinator(db.orm, { id: newId<AssignmentId>(), caseId: id, personId: teacher.id, fromDay: '2026-11-25' });
		const history = await coordinatorsOf(db.orm, id);
		expect(history.map(({ personId, fromDay, untilDay }) => ({ personId, fromDay, untilDay }))).toEqual([
			{ personId: teacher.id, fromDay: '2020-01-01', untilDay: '2026-11-24' },
			{ personId: teacher.id, fromDay: '2026-11-25', untilDay: null },
		]);
	});
});

test('leading a team ends with its last day', async () => {
	const { team, lead } = await aStaffedCase(db.orm, keys);
	const ended = "update team_member set until_day = '2026-11-22' where team_id = $1 and person_id = $2";
	expect((await db.pool.query(ended, [team.id, lead.id])).rowCount).toBe(1);
	expect(await leadsOf(db.orm, lead.id, '2026-11-22')).toEqual([team.id]);
	expect(await leadsOf(db.orm, lead.id, '2026-11-23')).toEqual([]);
	expect(await casesOf(lead.id, new Date('2026-11-22T22:59:59Z'))).toHaveLength(1);
	expect(await casesOf(lead.id, new Date('2026-11-22T23:00:00Z'))).toEqual([]);
});

test('the list holds what is granted, coordinated and led, each case once, and nobody else’s', async () => {
	const { municipality, team, lead, case: first } = await aStaffedCase(db.orm, keys);
	const second = await aCitizenCase(db.orm, { team, keys });
	const elsewhere = await aStaffedCase(db.orm, keys);
	const both = await aPerson(db.orm, { organisationId: municipality.id });
	await aGrant(db.orm, { caseId: first.id, personId: both.id, grantedBy: lead.id });
	await assignCoordinator(db.orm, { id: newId<AssignmentId>(), caseId: first.id, personId: both.id, fromDay: '2026-01-01' });
	const ids = (personId: PersonId) => casesOf(personId, NOON);
	expect(await ids(both.id)).toEqual([first.id]);
	expect(await ids(lead.id)).toEqual([first.id, second.id].sort());
	expect(await ids(elsewhere.lead.id)).toEqual([elsewhere.case.id]);
});

test('a mentor’s grant reaches its one placement, of a case that has two', async () => {
	const {
		municipality,
		lead,
		case: { id },
	} = await aStaffedCase(db.orm, keys);
	const bakery = await anOrganisation(db.orm, { hostId: municipality.id });
	const garage = await anOrganisation(db.orm, { hostId: municipality.id });
	const mine = await aPlacement(db.orm, { caseId: id, companyId: bakery.id });
	await aPlacement(db.orm, { caseId: id, companyId: garage.id });
	const mentor = await aPerson(db.orm, { organisationId: bakery.id, profession: 'company-mentor' });
	await aGrant(db.orm, { caseId: id, personId: mentor.id, grantedBy: lead.id, placementId: mine.id });
	const actor: Actor = { personId: mentor.id, profession: 'company-mentor', organisationId: bakery.id, leads: [] };
	const found = await loadReach(db.orm, actor, id, NOON);
	expect(found?.facts.placementIds).toHaveLength(2);
	expect(found?.reach).toMatchObject({ team: false, placementIds: [mine.id], drafts: true });
});

test('everybody with standing is named once, with what the policy asks for, outsiders marked', async () => {
	const {
		municipality,
		team,
		lead,
		teacher,
		case: { id },
	} = await aStaffedCase(db.orm, keys);
	const prison = await anOrganisation(db.orm, { hostId: municipality.id, kind: 'prison-service', name: 'Kriminalforsorgen' });
	const partner = await aPerson(db.orm, { organisationId: prison.id, profession: 'prison-partner' });
	await aGrant(db.orm, { caseId: id, personId: partner.id, grantedBy: lead.id, addsJustice: true });
	await aGrant(db.orm, { caseId: id, personId: lead.id, grantedBy: lead.id });
	const readers = await loadStandings(db.orm, { caseIds: [id] }, NOON);
	const byId = new Map(readers.map((reader) => [reader.actor.personId, reader]));
	expect(readers).toHaveLength(3);
	expect(byId.get(lead.id)).toMatchObject({ actor: { leads: [team.id] }, external: false });
	expect(byId.get(teacher.id)).toMatchObject({ actor: { leads: [] }, standing: { isCoordinator: true } });
	expect(byId.get(partner.id)).toMatchObject({
		external: true,
		organisationName: 'Kriminalforsorgen',
		standing: { grants: [{ placementId: null, adds: ['justice'] }] },
	});
});

test('whoever left has standing nowhere', async () => {
	const { teacher } = await aStaffedCase(db.orm, keys);
	expect(await casesOf(teacher.id, NOON)).toHaveLength(1);
	await db.pool.query('update person set ended_at = now() where id = $1', [teacher.id]);
	expect(await casesOf(teacher.id, NOON)).toEqual([]);
});

test('somebody without standing still learns of the case what an administrator needs, and reaches nothing', async () => {
	const {
		municipality,
		team,
		case: { id },
	} = await aStaffedCase(db.orm, keys);
	const admin = await aPerson(db.orm, { organisationId: municipality.id, profession: 'admin' });
	const actor: Actor = { personId: admin.id, profession: 'admin', organisationId: municipality.id, leads: [] };
	expect(await loadReach(db.orm, actor, id, NOON)).toMatchObject({
		facts: { teamId: team.id, closed: false },
		standing: { grants: [], isCoordinator: false },
		reach: { team: false, drafts: false },
	});
});

test('a case that is not there has no standing, and a closed one says so', async () => {
	const {
		teacher,
		case: { id },
	} = await aStaffedCase(db.orm, keys);
	expect(await loadStanding(db.orm, newId<CaseId>(), teacher.id, NOON)).toBeUndefined();
	expect(await closeCase(db.orm, id, NOON)).toBe(true);
	expect(await closeCase(db.orm, id, NOON)).toBe(false);
	expect((await loadStanding(db.orm, id, teacher.id, NOON))?.facts.closed).toBe(true);
});
