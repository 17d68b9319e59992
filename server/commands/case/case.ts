import { z } from 'zod';
import { idSchema, type CitizenId, type TeamId } from '../../../domain/ids.ts';
import { isDay } from '../../../domain/iso-week.ts';

export const newCaseSchema = z.object({
	citizenId: idSchema<CitizenId>(),
	teamId: idSchema<TeamId>(),
	/** The newest version valid today is taken, and kept for as long as the case lasts. */
	templateKey: z.string().min(1).max(64),
	/** A phase of that template; its first one when nothing is said. */
	phase: z.string().max(64).optional(),
	releaseDay: z.string().refine(isDay).nullable().default(null),
});
export type NewCaseInput = z.infer<typeof newCaseSchema>;

export const newPhaseSchema = z.object({
	/** A phase id of the template the case started with. */
	phase: z.string().min(1).max(64),
	/** The phase the caller saw. */
	seen: z.string().max(64).nullable(),
});
export type NewPhaseInput = z.infer<typeof newPhaseSchema>;
