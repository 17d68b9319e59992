import { z } from 'zod';
import { idSchema, type PersonId } from '../../../domain/ids.ts';
import { isDay } from '../../../domain/iso-week.ts';

export const newCoordinatorSchema = z.object({
	personId: idSchema<PersonId>(),
	/** Today when nothing is said. */
	fromDay: z.string().refine(isDay).optional(),
});
export type NewCoordinatorInput = z.infer<typeof newCoordinatorSchema>;
