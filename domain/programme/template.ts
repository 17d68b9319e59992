import { z } from 'zod';
import { referenceFaults } from './faults.ts';
import { OUTCOME_GROUPS } from './outcome-groups.ts';
import { upgraded } from './upgraded.ts';

/**
 * What a programme template says: everything Danish employment law may rename or replace. It is data with dates,
 * never code; a case keeps the version it started with.
 */

/** Words in the two languages of the interface, of at most `max` characters each. */
const wordsOf = (max: number) => z.object({ da: z.string().trim().min(1).max(max), en: z.string().trim().min(1).max(max) });

/** A label for people. */
export const labelSchema = wordsOf(120);
export type Label = z.infer<typeof labelSchema>;

/** Ids inside a template, kept stable from version to version: `company-placement`. */
const templateWord = z
	.string()
	.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
	.max(64);
/** What somebody added in a draft has no id yet: `+1`, `+2`. Publishing derives one from the label (word.ts). */
const draftWord = z.union([templateWord, z.string().regex(/^\+\d{1,4}$/)]);
type Word = z.ZodType<string, string>;

/** `default-unverified` marks what is our own suggestion and not in the sources; the editor of a template says so. */
const provenance = z.enum(['sourced', 'default-unverified']);
const source = z.string().trim().max(120);

const trackTypeOf = (word: Word) =>
	z.object({
		id: word,
		label: labelSchema,
		/** For narrow columns. */
		short: wordsOf(12),
		/** Leads straight to a workplace; a board without one shows an empty lane. */
		jobDirected: z.boolean(),
		/** False for tracks that a screen hides while the citizen is in the room. */
		shownWithCitizenPresent: z.boolean(),
	});
export const trackTypeSchema = trackTypeOf(templateWord);
export type TrackType = z.infer<typeof trackTypeSchema>;

/** Danish: trin. What is done in a phase, with advice and tools. */
const stepSchema = labelSchema.extend({ advice: z.array(labelSchema).max(12) });
export type Step = z.infer<typeof stepSchema>;

const phaseOf = (word: Word) => z.object({ id: word, label: labelSchema, steps: z.array(stepSchema).max(24) });
export const phaseSchema = phaseOf(templateWord);
export type Phase = z.infer<typeof phaseSchema>;

/** A problem is met by what is active in a track, and that leads to a milestone. */
const mechanismOf = (word: Word) =>
	z.object({
		id: word,
		trackType: word,
		problem: labelSchema,
		active: labelSchema,
		milestone: word,
		leadsTo: labelSchema,
		source,
	});
export const mechanismSchema = mechanismOf(templateWord);
export type Mechanism = z.infer<typeof mechanismSchema>;

/** One step of the scale milestones are rated on, with the words that anchor it. */
export const ratingStepSchema = z.object({ value: z.number().int(), label: labelSchema });
export type RatingStep = z.infer<typeof ratingStepSchema>;

/** Danish: kontekst. What must be in place for a track to work; a reminder, never a block. */
const contextOf = (word: Word) =>
	z.object({
		id: word,
		/** Null for what every track needs. */
		trackType: word.nullable(),
		label: labelSchema,
		/** When a team is to think of it. */
		remindWhen: wordsOf(240),
		source,
	});
export const contextSchema = contextOf(templateWord);
export type Context = z.infer<typeof contextSchema>;

const outcomeOf = (word: Word) => z.object({ id: word, label: labelSchema, group: z.enum(OUTCOME_GROUPS) });

const labelledOf = (word: Word) => z.object({ id: word, label: labelSchema });
export const milestoneSchema = labelledOf(templateWord);

function contentOf(word: Word) {
	return z
		.object({
			name: labelSchema,
			trackTypes: z.array(trackTypeOf(word)).min(1).max(40),
			phases: z.object({ provenance, items: z.array(phaseOf(word)).min(1).max(20) }),
			milestones: z.array(labelledOf(word)).max(40),
			mechanisms: z.array(mechanismOf(word)).max(120),
			contexts: z.array(contextOf(word)).max(120),
			outcomes: z.array(outcomeOf(word)).max(40),
			ratingScale: z.object({
				provenance,
				steps: z.array(ratingStepSchema).max(10),
			}),
			placementRules: z.object({
				provenance,
				purposes: z.array(labelSchema).max(20),
				durationsWeeks: z.array(z.number().int().positive()).max(12),
				/** Fewer places than this in a company centre is warned about, never blocked. */
				centreMinPlaces: z.number().int().positive(),
			}),
			/** Whom the programme is for. */
			targetGroup: z.object({ source, criteria: z.array(labelSchema).max(24) }),
			/** Who may refer somebody to it. */
			referrers: z.array(labelledOf(word)).max(24),
		})
		.superRefine((content, ctx) => {
			for (const { path, code } of referenceFaults(content)) ctx.addIssue({ code: 'custom', path: [...path], params: { code } });
		});
}

/** A version as it is published. */
const publishedSchema = contentOf(templateWord);
export type TemplateContent = z.infer<typeof publishedSchema>;

/** A version as it stands in a form: what is new has no id yet. */
export const templateDraftSchema = contentOf(draftWord);

/** Reads a stored version, however old. */
export const templateContentSchema = z.preprocess(upgraded, publishedSchema);
