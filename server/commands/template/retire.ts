import { transaction } from '../../../db/client.ts';
import { saveLastDay } from '../../../db/repo/template.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayEditTemplates } from '../../../domain/policy.ts';
import { retireTemplate, type RetireTemplateRefusal } from '../../../domain/programme/retire-template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { lockedTemplate, type RetireTemplateInput } from './template.ts';

export type RetireTemplateFailure = { readonly code: 'forbidden' | 'not-found' } | RetireTemplateRefusal;

/** No case is opened by it any more. Boards that use it go on as before; a later version takes it up again. */
export async function handleRetireTemplate(
	ctx: CommandContext,
	key: string,
	input: RetireTemplateInput,
): Promise<Result<undefined, RetireTemplateFailure>> {
	if (!mayEditTemplates(ctx.signedIn.actor, ctx.signedIn.hostId)) return refuse({ code: 'forbidden' });
	return transaction(ctx.db, async (tx): Promise<Result<undefined, RetireTemplateFailure>> => {
		const versions = await lockedTemplate(ctx, tx, key);
		if (!versions.ok) return versions;
		const retired = retireTemplate(versions.value, input, dayOf(ctx.now()));
		if (!retired.ok) return retired;
		for (const { version, validUntil } of retired.value) {
			const row = versions.value.find((each) => each.version === version);
			if (row) await saveLastDay(tx, row.id, validUntil);
		}
		await record(ctx, tx, ctx.signedIn.hostId, {
			action: 'template.retire',
			subject: { templateVersionId: versions.value[0].id, from: input.from },
		});
		return ok(undefined);
	});
}
