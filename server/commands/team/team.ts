import { z } from 'zod';
import { idSchema, type PersonId } from '../../../domain/ids.ts';

export const newTeamSchema = z.object({ name: z.string().trim().min(1).max(120) });
export type NewTeamInput = z.infer<typeof newTeamSchema>;

export const newMemberSchema = z.object({
	personId: idSchema<PersonId>(),
	/** A lead reads every case of the team and decides who else does. */
	isLead: z.boolean().default(false),
});
export type NewMemberInput = z.infer<typeof newMemberSchema>;
