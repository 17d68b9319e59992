import { expect, test } from 'vitest';
import { ageOn } from '../../../domain/citizen/age.ts';

test.each([
	['1999-11-23', '2026-11-22', 26],
	['1999-11-22', '2026-11-22', 27],
	['2004-02-29', '2026-02-28', 21],
	['2004-02-29', '2026-03-01', 22],
	['2026-11-22', '2026-11-22', 0],
])('born %s is on %s %i years old', (born, today, years) => {
	expect(ageOn(born, today)).toBe(years);
});
