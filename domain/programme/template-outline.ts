import type { Label, TemplateContent } from './template.ts';

export const TEMPLATE_PARTS = [
	'programme',
	'track',
	'milestone',
	'mechanism',
	'context',
	'phase',
	'step',
	'outcome',
	'scale',
	'referrer',
	'criterion',
	'purpose',
	'rules',
] as const;
export type TemplatePart = (typeof TEMPLATE_PARTS)[number];

/** Something a row says. Two are the same when their keys are: a renamed track does not change what points to it. */
export interface TemplateFact {
	readonly key: string;
	/** Words of the template, or plain text; null for nothing said, or for "every track". */
	readonly said: Label | string | boolean | null;
}

/** One row of a template, whatever part it stands in. */
export interface OutlineRow {
	readonly part: TemplatePart;
	readonly id: string;
	readonly label: Label | null;
	/** The phase a step stands in. */
	readonly within: Label | null;
	/** By the name of the field. */
	readonly facts: Readonly<Record<string, TemplateFact>>;
}

/** A template as rows in the order they are read, so that two versions can be compared row by row. */
export function outlineOf(content: TemplateContent): OutlineRow[] {
	const { placementRules, targetGroup } = content;
	const track = (id: string | null) => reference(content.trackTypes, id);
	return [
		labelled('programme')({ id: 'name', label: content.name }),
		...content.trackTypes.map(({ id, label, short, jobDirected, shownWithCitizenPresent }) =>
			row('track', id, label, {
				label: words(label),
				short: words(short),
				jobDirected: truth(jobDirected),
				shownWithCitizenPresent: truth(shownWithCitizenPresent),
			}),
		),
		...content.milestones.map(labelled('milestone')),
		...content.mechanisms.map(({ id, problem, active, leadsTo, trackType, milestone, source }) =>
			row('mechanism', id, problem, {
				problem: words(problem),
				active: words(active),
				trackType: track(trackType),
				milestone: reference(content.milestones, milestone),
				leadsTo: words(leadsTo),
				source: text(source),
			}),
		),
		...content.contexts.map(({ id, label, remindWhen, trackType, source }) =>
			row('context', id, label, {
				label: words(label),
				trackType: track(trackType),
				remindWhen: words(remindWhen),
				source: text(source),
			}),
		),
		...content.phases.items.flatMap(phaseRows),
		...content.outcomes.map(({ id, label, group }) =>
			row('outcome', id, label, { label: words(label), group: { key: group, said: group } }),
		),
		...content.ratingScale.steps.map(({ value, label }) => labelled('scale')({ id: String(value), label })),
		...content.referrers.map(labelled('referrer')),
		...targetGroup.criteria.map(unlabelled('criterion')),
		...placementRules.purposes.map(unlabelled('purpose')),
		row('rules', 'rules', null, {
			durationsWeeks: text(placementRules.durationsWeeks.join(', ')),
			centreMinPlaces: text(String(placementRules.centreMinPlaces)),
		}),
	];
}

function phaseRows(phase: TemplateContent['phases']['items'][number]): OutlineRow[] {
	const steps = phase.steps.map((step) => ({
		...unlabelled('step')(step),
		id: `${phase.id} ${words(step).key}`,
		within: phase.label,
		facts: { advice: advice(step.advice) },
	}));
	return [labelled('phase')(phase), ...steps];
}

function row(part: TemplatePart, id: string, label: Label | null, facts: OutlineRow['facts']): OutlineRow {
	return { part, id, label, within: null, facts };
}

function labelled(part: TemplatePart) {
	return ({ id, label }: { readonly id: string; readonly label: Label }) => row(part, id, label, { label: words(label) });
}

/** What has no id is what it says: said otherwise, it is another. */
function unlabelled(part: TemplatePart) {
	return ({ da, en }: Label) => row(part, words({ da, en }).key, { da, en }, {});
}

function words(label: Label): TemplateFact {
	return { key: `${label.da}\n${label.en}`, said: { da: label.da, en: label.en } };
}

function text(said: string): TemplateFact {
	return { key: said, said: said || null };
}

function truth(said: boolean): TemplateFact {
	return { key: String(said), said };
}

function advice(list: readonly Label[]): TemplateFact {
	const joined = { da: list.map(({ da }) => da).join(' · '), en: list.map(({ en }) => en).join(' · ') };
	return { key: words(joined).key, said: list.length > 0 ? joined : null };
}

function reference(items: readonly { readonly id: string; readonly label: Label }[], id: string | null): TemplateFact {
	return { key: id ?? '', said: items.find((item) => item.id === id)?.label ?? null };
}
