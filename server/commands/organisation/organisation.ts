import { z } from 'zod';
import { OFFLINE_TEXT_RULES } from '../../../domain/offline-text.ts';
import { ORGANISATION_KINDS } from '../../../domain/people.ts';

/** A partner of the municipality; the municipality itself is made when the database is. */
export const newOrganisationSchema = z.object({
	name: z.string().trim().min(1).max(120),
	kind: z.enum(ORGANISATION_KINDS),
});
export type NewOrganisationInput = z.infer<typeof newOrganisationSchema>;

/** Whether unsent words may lie, sealed, on its people's devices. */
export const offlineTextRuleSchema = z.object({ rule: z.enum(OFFLINE_TEXT_RULES) });
export type OfflineTextRuleInput = z.infer<typeof offlineTextRuleSchema>;
