import { describe, expect, test } from 'vitest';
import { DEFAULT_TEMPLATE_KEYS, defaultTemplate } from '../../../domain/programme/default-templates.ts';
import { listsOf } from '../../../domain/programme/faults.ts';
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

	test('says of every mechanism what it leads to and where that is from, and of every context when to think of it', () => {
		expect(template.mechanisms).toHaveLength(20);
		expect(template.contexts).toHaveLength(23);
		for (const { source } of [...template.mechanisms, ...template.contexts, template.targetGroup]) expect(source).not.toBe('');
		expect([template.outcomes.length, template.ratingScale.steps.length, template.referrers.length]).toEqual([11, 5, 8]);
		expect(template.targetGroup.criteria).toHaveLength(6);
	});

	test('has steps in every phase', () => {
		for (const { steps } of template.phases.items) expect(steps.length).toBeGreaterThan(0);
	});

	test('has ids that are used once and short labels that fit a narrow column', () => {
		for (const list of listsOf(template).map(({ items }) => items)) {
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

test('a field that names what is not there is found by its path', () => {
	const template = defaultTemplate('parallel');
	const [first, second] = [template.mechanisms[0]!, template.milestones[0]!];
	const { error } = templateContentSchema.safeParse({
		...template,
		mechanisms: [{ ...first, milestone: 'gone' }],
		milestones: [second, second, ...template.milestones.slice(1)],
	});
	expect(error?.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
		['mechanisms.0.milestone', 'custom'],
		['milestones.1.id', 'custom'],
	]);
});

test('a version stored before templates said more is read as it was, with nothing made up', () => {
	const { targetGroup: _group, referrers: _referrers, ...template } = defaultTemplate('parallel');
	const old = {
		...template,
		mechanisms: template.mechanisms.map(({ id: _id, leadsTo: _leadsTo, source: _source, ...rest }) => rest),
		contexts: template.contexts.map(({ remindWhen: _remindWhen, ...rest }) => rest),
		phases: {
			...template.phases,
			items: template.phases.items.map((phase) => ({ ...phase, steps: phase.steps.map(({ da, en }) => ({ da, en })) })),
		},
	};
	const read = templateContentSchema.parse(old);
	expect(read.mechanisms.slice(0, 2).map(({ id }) => id)).toEqual(['mechanism-1', 'mechanism-2']);
	expect([read.targetGroup, read.referrers, read.phases.items[0]?.steps[0]?.advice]).toEqual([
		{ source: '', criteria: [] },
		[],
		[],
	]);
	expect(templateContentSchema.parse(read)).toEqual(read);
});
