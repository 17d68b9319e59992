import { type Executor, transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { loadTemplateContents } from '../../../db/repo/case-read.ts';
import { saveCasePhase } from '../../../db/repo/case.ts';
import { setPhase, type SetPhaseRefusal } from '../../../domain/case/set-phase.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { maySeeCase, mayWrite } from '../../../domain/policy.ts';
import { templateContentSchema } from '../../../domain/programme/template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import type { NewPhaseInput } from './case.ts';

export type SetPhaseFailure = { readonly code: 'not-found' | 'forbidden' | 'case-closed' } | SetPhaseRefusal;

/** Whoever writes the team's plan says where in the programme the case stands; the open boards show it at once. */
export async function handleSetPhase(
	ctx: CommandContext,
	caseId: CaseId,
	input: NewPhaseInput,
): Promise<Result<{ readonly phase: string }, SetPhaseFailure>> {
	const result = await transaction(ctx.db, (tx) => set(ctx, tx, caseId, input));
	if (result.ok) ctx.announce({ kind: 'case', caseId });
	return result;
}

async function set(
	ctx: CommandContext,
	tx: Executor,
	caseId: CaseId,
	input: NewPhaseInput,
): Promise<Result<{ readonly phase: string }, SetPhaseFailure>> {
	const { actor } = ctx.signedIn;
	const found = await loadReach(tx, actor, caseId, ctx.now());
	if (!found || !maySeeCase(found.reach)) return refuse({ code: 'not-found' });
	if (!mayWrite(actor, found.facts, found.reach, { kind: 'team' }))
		return refuse({ code: found.facts.closed && found.reach.team ? 'case-closed' : 'forbidden' });

	const { templateVersionId, phase: current } = found.case;
	const contents = await loadTemplateContents(tx, [templateVersionId]);
	const { phases } = templateContentSchema.parse(contents.get(templateVersionId));
	const phase = setPhase(phases.items, current, input);
	if (!phase.ok) return phase;

	if (!(await saveCasePhase(tx, caseId, current, phase.value))) return refuse({ code: 'phase-changed' });
	await record(ctx, tx, caseId, { action: 'case.set-phase', subject: { caseId, phase: phase.value, before: current ?? '' } });
	return ok({ phase: phase.value });
}
