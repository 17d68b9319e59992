/**
 * Stored versions are never rewritten, so what a template says since then is added while it is read. Counting gives a
 * mechanism the same id each time, because a version keeps its order for ever.
 */
export function upgraded(stored: unknown): unknown {
	if (!isRecord(stored)) return stored;
	return {
		targetGroup: { source: '', criteria: [] },
		referrers: [],
		...stored,
		phases: isRecord(stored['phases'])
			? { ...stored['phases'], items: each(stored['phases']['items'], withAdvice) }
			: stored['phases'],
		mechanisms: each(stored['mechanisms'], (mechanism, index) => ({
			id: `mechanism-${index + 1}`,
			leadsTo: mechanism['active'],
			source: '',
			...mechanism,
		})),
		contexts: each(stored['contexts'], (context) => ({ remindWhen: context['label'], ...context })),
	};
}

function withAdvice(phase: Stored): Stored {
	return { ...phase, steps: each(phase['steps'], (step) => ({ advice: [], ...step })) };
}

type Stored = Readonly<Record<string, unknown>>;

/** What is no list, or no object in it, is left for the schema to refuse. */
function each(list: unknown, change: (item: Stored, index: number) => Stored): unknown {
	return Array.isArray(list) ? list.map((item: unknown, index) => (isRecord(item) ? change(item, index) : item)) : list;
}

function isRecord(value: unknown): value is Stored {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
