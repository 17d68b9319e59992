import { z } from 'zod';
import { parseCpr } from '../../../domain/citizen/cpr.ts';
import { isDay } from '../../../domain/iso-week.ts';

export const newCitizenSchema = z.object({
	name: z.string().trim().min(1).max(120),
	birthDay: z.string().refine(isDay).nullable().default(null),
	/** Ten digits with or without a hyphen; sealed, and shown again only by an audited act. */
	cpr: z
		.string()
		.refine((raw) => parseCpr(raw) !== undefined)
		.nullable()
		.default(null),
});
export type NewCitizenInput = z.infer<typeof newCitizenSchema>;
