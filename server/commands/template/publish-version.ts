import { newId } from '../../../board/new-id.ts';
import type { Executor } from '../../../db/client.ts';
import { insertTemplateVersion, saveLastDay } from '../../../db/repo/template.ts';
import type { TemplateVersionId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { mayEditTemplates } from '../../../domain/policy.ts';
import { publishTemplate, type PublishTemplateRefusal } from '../../../domain/programme/publish-template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record, transactionUnlessTaken } from '../context.ts';
import { lockedTemplate, type NewTemplateVersionInput } from './template.ts';

export type PublishTemplateFailure = { readonly code: 'forbidden' | 'not-found' } | PublishTemplateRefusal;

export interface PublishedVersion {
	readonly id: TemplateVersionId;
	readonly version: number;
}

/** Cases that run keep the version they have; who opens one from that day on gets this. */
export async function handlePublishTemplateVersion(
	ctx: CommandContext,
	key: string,
	input: NewTemplateVersionInput,
): Promise<Result<PublishedVersion, PublishTemplateFailure>> {
	if (!mayEditTemplates(ctx.signedIn.actor, ctx.signedIn.hostId)) return refuse({ code: 'forbidden' });
	// Two at once: who comes second meets the number of the first.
	return transactionUnlessTaken(ctx, { template_version_number: 'template-changed' }, (tx) => publish(ctx, tx, key, input));
}

async function publish(
	ctx: CommandContext,
	tx: Executor,
	key: string,
	input: NewTemplateVersionInput,
): Promise<Result<PublishedVersion, PublishTemplateFailure>> {
	const versions = await lockedTemplate(ctx, tx, key);
	if (!versions.ok) return versions;
	const [latest] = versions.value;
	const at = ctx.now();
	const published = publishTemplate(versions.value, input, dayOf(at));
	if (!published.ok) return published;

	const id = newId<TemplateVersionId>(at.getTime());
	const { next, latestValidUntil } = published.value;
	await insertTemplateVersion(tx, { ...next, id, organisationId: latest.organisationId, templateKey: key, createdAt: at });
	if (latest.validUntil !== latestValidUntil) await saveLastDay(tx, latest.id, latestValidUntil);
	await record(ctx, tx, ctx.signedIn.hostId, {
		action: 'template.publish-version',
		subject: { templateVersionId: id, version: String(next.version), from: next.validFrom },
	});
	return ok({ id, version: next.version });
}
