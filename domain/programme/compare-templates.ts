import type { Label, TemplateContent } from './template.ts';
import { outlineOf, TEMPLATE_PARTS, type OutlineRow, type TemplateFact, type TemplatePart } from './template-outline.ts';

/** One sentence about what a version says otherwise than the one before. */
export type TemplateChange =
	| { readonly kind: 'added' | 'removed'; readonly part: TemplatePart; readonly label: Label; readonly within: Label | null }
	/** Rows of a part stand in another order: one sentence, not one a row. */
	| { readonly kind: 'moved'; readonly part: TemplatePart }
	| {
			readonly kind: 'changed';
			readonly part: TemplatePart;
			/** What the row was called; null where a part is one row without a name. */
			readonly label: Label | null;
			readonly within: Label | null;
			readonly field: string;
			readonly from: TemplateFact['said'];
			readonly to: TemplateFact['said'];
	  };

/** Part by part, in the order a template is read. Empty when nothing is said otherwise. */
export function compareTemplates(before: TemplateContent, after: TemplateContent): TemplateChange[] {
	const [was, is] = [Map.groupBy(outlineOf(before), ({ part }) => part), Map.groupBy(outlineOf(after), ({ part }) => part)];
	return TEMPLATE_PARTS.flatMap((part) => comparePart(part, was.get(part) ?? [], is.get(part) ?? []));
}

function comparePart(part: TemplatePart, before: readonly OutlineRow[], after: readonly OutlineRow[]): TemplateChange[] {
	const was = new Map(before.map((row) => [row.id, row]));
	const is = new Set(after.map(({ id }) => id));
	const stayed = before.filter(({ id }) => is.has(id)).map(({ id }) => id);
	const kept = after.filter(({ id }) => was.has(id)).map(({ id }) => id);
	return [
		...after.flatMap((row) => compareRow(was.get(row.id), row)),
		...before.filter(({ id }) => !is.has(id)).flatMap((row) => present('removed', row)),
		...(stayed.join() === kept.join() ? [] : [{ kind: 'moved', part } as const]),
	];
}

function compareRow(before: OutlineRow | undefined, after: OutlineRow): TemplateChange[] {
	if (!before) return present('added', after);
	const { part, label, within } = before;
	return Object.entries(after.facts).flatMap(([field, to]): TemplateChange[] => {
		const from = before.facts[field];
		return from && from.key !== to.key ? [{ kind: 'changed', part, label, within, field, from: from.said, to: to.said }] : [];
	});
}

function present(kind: 'added' | 'removed', { part, label, within }: OutlineRow): TemplateChange[] {
	return label ? [{ kind, part, label, within }] : [];
}
