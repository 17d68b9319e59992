/** What is wrong with one field of a template, by its path. */
export interface TemplateFault {
	readonly path: readonly (string | number)[];
	readonly code: 'unknown-track' | 'unknown-milestone' | 'unknown-id' | 'id-twice' | 'scale-not-rising';
}

interface WithId {
	readonly id: string;
}
type WithIds = readonly WithId[];

/** As much of a template as speaks of its own parts. */
export interface References {
	readonly trackTypes: WithIds;
	readonly phases: { readonly items: WithIds };
	readonly milestones: WithIds;
	readonly mechanisms: readonly (WithId & { readonly trackType: string; readonly milestone: string })[];
	readonly contexts: readonly (WithId & { readonly trackType: string | null })[];
	readonly outcomes: WithIds;
	readonly referrers: WithIds;
	readonly ratingScale: { readonly steps: readonly { readonly value: number }[] };
}

/** Every list whose members have ids, with where it stands. */
export function listsOf(content: References): readonly { readonly path: readonly string[]; readonly items: WithIds }[] {
	return [
		{ path: ['trackTypes'], items: content.trackTypes },
		{ path: ['phases', 'items'], items: content.phases.items },
		{ path: ['milestones'], items: content.milestones },
		{ path: ['mechanisms'], items: content.mechanisms },
		{ path: ['contexts'], items: content.contexts },
		{ path: ['outcomes'], items: content.outcomes },
		{ path: ['referrers'], items: content.referrers },
	];
}

/** What one part of a template says of another must be there, every id is used once, and a scale rises one by one. */
export function referenceFaults(content: References): TemplateFault[] {
	const tracks = idsOf(content.trackTypes);
	const milestones = idsOf(content.milestones);
	return [
		...content.mechanisms.flatMap(({ trackType, milestone }, index): TemplateFault[] => [
			...(tracks.has(trackType) ? [] : [{ path: ['mechanisms', index, 'trackType'], code: 'unknown-track' } as const]),
			...(milestones.has(milestone) ? [] : [{ path: ['mechanisms', index, 'milestone'], code: 'unknown-milestone' } as const]),
		]),
		...content.contexts.flatMap(({ trackType }, index): TemplateFault[] =>
			trackType === null || tracks.has(trackType) ? [] : [{ path: ['contexts', index, 'trackType'], code: 'unknown-track' }],
		),
		...listsOf(content).flatMap(({ path, items }) =>
			twice(items).map((index) => ({ path: [...path, index, 'id'], code: 'id-twice' }) as const),
		),
		...content.ratingScale.steps.flatMap(({ value }, index, steps): TemplateFault[] =>
			value === (steps[index - 1]?.value ?? value - 1) + 1
				? []
				: [{ path: ['ratingScale', 'steps', index, 'value'], code: 'scale-not-rising' }],
		),
	];
}

function idsOf(items: WithIds): ReadonlySet<string> {
	return new Set(items.map(({ id }) => id));
}

function twice(items: WithIds): number[] {
	return items.flatMap(({ id }, index) => (items.findIndex((other) => other.id === id) < index ? [index] : []));
}
