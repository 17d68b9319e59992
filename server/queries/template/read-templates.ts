import { type Executor, transaction } from '../../../db/client.ts';
import { caseCountsByTemplate, type StoredTemplateVersion, templateVersionsOf } from '../../../db/repo/template.ts';
import type { TemplateVersionId } from '../../../domain/ids.ts';
import { dayOf, type Day } from '../../../domain/iso-week.ts';
import { mayEditTemplates } from '../../../domain/policy.ts';
import { templateContentSchema } from '../../../domain/programme/template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { HostQueryContext } from '../admin/host-query-context.ts';
import type { TemplateDetail, TemplateListEntry } from './templates.ts';

/** Templates say nothing of anybody: reading them is not logged. */
export async function listTemplateVersions(
	ctx: HostQueryContext,
): Promise<Result<TemplateListEntry[], { readonly code: 'forbidden' }>> {
	if (!mayEditTemplates(ctx.signedIn.actor, ctx.signedIn.hostId)) return refuse({ code: 'forbidden' });
	return transaction(ctx.db, async (tx) => {
		const { byKey, counts } = await load(ctx, tx);
		const today = dayOf(ctx.now());
		return ok(Array.from(byKey, ([key, versions]) => entryOf(key, versions, counts, today)));
	});
}

/** @param wanted the newest version when left out */
export async function readTemplate(
	ctx: HostQueryContext,
	key: string,
	wanted: number | undefined,
): Promise<Result<TemplateDetail, { readonly code: 'forbidden' | 'not-found' }>> {
	if (!mayEditTemplates(ctx.signedIn.actor, ctx.signedIn.hostId)) return refuse({ code: 'forbidden' });
	return transaction(ctx.db, async (tx) => {
		const { byKey, counts } = await load(ctx, tx);
		const versions = byKey.get(key) ?? [];
		const at = wanted === undefined ? 0 : versions.findIndex(({ version }) => version === wanted);
		const shown = versions[at];
		if (!shown) return refuse({ code: 'not-found' });
		const before = versions[at + 1];
		const today = dayOf(ctx.now());
		return ok({
			...entryOf(key, versions, counts, today),
			shown: shown.version,
			content: templateContentSchema.parse(shown.content),
			before: before ? templateContentSchema.parse(before.content) : null,
			today,
		});
	});
}

async function load({ signedIn: { hostId } }: HostQueryContext, tx: Executor) {
	const rows = await templateVersionsOf(tx, hostId);
	return { byKey: Map.groupBy(rows, ({ templateKey }) => templateKey), counts: await caseCountsByTemplate(tx, hostId) };
}

function entryOf(
	key: string,
	versions: readonly StoredTemplateVersion[],
	counts: ReadonlyMap<TemplateVersionId, number>,
	today: Day,
): TemplateListEntry {
	const current = versions.find(
		({ validFrom, validUntil }) => validFrom <= today && (validUntil === null || validUntil >= today),
	);
	return {
		key,
		name: templateContentSchema.parse(versions[0]?.content).name,
		versions: versions.map(({ id, version, validFrom, validUntil }) => ({
			id,
			version,
			validFrom,
			validUntil,
			current: id === current?.id,
			cases: counts.get(id) ?? 0,
		})),
	};
}
