import { and, asc, count, desc, eq, gte, isNull, lte, or } from 'drizzle-orm';
import type { OrganisationId, TemplateVersionId } from '../../domain/ids.ts';
import type { Day } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { citizenCase, templateVersion } from '../schema/cases.ts';

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

/** Every version of every template: by key, newest first. */
export async function templateVersionsOf(
	tx: Executor,
	organisationId: OrganisationId,
): Promise<readonly StoredTemplateVersion[]> {
	const rows = await tx
		.select()
		.from(templateVersion)
		.where(eq(templateVersion.organisationId, organisationId))
		.orderBy(asc(templateVersion.templateKey), desc(templateVersion.version));
	return rows.map(branded);
}

/** Every version of one template, newest first; who changes their days locks them until the commit. */
export async function versionsOfTemplate(
	tx: Executor,
	organisationId: OrganisationId,
	templateKey: string,
	lock?: 'for-update',
): Promise<readonly StoredTemplateVersion[]> {
	const query = tx
		.select()
		.from(templateVersion)
		.where(and(eq(templateVersion.organisationId, organisationId), eq(templateVersion.templateKey, templateKey)))
		.orderBy(desc(templateVersion.version));
	const rows = await (lock ? query.for('update') : query);
	return rows.map(branded);
}

/** The one thing about a version that changes: its last day. */
export async function saveLastDay(tx: Executor, id: TemplateVersionId, validUntil: Day): Promise<void> {
	await tx.update(templateVersion).set({ validUntil }).where(eq(templateVersion.id, id));
}

/** How many cases started with each version, closed ones too; a version nobody used is not in it. */
export async function caseCountsByTemplate(
	tx: Executor,
	organisationId: OrganisationId,
): Promise<ReadonlyMap<TemplateVersionId, number>> {
	const rows = await tx
		.select({ id: citizenCase.templateVersionId, cases: count() })
		.from(citizenCase)
		.where(eq(citizenCase.organisationId, organisationId))
		.groupBy(citizenCase.templateVersionId);
	return new Map(rows.map(({ id, cases }) => [id as TemplateVersionId, cases]));
}

function branded(row: typeof templateVersion.$inferSelect): StoredTemplateVersion {
	return { ...row, id: row.id as TemplateVersionId, organisationId: row.organisationId as OrganisationId }; // safe: written by us
}
