import { expect, test } from 'vitest';
import { aStaffedCase, NOON, someCaseKeys } from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';
import { loadStanding } from '../../db/repo/access.ts';

const db = await aDatabase();

test('a staffed case stands', async () => {
	const made = await aStaffedCase(db.orm, someCaseKeys());
	const found = await loadStanding(db.orm, made.case.id, made.teacher.id, NOON);
	expect(found?.standing).toEqual({ grants: [{ placementId: null, adds: [] }], isCoordinator: true });
});
