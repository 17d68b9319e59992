import { z } from 'zod';

/**
 * What a programme template says: everything Danish employment law may rename or replace. It is data with dates,
 * never code; a case keeps the version it started with.
 */

/** A label for people in the two languages of the interface. */
export const labelSchema = z.object({ da: z.string().min(1).max(120), en: z.string().min(1).max(120) });
export type Label = z.infer<typeof labelSchema>;

/** Ids inside a template, kept stable from version to version: `company-placement`. */
const templateWord = z
	.string()
	.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
	.max(64);

/** `default-unverified` marks what is our own suggestion and not in the sources; the editor of a template says so. */
const provenance = z.enum(['sourced', 'default-unverified']);

export const trackTypeSchema = z.object({
	id: templateWord,
	label: labelSchema,
	/** For narrow columns: at most some eight letters. */
	short: labelSchema,
	/** Leads straight to a workplace; a board without one shows an empty lane. */
	jobDirected: z.boolean(),
	/** False for tracks that a screen hides while the citizen is in the room. */
	shownWithCitizenPresent: z.boolean(),
});
export type TrackType = z.infer<typeof trackTypeSchema>;

export const phaseSchema = z.object({ id: templateWord, label: labelSchema, steps: z.array(labelSchema) });
export type Phase = z.infer<typeof phaseSchema>;

const mechanismSchema = z.object({ trackType: templateWord, problem: labelSchema, active: labelSchema, milestone: templateWord });

/** Danish: kontekst. What must be in place for a track to work; a reminder, never a block. */
const contextSchema = z.object({
	id: templateWord,
	trackType: templateWord.nullable(),
	label: labelSchema,
	source: z.string().max(120),
});

export const templateContentSchema = z
	.object({
		name: labelSchema,
		trackTypes: z.array(trackTypeSchema).min(1),
		phases: z.object({ provenance, items: z.array(phaseSchema).min(1) }),
		milestones: z.array(z.object({ id: templateWord, label: labelSchema })),
		mechanisms: z.array(mechanismSchema),
		contexts: z.array(contextSchema),
		outcomes: z.array(
			z.object({ id: templateWord, label: labelSchema, group: z.enum(['positive', 'no-visible-result', 'other']) }),
		),
		ratingScale: z.object({ provenance, steps: z.array(z.object({ value: z.number().int(), label: labelSchema })) }),
		placementRules: z.object({
			provenance,
			purposes: z.array(labelSchema),
			durationsWeeks: z.array(z.number().int().positive()),
			/** Fewer places than this in a company centre is warned about, never blocked. */
			centreMinPlaces: z.number().int().positive(),
		}),
	})
	.superRefine((content, ctx) => {
		const known = {
			tracks: new Set(content.trackTypes.map(({ id }) => id)),
			milestones: new Set(content.milestones.map(({ id }) => id)),
		};
		for (const mechanism of content.mechanisms) {
			if (!known.tracks.has(mechanism.trackType))
				ctx.addIssue({ code: 'custom', message: `unknown track type ${mechanism.trackType}` });
			if (!known.milestones.has(mechanism.milestone))
				ctx.addIssue({ code: 'custom', message: `unknown milestone ${mechanism.milestone}` });
		}
		for (const context of content.contexts) {
			if (context.trackType && !known.tracks.has(context.trackType))
				ctx.addIssue({ code: 'custom', message: `unknown track type ${context.trackType}` });
		}
	});
export type TemplateContent = z.infer<typeof templateContentSchema>;
