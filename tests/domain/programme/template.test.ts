import { describe, expect, test } from 'vitest';
import { DEFAULT_TEMPLATE_KEYS, defaultTemplate } from '../../../domain/programme/default-templates.ts';
import { templateContentSchema } from '../../../domain/programme/template.ts';

describe.each(DEFAULT_TEMPLATE_KEYS)('the default template %s', (key) => {
	const template = defaultTemplate(key);

	test('has the nine tracks, one of them towards a job, two hidden while the citizen is there', () => {
		expect(template.trackTypes).toHaveLength(9);
		expect(template.trackTypes.filter(({ jobDirected }) => jobDirected).map(({ id }) => id)).toEqual(['company-placement']);
		const hidden = template.trackTypes.filter(({ shownWithCitizenPresent }) => !shownWithCitizenPresent).map(({ id }) => id);
		expect(hidden).toEqual(['psychologist', 'substance-treatment']);
	});

	test('has the eleven milestones and every mechanism leads to one of them', () => {
		expect(template.milestones).toHaveLength(11);
		expect(template.mechanisms.length).toBeGreaterThan(15);
	});

	test('says what is our own suggestion', () => {
		for (const part of [template.phases, template.ratingScale, template.placementRules])
			expect(part.provenance).toBe('default-unverified');
	});

	test('has ids that are used once and short labels that fit a narrow column', () => {
		for (const list of [template.trackTypes, template.phases.items, template.milestones, template.contexts, template.outcomes]) {
			expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
		}
		for (const { short } of template.trackTypes) expect(Math.max(short.da.length, short.en.length)).toBeLessThanOrEqual(9);
	});
});

test('six phases for somebody released from prison, five for a parallel programme', () => {
	expect(defaultTemplate('released-prisoner').phases.items).toHaveLength(6);
	expect(defaultTemplate('parallel').phases.items).toHaveLength(5);
});

test('a mechanism or a context of a track nobody defined is refused', () => {
	const template = defaultTemplate('parallel');
	const [mechanism, context] = [template.mechanisms[0]!, template.contexts[0]!];
	expect(templateContentSchema.safeParse({ ...template, mechanisms: [{ ...mechanism, trackType: 'unheard-of' }] }).success).toBe(
		false,
	);
	expect(templateContentSchema.safeParse({ ...template, mechanisms: [{ ...mechanism, milestone: 'unheard-of' }] }).success).toBe(
		false,
	);
	expect(templateContentSchema.safeParse({ ...template, contexts: [{ ...context, trackType: 'unheard-of' }] }).success).toBe(
		false,
	);
	expect(templateContentSchema.safeParse(template).success).toBe(true);
});
