import { z } from '@hono/zod-openapi';
import { idSchema, type CaseId, type PersonId, type PlacementId } from '../../domain/ids.ts';
import { isoWeekSchema } from '../../domain/iso-week-schema.ts';
import { said, type Words } from '../documents/content.ts';
import { changeWords, type ChangeWords, type NamesThen } from '../documents/history.ts';
import { boardTemplateSchema, personOnCaseSchema } from '../queries/case/case-board.ts';
import type {
	HistoryFacts,
	HistoryMoment as MomentFacts,
	HistoryNames,
	RestoreFacts,
	RowsThen,
} from '../queries/case/history-view.ts';

export type { Words } from '../documents/content.ts';

const instant = z.iso.datetime();
const made = <Shape>() => z.custom<Shape>((value) => typeof value === 'object').meta({ type: 'object' });

const changeSchema = z.object({
	/** As the give-back command takes it. */
	field: z.string(),
	words: made<ChangeWords>(),
	isText: z.boolean(),
	canBeGivenBack: z.boolean(),
});

const momentSchema = z.object({
	firstSeq: z.int(),
	lastSeq: z.int(),
	/** Null for the server itself. */
	personId: idSchema<PersonId>().nullable(),
	from: instant,
	until: instant,
	/** A restore, or by the server itself a backup: when what the plan was taken back to was written. */
	backTo: instant.nullable(),
	changes: z.array(changeSchema),
});
export type HistoryMoment = z.infer<typeof momentSchema>;

/** One week of a plan's past: who changed what when, in words, and the plan as it stood. */
export const historyViewSchema = z.object({
	caseId: idSchema<CaseId>(),
	citizenName: z.string(),
	week: isoWeekSchema,
	weeks: z.object({ earliest: isoWeekSchema, now: isoWeekSchema }),
	placementId: idSchema<PlacementId>().nullable(),
	placements: z.array(z.object({ id: idSchema<PlacementId>(), company: z.string() })),
	/** Oldest first. */
	moments: z.array(momentSchema),
	shown: z.object({ seq: z.int(), rows: made<RowsThen>() }).nullable(),
	template: boardTemplateSchema,
	people: z.array(personOnCaseSchema),
	mayGiveBack: z.boolean(),
	mayRestore: z.boolean(),
});
export type HistoryView = z.infer<typeof historyViewSchema>;

/** What a restore would change, and who has the plan open now. */
export const restoreQuestionSchema = z.object({
	seq: z.int(),
	backTo: instant,
	changes: z.array(changeSchema),
	connected: z.array(z.string()),
});
export type RestoreQuestion = z.infer<typeof restoreQuestionSchema>;

/** The facts with their changes in words; what is no news to a person is left out. */
export function historyView({ names, moments, ...facts }: HistoryFacts): HistoryView {
	const then = namesOf(names);
	return { ...facts, moments: moments.flatMap((moment) => momentView(moment, then)) };
}

export function restoreQuestion({ names, changes, connected, ...facts }: RestoreFacts): RestoreQuestion {
	return { ...facts, connected: [...connected], changes: changesView(changes, namesOf(names)) };
}

function momentView({ changes, ...moment }: MomentFacts, names: NamesThen): HistoryMoment[] {
	const told = changesView(changes, names);
	return told.length > 0 || moment.backTo ? [{ ...moment, changes: told }] : [];
}

function changesView(changes: MomentFacts['changes'], names: NamesThen): HistoryMoment['changes'] {
	return changes.flatMap(({ isText, canBeGivenBack, ...change }) => {
		const words = changeWords(change, names);
		return words ? [{ field: change.field, words, isText, canBeGivenBack }] : [];
	});
}

function namesOf({ people, tracks, tasks, decisions }: HistoryNames): NamesThen {
	return {
		person: (id) => people.get(id),
		track: (id) => {
			const track = tracks.get(id);
			return track && trackWords(track);
		},
		task: (id) => tasks.get(id),
		decision: (id) => decisions.get(id),
	};
}

function trackWords({ type, label }: NonNullable<ReturnType<HistoryNames['tracks']['get']>>): Words {
	return label ? { join: [{ label: type }, said(label)], by: ', ' } : { label: type };
}
