import { expect, test } from 'vitest';
import { compareTemplates } from '../../../domain/programme/compare-templates.ts';
import { defaultTemplate } from '../../../domain/programme/default-templates.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';

const template = defaultTemplate('parallel');
const label = (words: string) => ({ da: words, en: words });
const compared = (change: Partial<TemplateContent>) => compareTemplates(template, { ...template, ...change });
const [psychologist] = template.trackTypes;

test('a template is not otherwise than itself', () => {
	expect(compareTemplates(template, structuredClone(template))).toEqual([]);
});

test('a track that gets another name is one sentence, and what points to it says nothing', () => {
	const trackTypes = template.trackTypes.map((each) => (each === psychologist ? { ...each, label: label('Samtaler') } : each));
	expect(compared({ trackTypes })).toEqual([
		{
			kind: 'changed',
			part: 'track',
			label: psychologist!.label,
			within: null,
			field: 'label',
			from: psychologist!.label,
			to: label('Samtaler'),
		},
	]);
});

test('what is added and what is removed is named; a mechanism that leads elsewhere says where', () => {
	const [first, ...rest] = template.mechanisms;
	const changes = compared({
		milestones: [...template.milestones, { id: '+1', label: label('Ro') }],
		outcomes: template.outcomes.slice(1),
		mechanisms: [{ ...first!, milestone: '+1' }, ...rest],
	});
	expect(changes.map(({ kind, part }) => [kind, part])).toEqual([
		['added', 'milestone'],
		['changed', 'mechanism'],
		['removed', 'outcome'],
	]);
	expect(changes[1]).toMatchObject({ field: 'milestone', from: template.milestones[5]!.label, to: label('Ro') });
});

test('another order is one sentence', () => {
	const [first, second, ...rest] = template.milestones;
	expect(compared({ milestones: [second!, first!, ...rest] })).toEqual([{ kind: 'moved', part: 'milestone' }]);
});

test('a step is told with the phase it stands in, its advice too', () => {
	const [phase, ...phases] = template.phases.items;
	const [step, ...steps] = phase!.steps;
	const changed = { ...phase!, steps: [{ ...step!, advice: [] }, ...steps, { ...label('Besøg'), advice: [] }] };
	expect(compared({ phases: { ...template.phases, items: [changed, ...phases] } })).toEqual([
		expect.objectContaining({ kind: 'changed', part: 'step', field: 'advice', within: phase!.label, to: null }),
		{ kind: 'added', part: 'step', label: label('Besøg'), within: phase!.label },
	]);
});

test('scale, target group and rules are compared too', () => {
	const changes = compared({
		ratingScale: {
			...template.ratingScale,
			steps: template.ratingScale.steps.map((step) => ({ ...step, label: label(`${step.value}`) })),
		},
		targetGroup: { ...template.targetGroup, criteria: [] },
		placementRules: { ...template.placementRules, centreMinPlaces: 3 },
	});
	expect(changes.filter(({ part }) => part === 'scale')).toHaveLength(5);
	expect(changes.filter(({ kind, part }) => kind === 'removed' && part === 'criterion')).toHaveLength(6);
	expect(changes.at(-1)).toMatchObject({ part: 'rules', field: 'centreMinPlaces', from: '4', to: '3' });
});
