import { listsOf } from './faults.ts';
import type { Label, TemplateContent } from './template.ts';
import { newWord } from './word.ts';

/** Gives what is new in a draft its id, and lets what speaks of it say that id. */
export function settledIds(draft: TemplateContent, versions: readonly TemplateContent[]): TemplateContent {
	const used = usedIds([draft, ...versions]);
	const settle = <Item extends { readonly id: string }>(list: string, items: readonly Item[], labelOf: (item: Item) => Label) => {
		const words = used.get(list)!; // of listsOf
		return items.map((item) => {
			if (!item.id.startsWith('+')) return item;
			const id = newWord(labelOf(item), words);
			words.add(id);
			return { ...item, id };
		});
	};
	const byLabel = ({ label }: { readonly label: Label }) => label;
	const trackTypes = settle('trackTypes', draft.trackTypes, byLabel);
	const milestones = settle('milestones', draft.milestones, byLabel);
	const track = renaming(draft.trackTypes, trackTypes);
	const milestone = renaming(draft.milestones, milestones);
	return {
		...draft,
		trackTypes,
		milestones,
		phases: { ...draft.phases, items: settle('phases.items', draft.phases.items, byLabel) },
		mechanisms: settle('mechanisms', draft.mechanisms, ({ problem }) => problem).map((each) => ({
			...each,
			trackType: track(each.trackType),
			milestone: milestone(each.milestone),
		})),
		contexts: settle('contexts', draft.contexts, byLabel).map((each) => ({
			...each,
			trackType: each.trackType === null ? null : track(each.trackType),
		})),
		outcomes: settle('outcomes', draft.outcomes, byLabel),
		referrers: settle('referrers', draft.referrers, byLabel),
	};
}

/** By list, every id that any version ever had. */
function usedIds(versions: readonly TemplateContent[]): ReadonlyMap<string, Set<string>> {
	const used = new Map<string, Set<string>>();
	for (const { path, items } of versions.flatMap(listsOf)) {
		const words = used.get(path.join('.')) ?? new Set();
		for (const { id } of items) words.add(id);
		used.set(path.join('.'), words);
	}
	return used;
}

function renaming(before: readonly { readonly id: string }[], after: readonly { readonly id: string }[]) {
	const ids = new Map(before.map(({ id }, index) => [id, after[index]?.id ?? id]));
	return (id: string) => ids.get(id) ?? id;
}
