import { z } from 'zod';
import { ACCESS_BASES } from '../../../domain/disclosure/access-basis.ts';
import { idSchema, type PersonId, type PlacementId } from '../../../domain/ids.ts';
import { isDay } from '../../../domain/iso-week.ts';

export const newAccessSchema = z.object({
	personId: idSchema<PersonId>(),
	/** For a company mentor: the one placement the access is about. */
	placementId: idSchema<PlacementId>().nullable().default(null),
	basis: z.enum(ACCESS_BASES),
	/** The last day, included. */
	untilDay: z.string().refine(isDay),
	addsClinical: z.boolean().default(false),
	addsJustice: z.boolean().default(false),
});
export type NewAccessInput = z.infer<typeof newAccessSchema>;
