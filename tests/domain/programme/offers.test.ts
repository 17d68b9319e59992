import { expect, test } from 'vitest';
import { defaultTemplate } from '../../../domain/programme/default-templates.ts';
import { offersAgainst, offersOf, problemsOf, remindersFor } from '../../../domain/programme/offers.ts';

const template = defaultTemplate('parallel');
const loneliness = template.mechanisms.find(({ problem }) => problem.en.startsWith('Loneliness'))!.problem;

test('every problem is named once, though several tracks meet it', () => {
	const problems = problemsOf(template);
	expect(problems).toHaveLength(13);
	expect(problems.filter(({ da }) => da === loneliness.da)).toHaveLength(1);
});

test('a problem is answered with what meets it, in which track, and the milestone it leads to', () => {
	expect(offersAgainst(template, loneliness).map(({ track, milestone }) => [track.en, milestone.en])).toEqual([
		['Psychologist', 'Part of a professional community'],
		['Group teaching', 'Part of a professional community'],
		['Social mentor', 'Part of a professional community'],
	]);
});

test('a track is explained by everything it meets; one the template says nothing of by nothing', () => {
	expect(offersOf(template, 'company-placement')).toHaveLength(5);
	expect(offersOf(template, 'practical-help')).toEqual([]);
});

test('a chosen track reminds of its own contexts first, then of those of every track', () => {
	const reminders = remindersFor(template, 'exercise');
	expect(reminders[0]?.id).toBe('exercise-fits');
	expect(reminders.slice(1).every(({ trackType }) => trackType === null)).toBe(true);
	expect(reminders.length).toBeGreaterThan(3);
});
