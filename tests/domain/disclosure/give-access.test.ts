import { describe, expect, test } from 'vitest';
import { giveAccess, type AccessReceiver, type AccessTerm } from '../../../domain/disclosure/give-access.ts';
import type { OrganisationId } from '../../../domain/ids.ts';

const company = '00000000-0000-7000-8000-00000000000c' as OrganisationId;
const other = '00000000-0000-7000-8000-00000000000d' as OrganisationId;
const aTerm = (over: Partial<AccessTerm> = {}): AccessTerm => ({
	from: '2026-11-22',
	until: '2026-12-31',
	addsClinical: false,
	addsJustice: false,
	...over,
});
const aPerson = (over: Partial<AccessReceiver> = {}): AccessReceiver => ({
	profession: 'teacher',
	organisationId: other,
	ended: false,
	...over,
});
const aMentor = aPerson({ profession: 'company-mentor', organisationId: company });

describe('access to a case', () => {
	test('lasts at least a day and at most a year', () => {
		expect(giveAccess(aPerson(), aTerm({ until: '2026-11-22' }), undefined).ok).toBe(true);
		expect(giveAccess(aPerson(), aTerm({ until: '2027-11-22' }), undefined).ok).toBe(true);
		expect(giveAccess(aPerson(), aTerm({ until: '2026-11-21' }), undefined)).toEqual({
			ok: false,
			error: { code: 'access-ends-before-it-starts' },
		});
		expect(giveAccess(aPerson(), aTerm({ until: '2027-11-23' }), undefined)).toEqual({
			ok: false,
			error: { code: 'access-too-long', latest: '2027-11-22' },
		});
	});

	test('is never given to an administrator or to somebody who left', () => {
		expect(giveAccess(aPerson({ profession: 'admin' }), aTerm(), undefined)).toMatchObject({
			error: { code: 'access-for-admin' },
		});
		expect(giveAccess(aPerson({ ended: true }), aTerm(), undefined)).toMatchObject({ error: { code: 'person-ended' } });
	});

	test('of a company mentor is about one placement at their own company, with nothing added', () => {
		expect(giveAccess(aMentor, aTerm(), { companyId: company }).ok).toBe(true);
		expect(giveAccess(aMentor, aTerm(), undefined)).toMatchObject({ error: { code: 'no-placement' } });
		expect(giveAccess(aMentor, aTerm(), { companyId: other })).toMatchObject({ error: { code: 'mentor-of-another-company' } });
		expect(giveAccess(aMentor, aTerm({ addsClinical: true }), { companyId: company })).toMatchObject({
			error: { code: 'adds-not-for-mentor' },
		});
		expect(giveAccess(aMentor, aTerm({ addsJustice: true }), { companyId: company })).toMatchObject({
			error: { code: 'adds-not-for-mentor' },
		});
	});

	test('of anybody else is not about one placement', () => {
		expect(giveAccess(aPerson(), aTerm(), { companyId: company })).toMatchObject({
			error: { code: 'placement-not-for-profession' },
		});
	});
});
