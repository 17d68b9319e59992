import { z } from 'zod';
import { idSchema, type CaseId, type PersonId, type TeamId } from '../../../domain/ids.ts';

/** `extra` says that another meeting is wanted in a week whose meeting was held. */
export const newMeetingSchema = z.object({ teamId: idSchema<TeamId>(), extra: z.boolean().optional() });
export type NewMeetingInput = z.infer<typeof newMeetingSchema>;

/** Null: between citizens. */
export const moveSchema = z.object({ caseId: idSchema<CaseId>().nullable() });
export type MoveInput = z.infer<typeof moveSchema>;

export const clockSchema = z.object({ running: z.boolean() });
export type ClockInput = z.infer<typeof clockSchema>;

export const borrowSchema = z.object({ minutes: z.int().min(1).max(60) });
export type BorrowInput = z.infer<typeof borrowSchema>;

/** Who waits from now on, in order. `revision` is of the agenda that was looked at: whoever is left out is taken off. */
export const agendaSchema = z.object({ revision: z.int(), caseIds: z.array(idSchema<CaseId>()).max(200) });
export type AgendaInput = z.infer<typeof agendaSchema>;

/** At whom the page that asks sees the meeting: showing more on the wall is meant for nobody else. Null: between citizens. */
const seen = { caseId: idSchema<CaseId>().nullable() };

export const curtainSchema = z.union([z.object({ down: z.literal(true) }), z.object({ down: z.literal(false), ...seen })]);
export type CurtainInput = z.infer<typeof curtainSchema>;

export const citizenPresentSchema = z.union([
	z.object({ present: z.literal(true) }),
	z.object({ present: z.literal(false), ...seen }),
]);
export type CitizenPresentInput = z.infer<typeof citizenPresentSchema>;

export const handChairSchema = z.object({ personId: idSchema<PersonId>() });
export type HandChairInput = z.infer<typeof handChairSchema>;
