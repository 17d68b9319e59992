import { describe, expect, test } from 'vitest';
import { assignCoordinator, type Assignment } from '../../../domain/case/assign-coordinator.ts';
import type { PersonId } from '../../../domain/ids.ts';

const today = '2026-11-22';
const mette = '00000000-0000-7000-8000-00000000000a' as PersonId;
const jonas = '00000000-0000-7000-8000-00000000000b' as PersonId;
const aPerson = { personId: jonas, profession: 'job-consultant', ended: false } as const;
const anAssignment = (over: Partial<Assignment> = {}): Assignment => ({
	personId: mette,
	from: '2026-09-01',
	until: null,
	...over,
});

describe('assigning a coordinator', () => {
	test('begins today or later', () => {
		expect(assignCoordinator([anAssignment()], aPerson, today, today)).toEqual({
			ok: true,
			value: { personId: jonas, from: today, until: null },
		});
		expect(assignCoordinator([], aPerson, '2026-11-21', today)).toMatchObject({ error: { code: 'day-in-the-past' } });
	});

	test('takes somebody who works here and reads the whole team board', () => {
		expect(assignCoordinator([], { ...aPerson, ended: true }, today, today)).toMatchObject({ error: { code: 'person-ended' } });
		expect(assignCoordinator([], { ...aPerson, profession: 'company-mentor' }, today, today)).toMatchObject({
			error: { code: 'coordinator-needs-access' },
		});
		expect(assignCoordinator([], { ...aPerson, profession: 'admin' }, today, today)).toMatchObject({
			error: { code: 'coordinator-needs-access' },
		});
	});

	test('says so when nothing would change', () => {
		expect(assignCoordinator([anAssignment({ personId: jonas })], aPerson, today, today)).toMatchObject({
			error: { code: 'already-coordinator' },
		});
	});

	test('takes somebody back, and cancels a successor who has not begun', () => {
		const past = anAssignment({ personId: jonas, until: '2026-10-01' });
		const planned = anAssignment({ from: '2026-12-01' });
		expect(assignCoordinator([past], aPerson, today, today).ok).toBe(true);
		expect(assignCoordinator([anAssignment({ personId: jonas, until: '2026-11-30' }), planned], aPerson, today, today).ok).toBe(
			true,
		);
	});
});
