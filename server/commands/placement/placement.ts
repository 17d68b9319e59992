import { z } from 'zod';
import { idSchema, type OrganisationId } from '../../../domain/ids.ts';
import { isDay } from '../../../domain/iso-week.ts';

export const newPlacementSchema = z
	.object({
		companyId: idSchema<OrganisationId>(),
		fromDay: z.string().refine(isDay),
		/** The last day, included; null while nobody knows. */
		untilDay: z.string().refine(isDay).nullable().default(null),
	})
	.refine(({ fromDay, untilDay }) => untilDay === null || untilDay >= fromDay, { path: ['untilDay'] });
export type NewPlacementInput = z.infer<typeof newPlacementSchema>;
