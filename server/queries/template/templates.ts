import { z } from 'zod';
import { idSchema, type TemplateVersionId } from '../../../domain/ids.ts';
import { labelSchema, templateContentSchema } from '../../../domain/programme/template.ts';

const day = z.string();

/** One version without what it says. */
export const templateVersionViewSchema = z.object({
	id: idSchema<TemplateVersionId>(),
	version: z.number().int(),
	validFrom: day,
	/** The last day, included; null while no end is known. */
	validUntil: day.nullable(),
	/** Valid today: a new case gets it. */
	current: z.boolean(),
	/** Cases that started with it, closed ones too. */
	cases: z.number().int(),
});
export type TemplateVersionView = z.infer<typeof templateVersionViewSchema>;

export const templateListEntrySchema = z.object({
	key: z.string(),
	/** As the newest version names it. */
	name: labelSchema,
	/** Newest first. */
	versions: z.array(templateVersionViewSchema),
});
export type TemplateListEntry = z.infer<typeof templateListEntrySchema>;

/** One template with one of its versions laid open, and the one before that to compare with. */
export const templateDetailSchema = templateListEntrySchema.extend({
	shown: z.number().int(),
	content: templateContentSchema,
	/** Null for the first version. */
	before: templateContentSchema.nullable(),
	today: day,
});
export type TemplateDetail = z.infer<typeof templateDetailSchema>;
