import { expect, test } from 'vitest';
import { showsProfession } from '../../../domain/disclosure/profession-shown.ts';
import { PROFESSIONS } from '../../../domain/people.ts';

test('who reads the plan is told everybody’s profession', () => {
	expect(PROFESSIONS.filter((each) => !showsProfession({ team: true }, each))).toEqual([]);
});

test('who does not is told only those that name no track', () => {
	const told = PROFESSIONS.filter((each) => showsProfession({ team: false }, each));
	expect(told).toEqual(['team-lead', 'case-worker', 'job-consultant', 'company-mentor', 'prison-partner']);
});
