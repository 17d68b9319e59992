import { z } from 'zod';
import { idSchema, type CaseId, type DocumentId, type PersonId, type TaskId } from '../../../domain/ids.ts';
import { isDay } from '../../../domain/iso-week.ts';
import { personOnCaseSchema } from '../case/case-board.ts';

const taskSchema = z.object({
	caseId: idSchema<CaseId>(),
	citizenName: z.string(),
	documentId: idSchema<DocumentId>(),
	taskId: idSchema<TaskId>(),
	text: z.string(),
	owners: z.array(idSchema<PersonId>()),
	dueOn: z.array(z.string().refine(isDay)),
});

/** Figures are of all cases talked of; lists hold those whose plan the reader reads. */
export const reconciliationSchema = z.object({
	open: z.int(),
	done: z.int(),
	carried: z.int(),
	dropped: z.int(),
	/** Overdue, and nobody has said what is to become of it. */
	unanswered: z.array(taskSchema),
	/** Unanswered ones of cases the reader may not read: somebody else must answer. */
	hidden: z.int(),
	droppedTasks: z.array(taskSchema.extend({ by: idSchema<PersonId>(), at: z.iso.datetime(), reason: z.string() })),
	/** Who of those at the meeting has drafts they have not shared, and how many; never a word of them. Empty for who may not close it. */
	drafts: z.array(z.object({ person: personOnCaseSchema, count: z.int() })),
});
export type ReconciliationView = z.infer<typeof reconciliationSchema>;
