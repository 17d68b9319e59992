import { addDays, type Day } from '../iso-week.ts';
import { ok, refuse, type Result } from '../result.ts';
import { compareTemplates } from './compare-templates.ts';
import { listsOf, type TemplateFault } from './faults.ts';
import { settledIds } from './settled-ids.ts';
import type { TemplateContent } from './template.ts';

/** One version of one template. `validUntil` is the last day, included; null while no end is known. */
export interface TemplateVersion {
	readonly version: number;
	readonly validFrom: Day;
	readonly validUntil: Day | null;
	readonly content: TemplateContent;
}

/** What somebody wrote on top of a version. */
export interface TemplateProposal {
	readonly baseVersion: number;
	readonly validFrom: Day;
	readonly content: TemplateContent;
}

export type PublishTemplateRefusal =
	| { readonly code: 'template-changed' }
	| { readonly code: 'valid-from-in-the-past' }
	| { readonly code: 'valid-from-before-latest' }
	| { readonly code: 'nothing-changed' }
	| { readonly code: 'template-wrong'; readonly faults: readonly TemplateFault[] };

/** The new version, and the last day of the one before it. */
export interface PublishedTemplate {
	readonly next: TemplateVersion;
	readonly latestValidUntil: Day;
}

/**
 * Follows the newest version with another. No day that has been gets another template, because cases were opened by what
 * was valid then. An id keeps meaning what it meant: one that is kept must stand in the newest version, and a new one
 * is made from its label and was never used before.
 *
 * @param versions all of the template, newest first; at least one
 */
export function publishTemplate(
	versions: readonly [TemplateVersion, ...TemplateVersion[]],
	{ baseVersion, validFrom, content }: TemplateProposal,
	today: Day,
): Result<PublishedTemplate, PublishTemplateRefusal> {
	const [latest] = versions;
	if (latest.version !== baseVersion) return refuse({ code: 'template-changed' });
	if (validFrom < today) return refuse({ code: 'valid-from-in-the-past' });
	if (validFrom < latest.validFrom) return refuse({ code: 'valid-from-before-latest' });
	const faults = strangeIds(latest.content, content);
	if (faults.length > 0) return refuse({ code: 'template-wrong', faults });
	if (compareTemplates(latest.content, content).length === 0) return refuse({ code: 'nothing-changed' });
	const dayBefore = addDays(validFrom, -1);
	return ok({
		next: {
			version: latest.version + 1,
			validFrom,
			validUntil: null,
			content: settledIds(
				content,
				versions.map((each) => each.content),
			),
		},
		latestValidUntil: latest.validUntil !== null && latest.validUntil < dayBefore ? latest.validUntil : dayBefore,
	});
}

/** An id that is neither new nor in the version before was made up, or comes from what was removed long ago. */
function strangeIds(before: TemplateContent, after: TemplateContent): TemplateFault[] {
	const known = listsOf(before).map(({ items }) => new Set(items.map(({ id }) => id)));
	return listsOf(after).flatMap(({ path, items }, list) =>
		items.flatMap(({ id }, index): TemplateFault[] =>
			id.startsWith('+') || known[list]?.has(id) ? [] : [{ path: [...path, index, 'id'], code: 'unknown-id' }],
		),
	);
}
