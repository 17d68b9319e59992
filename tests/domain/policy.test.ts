import { describe, expect, test } from 'vitest';
import type { Compartment } from '../../domain/compartments.ts';
import type { CaseId, OrganisationId, PersonId, PlacementId, TeamId } from '../../domain/ids.ts';
import { PROFESSIONS, type Profession } from '../../domain/people.ts';
import {
	mayAdminister,
	mayAmend,
	mayCreatePlacement,
	mayEditTemplates,
	mayLead,
	mayManageAccess,
	mayRead,
	mayRate,
	mayRevealCpr,
	mayRevealRatings,
	maySeeRating,
	maySeeCase,
	mayShareTo,
	mayWrite,
	reachOf,
	type Actor,
	type CaseFacts,
	type CaseStanding,
	type ValidGrant,
} from '../../domain/policy.ts';

const anId = <Kind extends string>(number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as Kind;
const municipality = anId<OrganisationId>(1);
const company = anId<OrganisationId>(2);
const me = anId<PersonId>(3);
const somebodyElse = anId<PersonId>(4);
const team = anId<TeamId>(5);
const otherTeam = anId<TeamId>(6);
const bakery = anId<PlacementId>(7);
const garage = anId<PlacementId>(8);

const anActor = (profession: Profession, leads: readonly TeamId[] = []): Actor => ({
	personId: me,
	profession,
	organisationId: municipality,
	leads,
});
const aCase = (over: Partial<CaseFacts> = {}): CaseFacts => ({
	caseId: anId<CaseId>(9),
	teamId: team,
	organisationId: municipality,
	closed: false,
	placementIds: [bakery, garage],
	...over,
});
const aGrant = (over: Partial<ValidGrant> = {}): ValidGrant => ({ placementId: null, adds: [], ...over });
const noStanding: CaseStanding = { grants: [], isCoordinator: false };
const granted = (...grants: ValidGrant[]): CaseStanding => ({ grants, isCoordinator: false });
const coordinating: CaseStanding = { grants: [], isCoordinator: true };

const COMPARTMENTS = {
	team: { kind: 'team' },
	bakery: { kind: 'placement', placementId: bakery },
	garage: { kind: 'placement', placementId: garage },
	clinical: { kind: 'clinical' },
	justice: { kind: 'justice' },
	mine: { kind: 'private', personId: me },
	theirs: { kind: 'private', personId: somebodyElse },
} as const satisfies Record<string, Compartment>;
type Part = keyof typeof COMPARTMENTS;
const PARTS = Object.keys(COMPARTMENTS) as Part[];

function readableParts(actor: Actor, standing: CaseStanding, facts = aCase()): Part[] {
	const reach = reachOf(actor, facts, standing);
	return PARTS.filter((part) => mayRead(actor, reach, COMPARTMENTS[part]));
}

const BOARD: Part[] = ['team', 'bakery', 'garage', 'mine'];
/** PRODUCT.md, "Who sees what", written out. A mentor's access names the bakery. */
const EXPECTED: Record<Profession, Part[]> = {
	'team-lead': BOARD,
	'case-worker': BOARD,
	psychologist: ['team', 'bakery', 'garage', 'clinical', 'mine'],
	teacher: BOARD,
	'social-mentor': BOARD,
	'health-staff': ['team', 'bakery', 'garage', 'clinical', 'mine'],
	'substance-counsellor': BOARD,
	'job-consultant': BOARD,
	'company-mentor': ['bakery', 'mine'],
	'prison-partner': ['justice', 'mine'],
	admin: [],
};
const accessOf = (profession: Profession) => granted(aGrant({ placementId: profession === 'company-mentor' ? bakery : null }));

describe.each(PROFESSIONS)('%s', (profession) => {
	test('reads nothing of a case nobody gave them', () => {
		expect(readableParts(anActor(profession), noStanding)).toEqual([]);
		expect(maySeeCase(reachOf(anActor(profession), aCase(), noStanding))).toBe(false);
	});

	test('reads with access exactly what the profession reads', () => {
		expect(readableParts(anActor(profession), accessOf(profession))).toEqual(EXPECTED[profession]);
	});

	test('writes what they read while the case is open, nothing once it is closed', () => {
		const actor = anActor(profession);
		for (const closed of [false, true]) {
			const facts = aCase({ closed });
			const reach = reachOf(actor, facts, accessOf(profession));
			for (const part of ['team', 'bakery', 'garage', 'mine', 'theirs'] as const) {
				expect(mayWrite(actor, facts, reach, COMPARTMENTS[part])).toBe(!closed && EXPECTED[profession].includes(part));
			}
			for (const part of PARTS) {
				const shares = !closed && COMPARTMENTS[part].kind !== 'private' && EXPECTED[profession].includes(part);
				expect(mayShareTo(actor, facts, reach, COMPARTMENTS[part])).toBe(shares);
			}
		}
	});

	test('never reads another person’s drafts, whatever is added', () => {
		const everything = granted(aGrant({ placementId: bakery, adds: ['clinical', 'justice'] }));
		expect(readableParts(anActor(profession, [team]), everything)).not.toContain('theirs');
	});

	test('coordinates only if they read the whole team board', () => {
		expect(readableParts(anActor(profession), coordinating).includes('team')).toBe(mayLead(profession));
	});
});

test('an administrator reads no case, not even one they were given, lead or coordinate', () => {
	const standing: CaseStanding = { grants: [aGrant({ adds: ['clinical', 'justice'] })], isCoordinator: true };
	expect(readableParts(anActor('admin', [team]), standing)).toEqual([]);
});

test('only a prison partner gets the composed summary', () => {
	const withSummary = PROFESSIONS.filter((profession) => reachOf(anActor(profession), aCase(), accessOf(profession)).summary);
	expect(withSummary).toEqual(['prison-partner']);
});

describe('a grant', () => {
	test('adds a compartment to what the profession reads', () => {
		expect(readableParts(anActor('teacher'), granted(aGrant({ adds: ['clinical'] })))).toContain('clinical');
		expect(readableParts(anActor('teacher'), granted(aGrant({ adds: ['justice'] })))).toContain('justice');
	});

	test('about a placement of another case opens nothing', () => {
		const elsewhere = granted(aGrant({ placementId: anId<PlacementId>(99) }));
		expect(readableParts(anActor('company-mentor'), elsewhere)).toEqual([]);
	});

	test('without a placement opens nothing for a company mentor', () => {
		expect(readableParts(anActor('company-mentor'), granted(aGrant()))).toEqual([]);
	});
});

describe('a team lead', () => {
	test('reads the cases of the team, and of no other', () => {
		expect(readableParts(anActor('team-lead', [team]), noStanding)).toEqual(BOARD);
		expect(readableParts(anActor('team-lead', [otherTeam]), noStanding)).toEqual([]);
	});

	test('manages access to them, as an administrator of the same municipality does', () => {
		expect(mayManageAccess(anActor('team-lead', [team]), aCase())).toBe(true);
		expect(mayManageAccess(anActor('team-lead', [otherTeam]), aCase())).toBe(false);
		expect(mayManageAccess(anActor('admin'), aCase())).toBe(true);
		expect(mayManageAccess({ ...anActor('admin'), organisationId: company }, aCase())).toBe(false);
		for (const profession of PROFESSIONS.filter((each) => each !== 'admin'))
			expect(mayManageAccess(anActor(profession), aCase())).toBe(false);
	});
});

test('only an administrator administers, and only the own municipality', () => {
	for (const profession of PROFESSIONS)
		expect(mayAdminister(anActor(profession, [team]), municipality)).toBe(profession === 'admin');
	expect(mayAdminister(anActor('admin'), company)).toBe(false);
});

test('a CPR number is revealed to the case worker, the coordinator and the lead, and to nobody else', () => {
	const facts = aCase();
	const reveals = (actor: Actor, standing: CaseStanding) => mayRevealCpr(actor, facts, standing, reachOf(actor, facts, standing));
	expect(PROFESSIONS.filter((profession) => reveals(anActor(profession), accessOf(profession)))).toEqual(['case-worker']);
	expect(PROFESSIONS.filter((profession) => reveals(anActor(profession), coordinating))).toEqual(PROFESSIONS.filter(mayLead));
	expect(reveals(anActor('team-lead', [team]), noStanding)).toBe(true);
	expect(reveals(anActor('case-worker'), noStanding)).toBe(false);
});

test('a placement is recorded by the job consultant, the lead or an administrator', () => {
	const facts = aCase();
	const creates = (actor: Actor, standing: CaseStanding) => mayCreatePlacement(actor, facts, reachOf(actor, facts, standing));
	expect(PROFESSIONS.filter((profession) => creates(anActor(profession), accessOf(profession)))).toEqual([
		'job-consultant',
		'admin',
	]);
	expect(creates(anActor('job-consultant'), noStanding)).toBe(false);
	expect(creates(anActor('team-lead', [team]), noStanding)).toBe(true);
});

test('only the author amends', () => {
	expect(mayAmend(anActor('teacher'), me)).toBe(true);
	expect(mayAmend(anActor('team-lead', [team]), somebodyElse)).toBe(false);
});

describe('ratings', () => {
	const facts = aCase();
	const caseOf = (actor: Actor, standing: CaseStanding, closed = false) => {
		const known = { ...facts, closed };
		return { facts: known, standing, reach: reachOf(actor, known, standing) };
	};
	const rates = (actor: Actor, standing: CaseStanding, closed = false) => {
		const known = caseOf(actor, standing, closed);
		return mayRate(known.facts, known.reach);
	};
	const reveals = (actor: Actor, standing: CaseStanding, chairId: PersonId | null = null) =>
		mayRevealRatings(actor, caseOf(actor, standing), chairId);

	test('are given by everybody who reads the plan, in an open case', () => {
		const readers = PROFESSIONS.filter((profession) => rates(anActor(profession), accessOf(profession)));
		expect(readers).toEqual(PROFESSIONS.filter(mayLead));
		expect(rates(anActor('teacher'), accessOf('teacher'), true)).toBe(false);
		expect(rates(anActor('teacher'), noStanding)).toBe(false);
	});

	test('are shown by the lead, the coordinator and who holds the chair, as far as they read the plan', () => {
		expect(reveals(anActor('team-lead', [team]), noStanding)).toBe(true);
		expect(reveals(anActor('job-consultant'), coordinating)).toBe(true);
		expect(reveals(anActor('teacher'), accessOf('teacher'))).toBe(false);
		expect(reveals(anActor('teacher'), accessOf('teacher'), me)).toBe(true);
		expect(reveals(anActor('teacher'), accessOf('teacher'), somebodyElse)).toBe(false);
		expect(reveals(anActor('teacher'), noStanding, me)).toBe(false);
		expect(reveals(anActor('company-mentor'), accessOf('company-mentor'), me)).toBe(false);
	});

	test('are seen before that only by who wrote them down', () => {
		const hidden = { revealed: false, recordedBy: me };
		expect(maySeeRating(anActor('teacher'), hidden)).toBe(true);
		expect(maySeeRating(anActor('team-lead', [team]), { ...hidden, recordedBy: somebodyElse })).toBe(false);
		expect(maySeeRating(anActor('teacher'), { revealed: true, recordedBy: somebodyElse })).toBe(true);
	});
});

test('templates are edited by an administrator and by whoever leads a team, in their own municipality', () => {
	expect(mayEditTemplates(anActor('admin'), municipality)).toBe(true);
	expect(mayEditTemplates(anActor('teacher', [otherTeam]), municipality)).toBe(true);
	for (const profession of PROFESSIONS.filter((each) => each !== 'admin'))
		expect(mayEditTemplates(anActor(profession), municipality)).toBe(false);
	expect(mayEditTemplates(anActor('admin', [team]), company)).toBe(false);
});
