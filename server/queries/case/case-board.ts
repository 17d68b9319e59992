import { z } from 'zod';
import { labelSchema, phaseSchema, trackTypeSchema } from '../../../domain/programme/template.ts';
import { OBSERVATION_KINDS, SHAREABLE_COMPARTMENTS } from '../../../domain/observation/observation.ts';
import { PROFESSIONS } from '../../../domain/people.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import { isDay } from '../../../domain/iso-week.ts';
import {
	idSchema,
	type AccessId,
	type CaseId,
	type CitizenId,
	type CommentId,
	type DraftId,
	type MeetingId,
	type ObservationId,
	type PersonId,
	type PlacementId,
	type TeamId,
	type TrackId,
	type UnsentTextId,
} from '../../../domain/ids.ts';
import type { PlacementProjection, PrivateProjection, TeamProjection } from '../../../board/project.ts';

/** What one reader gets of one case, in one answer: the page renders from it, the documents take over in place. */

const instant = z.iso.datetime();
const day = z.string().refine(isDay);

/**
 * Somebody on a case. `profession` and an external `organisation` are null for readers who do not read `team`, but for
 * themselves: a company mentor must not learn that a psychologist works with the citizen, also not by what is left out.
 */
export const personOnCaseSchema = z.object({
	id: idSchema<PersonId>(),
	name: z.string(),
	profession: z.enum(PROFESSIONS).nullable(),
	organisation: z.string().nullable(),
	/** From another organisation than the municipality. */
	external: z.boolean(),
});
export type PersonOnCase = z.infer<typeof personOnCaseSchema>;

/** `name` is the path under /sync/; `access` says whether edits are taken. */
const documentOf = { name: z.string(), access: z.enum(['read', 'write']) };
export const documentReferenceSchema = z.object({ compartment: z.enum(['team', 'placement', 'private']), ...documentOf });
export type DocumentReference = z.infer<typeof documentReferenceSchema>;

/** The plain rows of a document at `seq`; null while nobody has written in it. Their types: board/project.ts. */
const projection = <Rows>() =>
	z
		.custom<Rows>((value) => typeof value === 'object')
		.nullable()
		.meta({ type: 'object' });
/**
 * The document was taken back to what it was: when, and when what stood there then was written. By the lead, or by null: all of
 * the system was, to a backup.
 */
const restoredSchema = z.object({ by: idSchema<PersonId>().nullable(), at: instant, backTo: instant });
const stored = { ...documentOf, seq: z.number().int().nonnegative(), restored: restoredSchema.nullable() };
export const boardDocumentSchema = z.discriminatedUnion('compartment', [
	z.object({ compartment: z.literal('team'), ...stored, projection: projection<TeamProjection>() }),
	z.object({
		compartment: z.literal('placement'),
		placementId: idSchema<PlacementId>(),
		...stored,
		projection: projection<PlacementProjection>(),
	}),
	z.object({
		compartment: z.literal('private'),
		personId: idSchema<PersonId>(),
		...stored,
		projection: projection<PrivateProjection>(),
	}),
]);
export type BoardDocument = z.infer<typeof boardDocumentSchema>;

export const observationViewSchema = z.object({
	id: idSchema<ObservationId>(),
	compartment: z.enum(SHAREABLE_COMPARTMENTS),
	placementId: idSchema<PlacementId>().nullable(),
	author: personOnCaseSchema,
	kind: z.enum(OBSERVATION_KINDS),
	/** Null also where the reader may not know of the track. */
	trackId: idSchema<TrackId>().nullable(),
	/** As first shared; never changed. */
	text: z.string(),
	sharedAt: instant,
	/** Oldest first; the last one is what stands. */
	amendments: z.array(z.object({ text: z.string(), amendedAt: instant })),
	/** Oldest first. */
	comments: z.array(z.object({ id: idSchema<CommentId>(), author: personOnCaseSchema, text: z.string(), commentedAt: instant })),
	/** How many people can read it today. */
	readerCount: z.number().int(),
	/** The private draft it came from; only its author is told. */
	draftId: idSchema<DraftId>().nullable(),
	mayAmend: z.boolean(),
	mayComment: z.boolean(),
});
export type ObservationView = z.infer<typeof observationViewSchema>;

