import { z } from 'zod';
import { type StoredTemplateVersion, versionsOfTemplate } from '../../../db/repo/template.ts';
import type { Executor } from '../../../db/client.ts';
import { isDay } from '../../../domain/iso-week.ts';
import { type TemplateContent, templateContentSchema, templateDraftSchema } from '../../../domain/programme/template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { CommandContext } from '../context.ts';

export const templateKeySchema = z.string().min(1).max(64);

const basedOn = {
	/** The newest version when whoever writes began. */
	baseVersion: z.number().int().positive(),
};

export const newTemplateVersionSchema = z.object({
	...basedOn,
	validFrom: z.string().refine(isDay),
	content: templateDraftSchema,
});
export type NewTemplateVersionInput = z.infer<typeof newTemplateVersionSchema>;

export const retireTemplateSchema = z.object({
	...basedOn,
	/** The first day no case is opened by it any more. */
	from: z.string().refine(isDay),
});
export type RetireTemplateInput = z.infer<typeof retireTemplateSchema>;

export type ReadVersion = StoredTemplateVersion & { readonly content: TemplateContent };

/** Every version, newest first, locked until the commit. */
export async function lockedTemplate(
	{ signedIn: { hostId } }: CommandContext,
	tx: Executor,
	key: string,
): Promise<Result<readonly [ReadVersion, ...ReadVersion[]], { readonly code: 'not-found' }>> {
	const rows = await versionsOfTemplate(tx, hostId, key, 'for-update');
	const [latest, ...earlier] = rows.map((row) => ({ ...row, content: templateContentSchema.parse(row.content) }));
	return latest ? ok([latest, ...earlier]) : refuse({ code: 'not-found' });
}
