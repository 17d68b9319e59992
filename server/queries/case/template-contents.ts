import type { Executor } from '../../../db/client.ts';
import { loadTemplateContents } from '../../../db/repo/case-read.ts';
import type { TemplateVersionId } from '../../../domain/ids.ts';
import { templateContentSchema, type TemplateContent } from '../../../domain/programme/template.ts';

/** More versions than a municipality's running cases rest on; the one kept longest goes first. */
const MOST_KEPT = 200;

/** A published version never changes, so each is read and checked once in a process. It holds nothing about anybody. */
const kept = new Map<TemplateVersionId, TemplateContent>();

export async function loadTemplates(
	tx: Executor,
	ids: readonly TemplateVersionId[],
): Promise<ReadonlyMap<TemplateVersionId, TemplateContent>> {
	const found = new Map<TemplateVersionId, TemplateContent>();
	for (const id of ids) {
		const content = kept.get(id);
		if (content) found.set(id, content);
	}
	const missing = ids.filter((id) => !found.has(id));
	for (const [id, content] of missing.length > 0 ? await loadTemplateContents(tx, missing) : []) {
		const parsed = templateContentSchema.parse(content);
		found.set(id, parsed);
		keep(id, parsed);
	}
	return found;
}

/** The version a case rests on; a case cannot be without one. */
export async function loadTemplate(tx: Executor, id: TemplateVersionId): Promise<TemplateContent> {
	const content = (await loadTemplates(tx, [id])).get(id);
	if (!content) throw new Error('a case rests on a template version that is not there');
	return content;
}

function keep(id: TemplateVersionId, content: TemplateContent): void {
	const oldest = kept.size >= MOST_KEPT ? kept.keys().next().value : undefined;
	if (oldest) kept.delete(oldest);
	kept.set(id, content);
}
