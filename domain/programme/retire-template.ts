import { addDays, type Day } from '../iso-week.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { TemplateVersion } from './publish-template.ts';

export type RetireTemplateRefusal =
	{ readonly code: 'template-changed' } | { readonly code: 'valid-from-in-the-past' } | { readonly code: 'already-ended' };

/**
 * From a day on no case is opened by a template any more; cases that have it keep it. What was planned for later is
 * never valid either.
 *
 * @param versions all of the template, newest first; at least one
 * @returns the versions that end, with their last day
 */
export function retireTemplate(
	versions: readonly [Dated, ...Dated[]],
	{ baseVersion, from }: { readonly baseVersion: number; readonly from: Day },
	today: Day,
): Result<readonly { readonly version: number; readonly validUntil: Day }[], RetireTemplateRefusal> {
	const [latest] = versions;
	if (latest.version !== baseVersion) return refuse({ code: 'template-changed' });
	if (from < today) return refuse({ code: 'valid-from-in-the-past' });
	const validUntil = addDays(from, -1);
	const ending = versions.filter((each) => each.validUntil === null || each.validUntil > validUntil);
	if (ending.length === 0) return refuse({ code: 'already-ended' });
	return ok(ending.map(({ version }) => ({ version, validUntil })));
}

type Dated = Pick<TemplateVersion, 'version' | 'validUntil'>;
