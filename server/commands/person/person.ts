import { z } from 'zod';
import { idSchema, type OrganisationId } from '../../../domain/ids.ts';
import { PROFESSIONS } from '../../../domain/people.ts';

/** Longer than a guess, short enough for a sentence. */
const PASSWORD_MIN_LENGTH = 12;
const PASSWORD_MAX_LENGTH = 128;

export const newPersonSchema = z.object({
	organisationId: idSchema<OrganisationId>(),
	name: z.string().trim().min(1).max(120),
	email: z.email().max(254).toLowerCase(),
	profession: z.enum(PROFESSIONS),
	/** Told to the person by whoever creates them; kept as a hash, answered by nothing. */
	password: z.string().min(PASSWORD_MIN_LENGTH).max(PASSWORD_MAX_LENGTH),
});
export type NewPersonInput = z.infer<typeof newPersonSchema>;
