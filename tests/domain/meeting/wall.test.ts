import { describe, expect, test } from 'vitest';
import { dottedInitialsOf, firstNameOf, hasOutlivedApproval, WALL_SCREEN_MS } from '../../../domain/meeting/wall.ts';

describe('what a wall says of a name', () => {
	test.each([
		['Amina Holm', 'Amina', 'A.H.'],
		['Åse Marie  Østergård', 'Åse', 'Å.Ø.'],
		[' Prince ', 'Prince', 'P.'],
		['', '', ''],
		['𝒜da von Ørsted', '𝒜da', '𝒜.Ø.'],
	])('%j is %j on the stage and %j in the agenda', (name, first, initials) => {
		expect(firstNameOf(name)).toBe(first);
		expect(dottedInitialsOf(name)).toBe(initials);
	});
});

test('an approval ends after a working day, on the server’s clock', () => {
	const approvedAt = new Date('2026-11-25T08:00:00Z');
	expect(hasOutlivedApproval(approvedAt, new Date(approvedAt.getTime() + WALL_SCREEN_MS - 1))).toBe(false);
	expect(hasOutlivedApproval(approvedAt, new Date(approvedAt.getTime() + WALL_SCREEN_MS))).toBe(true);
});
