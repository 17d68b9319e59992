import { and, desc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { OrganisationId, TemplateVersionId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { templateVersion } from '../schema/cases.ts';

/** A version as it stood; `content` is parsed with domain/programme/template.ts by whoever reads it. */
export interface StoredTemplateVersion {
	readonly id: TemplateVersionId;
	readonly organisationId: OrganisationId;
	readonly templateKey: string;
	readonly version: number;
	readonly validFrom: Day;
	readonly validUntil: Day | null;
	readonly content: unknown;
	readonly createdAt: Date;
}

export async function insertTemplateVersion(tx: Executor, row: StoredTemplateVersion): Promise<void> {
	await tx.insert(templateVersion).values(row);
}

/** The newest version of each template that is valid on a day. */
export async function templatesValidOn(
	tx: Executor,
	organisationId: OrganisationId,
	day: Day,
): Promise<readonly StoredTemplateVersion[]> {
	const valid = and(
		eq(templateVersion.organisationId, organisationId),
		lte(templateVersion.validFrom, day),
		or(isNull(templateVersion.validUntil), gte(templateVersion.validUntil, day)),
	);
	const rows = await tx
		.selectDistinctOn([templateVersion.templateKey])
		.from(templateVersion)
		.where(valid)
		.orderBy(templateVersion.templateKey, desc(templateVersion.version));
	return rows.map(branded);
}

function branded(row: typeof templateVersion.$inferSelect): StoredTemplateVersion {
	return { ...row, id: row.id as TemplateVersionId, organisationId: row.organisationId as OrganisationId }; // safe: written by us
}
