import { z } from 'zod';
import { ORGANISATION_KINDS } from '../../../domain/people.ts';

/** A partner of the municipality; the municipality itself is made when the database is. */
export const newOrganisationSchema = z.object({
	name: z.string().trim().min(1).max(120),
	kind: z.enum(ORGANISATION_KINDS),
});
export type NewOrganisationInput = z.infer<typeof newOrganisationSchema>;
