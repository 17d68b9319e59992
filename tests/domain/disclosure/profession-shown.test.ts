import { expect, test } from 'vitest';
import { showsProfessions } from '../../../domain/disclosure/profession-shown.ts';

test('who reads the plan is told the professions, who does not is told none', () => {
	expect([showsProfessions({ team: true }), showsProfessions({ team: false })]).toEqual([true, false]);
});