export const reachSchema = z.object({
	team: z.boolean(),
	clinical: z.boolean(),
	justice: z.boolean(),
	drafts: z.boolean(),
	summary: z.boolean(),
	placementIds: z.array(idSchema<PlacementId>()),
});

/** Template data the reader may know; the lists are empty for who does not read `team`. */
export const boardTemplateSchema = z.object({
	name: labelSchema.nullable(),
	trackTypes: z.array(trackTypeSchema),
	phases: z.array(phaseSchema),
	milestones: z.array(z.object({ id: z.string(), label: labelSchema })),
});

/** A text sealed after its author lost access: never its words, only whose, how long and since when. */
export const knownUnsentTextSchema = z.object({
	id: idSchema<UnsentTextId>(),
	author: personOnCaseSchema,
	/** UTF-16 code units. */
	length: z.number().int(),
	sealedAt: instant,
	mayOpen: z.boolean(),
});

export const caseBoardSchema = z.object({
	case: z.object({
		id: idSchema<CaseId>(),
		/** Only for who may ask for the CPR number; that is asked for by citizen. */
		citizenId: idSchema<CitizenId>().nullable(),
		citizenName: z.string(),
		/** Whole years today; null where unknown or where the reader does not read `team`. */
		age: z.number().int().nullable(),
		/** A phase id of the template; null for who does not read `team`. */
		phase: z.string().nullable(),
		team: z.object({ id: idSchema<TeamId>(), name: z.string() }).nullable(),
		/** Only for who reads `justice`. */
		releaseDay: day.nullable(),
		openedAt: instant,
		closedAt: instant.nullable(),
	}),
	/** The reader, as stamped by the server. */
	me: personOnCaseSchema.extend({ isCoordinator: z.boolean(), isLead: z.boolean() }),
	reach: reachSchema,
	may: z.object({ manageAccess: z.boolean(), revealCpr: z.boolean() }),
	/** Where the reader may share an observation; empty in a closed case. */
	shareTo: z.array(z.object({ compartment: z.enum(SHAREABLE_COMPARTMENTS), placementId: idSchema<PlacementId>().nullable() })),
	/** Newest first; `until` is the last day, null while it lasts. Who does not read `team` gets the one of today. */
	coordinators: z.array(z.object({ person: personOnCaseSchema, from: day, until: day.nullable() })),
	/** Who may read any of the compartments the reader may read, the reader included; sorted by name. */
	people: z.array(
		personOnCaseSchema.extend({
			isLead: z.boolean(),
			isCoordinator: z.boolean(),
			/** For the access list of who manages it: the rows this person's access rests on. */
			access: z.array(
				z.object({
					id: idSchema<AccessId>(),
					placementId: idSchema<PlacementId>().nullable(),
					basis: z.string(),
					from: day,
					until: day,
				}),
			),
		}),
	),
	/** Who wrote in what the reader reads, or once had access to it, and has none today: names for old marks. Sorted by name. */
	formerPeople: z.array(personOnCaseSchema),
	placements: z.array(z.object({ id: idSchema<PlacementId>(), company: z.string(), from: day, until: day.nullable() })),
	template: boardTemplateSchema,
	documents: z.array(boardDocumentSchema),
	/** Newest first. */
	observations: z.array(observationViewSchema),
	/** Texts sealed after their author lost access: the reader's own, and for the lead everybody's, never with words. */
	unsentTexts: z.array(knownUnsentTextSchema),
	/** The last closed meeting that talked of the case, for who reads `team`: what was written before it stands in the minutes. */
	lastMeeting: z.object({ meetingId: idSchema<MeetingId>(), week: isoWeekSchema, closedAt: instant }).nullable(),
	/** The server's clock when this was read. */
	now: instant,
	today: day,
	week: isoWeekSchema,
});
export type CaseBoard = z.infer<typeof caseBoardSchema>;
