import { z } from 'zod';
import type { Executor } from '../../../db/client.ts';
import { loadReach, type Standing } from '../../../db/repo/access.ts';
import { loadTemplateContents } from '../../../db/repo/case-read.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import { mayRate, maySeeCase, type Reach } from '../../../domain/policy.ts';
import { templateContentSchema, type TemplateContent } from '../../../domain/programme/template.ts';
import { RATED_AS } from '../../../domain/rating/rating.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { CommandContext } from '../context.ts';

/** As many milestones as a template could sensibly have. */
const MAX_AT_ONCE = 32;
const milestoneSchema = z.string().min(1).max(64);

export const givenRatingsSchema = z.object({
	week: isoWeekSchema,
	/** For oneself, or what the citizen says. */
	as: z.enum(RATED_AS),
	ratings: z
		.array(z.object({ milestone: milestoneSchema, value: z.int() }))
		.min(1)
		.max(MAX_AT_ONCE)
		.refine((ratings) => isWithoutRepetition(ratings.map(({ milestone }) => milestone))),
});
export type GivenRatingsInput = z.infer<typeof givenRatingsSchema>;

export const revealedRoundsSchema = z.object({
	week: isoWeekSchema,
	milestones: z.array(milestoneSchema).min(1).max(MAX_AT_ONCE).refine(isWithoutRepetition),
});
export type RevealedRoundsInput = z.infer<typeof revealedRoundsSchema>;

export type RatingCaseRefusal = { readonly code: 'not-found' | 'forbidden' | 'case-closed' };

export interface RateableCase extends Standing {
	readonly reach: Reach;
	readonly template: TemplateContent;
}

/** A case whose milestones the caller may rate. */
export async function rateableCase(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
): Promise<Result<RateableCase, RatingCaseRefusal>> {
	const found = await loadReach(tx, ctx.signedIn.actor, caseId, ctx.now());
	if (!found || !maySeeCase(found.reach)) return refuse({ code: 'not-found' });
	if (!found.reach.team) return refuse({ code: 'forbidden' });
	if (!mayRate(found.facts, found.reach)) return refuse({ code: 'case-closed' });
	const { templateVersionId } = found.case;
	const contents = await loadTemplateContents(tx, [templateVersionId]);
	return ok({ ...found, template: templateContentSchema.parse(contents.get(templateVersionId)) });
}

/** Ids and closed words only, as the audit log wants them. */
export function subjectOf(caseId: CaseId, week: string, milestones: readonly string[]): Record<string, string> {
	return { caseId, week, milestones: milestones.toSorted().join(' ') };
}

function isWithoutRepetition(milestones: readonly string[]): boolean {
	return new Set(milestones).size === milestones.length;
}
