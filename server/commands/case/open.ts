import { newId } from '../../../board/new-id.ts';
import { type Executor, transaction } from '../../../db/client.ts';
import { insertCase } from '../../../db/repo/case.ts';
import { findCitizen } from '../../../db/repo/citizen.ts';
import { insertRightsChange } from '../../../db/repo/rights-change.ts';
import { findTeam } from '../../../db/repo/team.ts';
import { type StoredTemplateVersion, templatesValidOn } from '../../../db/repo/template.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { templateContentSchema } from '../../../domain/programme/template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { NewCaseInput } from './case.ts';

export type OpenCaseFailure = { readonly code: 'forbidden' | 'not-found' | 'no-template' | 'no-such-phase' };

/** One course of one citizen with one team. The template version it starts with is the one it ends with. */
export async function handleOpenCase(
	ctx: CommandContext,
	input: NewCaseInput,
): Promise<Result<{ readonly caseId: CaseId }, OpenCaseFailure>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	const result = await transaction(ctx.db, (tx) => open(ctx, tx, input));
	if (result.ok) {
		ctx.announce({ kind: 'case', caseId: result.value.caseId });
		ctx.announce({ kind: 'rights' });
	}
	return result;
}

async function open(
	ctx: CommandContext,
	tx: Executor,
	{ citizenId, teamId, templateKey, phase, releaseDay }: NewCaseInput,
): Promise<Result<{ readonly caseId: CaseId }, OpenCaseFailure>> {
	const { hostId: organisationId } = ctx.signedIn;
	const at = ctx.now();
	const [citizen, team] = [await findCitizen(tx, citizenId), await findTeam(tx, teamId)];
	if (citizen?.organisationId !== organisationId || team?.organisationId !== organisationId) return refuse({ code: 'not-found' });
	const template = (await templatesValidOn(tx, organisationId, dayOf(at))).find((each) => each.templateKey === templateKey);
	if (!template) return refuse({ code: 'no-template' });
	const started = startingPhase(template, phase);
	if (!started.ok) return started;

	const caseId = newId<CaseId>(at.getTime());
	const dataKeyId = await ctx.keys.create(tx, at);
	await insertCase(tx, {
		id: caseId,
		organisationId,
		citizenId,
		teamId,
		templateVersionId: template.id,
		dataKeyId,
		phase: started.value,
		releaseDay,
		openedAt: at,
	});
	await ctx.log.ensureDocuments(tx, caseId);
	await insertRightsChange(tx, { caseId, personId: null, at });
	await record(ctx, tx, caseId, { action: 'case.open', subject: { caseId, citizenId, teamId, templateVersionId: template.id } });
	return ok({ caseId });
}

/** Undefined in, the template's first out. */
function startingPhase(
	template: StoredTemplateVersion,
	wanted: string | undefined,
): Result<string, { readonly code: 'no-such-phase' }> {
	const { items } = templateContentSchema.parse(template.content).phases;
	const phase = wanted === undefined ? items[0] : items.find(({ id }) => id === wanted);
	return phase ? ok(phase.id) : refuse({ code: 'no-such-phase' });
}
