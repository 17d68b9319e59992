import { dayOf } from '../../../domain/iso-week.ts';
import type { Problem, ProblemCode } from '../../../server/api/problem.ts';
import type { TemplateDetail } from '../../../server/api/templates.ts';
import { problemOf } from '../api/answer.ts';
import { parseDay } from '../../../domain/day-words.ts';
import type { TemplateDraft } from './draft.svelte.ts';

/** What publishing came to. Only the first takes the draft away. */
export type PublishAnswer =
	| { readonly kind: 'published'; readonly version: number }
	/** Somebody else published from the same version. */
	| { readonly kind: 'changed' }
	/** By the path of a field in the template, or `validFrom`: why it was refused. */
	| { readonly kind: 'wrong'; readonly faults: ReadonlyMap<string, string> }
	| { readonly kind: 'day'; readonly code: 'valid-from-in-the-past' | 'valid-from-before-latest' }
	/** Without a code there was no answer at all. */
	| { readonly kind: 'refused'; readonly code?: ProblemCode };

export async function publishVersion(draft: TemplateDraft, personId: string | undefined): Promise<PublishAnswer> {
	const { key, baseVersion, content } = draft;
	const validFrom = parseDay(draft.validFrom, dayOf(new Date())) ?? draft.validFrom;
	try {
		const response = await fetch(`/api/v1/templates/${encodeURIComponent(key)}/versions`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...(personId && { 'x-expected-person': personId }) },
			body: JSON.stringify({ baseVersion, validFrom, content }),
		});
		if (response.ok) return { kind: 'published', version: ((await response.json()) as { version: number }).version };
		return refusalOf(await problemOf(response));
	} catch {
		return { kind: 'refused' };
	}
}

function refusalOf({ code, fields }: Pick<Problem, 'code' | 'fields'>): PublishAnswer {
	if (code === 'template-changed') return { kind: 'changed' };
	if (code === 'valid-from-in-the-past' || code === 'valid-from-before-latest') return { kind: 'day', code };
	if (code === 'invalid-input' && fields)
		return { kind: 'wrong', faults: new Map(fields.map((field) => [field.path.replace(/^content\./, ''), field.code])) };
	return { kind: 'refused', code };
}

/** The newest version, or undefined when there was no answer. */
export async function readNewest(key: string): Promise<TemplateDetail | undefined> {
	try {
		const response = await fetch(`/api/v1/templates/${encodeURIComponent(key)}`);
		return response.ok ? ((await response.json()) as TemplateDetail) : undefined;
	} catch {
		return undefined;
	}
}
