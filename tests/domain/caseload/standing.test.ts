import { expect, test } from 'vitest';
import { caseGroup, isSilentCase } from '../../../domain/caseload/standing.ts';

const DAY_MS = 86_400_000;

test('a case is silent when nobody has written for a week, or ever', () => {
	expect(isSilentCase(0, 7 * DAY_MS - 1)).toBe(false);
	expect(isSilentCase(0, 7 * DAY_MS)).toBe(true);
	expect(isSilentCase(undefined, 0)).toBe(true);
});

test('what is over stands apart, silence is said before news, and the rest is as before', () => {
	expect(caseGroup({ closed: true, silent: true, hasNews: true })).toBe('closed');
	expect(caseGroup({ closed: false, silent: true, hasNews: true })).toBe('silent');
	expect(caseGroup({ closed: false, silent: false, hasNews: true })).toBe('news');
	expect(caseGroup({ closed: false, silent: false, hasNews: false })).toBe('same');
});
