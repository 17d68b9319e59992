import { z } from 'zod';
import { contextSchema, mechanismSchema, milestoneSchema, trackTypeSchema } from '../../../domain/programme/template.ts';

/** The part of a case's template that explains its tracks; domain/programme/offers.ts reads it. */
export const caseProgrammeSchema = z.object({
	trackTypes: z.array(trackTypeSchema),
	milestones: z.array(milestoneSchema),
	mechanisms: z.array(mechanismSchema),
	contexts: z.array(contextSchema),
});
export type CaseProgramme = z.infer<typeof caseProgrammeSchema>;
