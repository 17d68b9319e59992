import { z } from 'zod';
import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import {
	idSchema,
	type CaseId,
	type MeetingId,
	type MinutesAmendmentId,
	type PersonId,
	type PlacementId,
	type SnapshotId,
	type SnapshotPartId,
	type TeamId,
} from '../../../domain/ids.ts';
import { isoWeekSchema } from '../../../domain/iso-week-schema.ts';
import type { PlanChange } from '../../../domain/meeting/compare.ts';
import type { MinutesFacts } from '../../../domain/meeting/minutes-facts.ts';
import { SHAREABLE_COMPARTMENTS } from '../../../domain/observation/observation.ts';
import type { SnapshotObservation } from '../../log/snapshot.ts';
import { boardTemplateSchema, personOnCaseSchema } from '../case/case-board.ts';

/** What is read of closed meetings: a citizen whose case the reader may not read is a place on the agenda and no more. */

const instant = z.iso.datetime();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const pastMeetingSchema = z.object({
	id: idSchema<MeetingId>(),
	team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
	week: isoWeekSchema,
	openedAt: instant,
	closedAt: instant,
	discussed: z.int(),
	notReached: z.int(),
	came: z.int(),
});
export type PastMeeting = z.infer<typeof pastMeetingSchema>;

export const meetingRecordSchema = pastMeetingSchema.extend({
	chairId: idSchema<PersonId>(),
	/** In the order they came. */
	attendance: z.array(z.object({ person: personOnCaseSchema, firstSeenAt: instant, lastSeenAt: instant })),
	items: z.array(
		z.object({
			/** Null, like the name, for who may not read the case's plan. */
			caseId: idSchema<CaseId>().nullable(),
			citizenName: z.string().nullable(),
			state: z.enum(['discussed', 'not-reached']),
			spentMs: z.int(),
		}),
	),
	/** Of all cases together, as far as they can still be read. */
	equation: z.object({ open: z.int(), done: z.int(), carried: z.int(), dropped: z.int() }),
});
export type MeetingRecord = z.infer<typeof meetingRecordSchema>;

const snapshotReferenceSchema = z.object({
	id: idSchema<SnapshotId>(),
	meetingId: idSchema<MeetingId>(),
	week: isoWeekSchema,
	takenAt: instant,
	hash,
});

export interface MinutesView {
	readonly facts: MinutesFacts;
	/** Oldest first. */
	readonly amendments: readonly MinutesAmendmentView[];
	readonly snapshots: readonly z.infer<typeof snapshotReferenceSchema>[];
	readonly chain: z.infer<typeof chainSchema>;
	readonly mayAmend: boolean;
	/** Decisions and lines written after the meeting had closed, for who may add them as an amendment. */
	readonly saidLater: readonly string[];
}

export const minutesAmendmentSchema = z.object({
	id: idSchema<MinutesAmendmentId>(),
	author: personOnCaseSchema,
	text: z.string(),
	amendedAt: instant,
});
export type MinutesAmendmentView = z.infer<typeof minutesAmendmentSchema>;

/** What recomputing every hash of a case's snapshots came to. */
export const chainSchema = z.object({
	count: z.int(),
	/** The first one that is not as it was made, from 1. */
	brokenAt: z.int().nullable(),
});

export const minutesRestSchema = z.object({
	amendments: z.array(minutesAmendmentSchema),
	/** All of the case, newest first, this one among them. */
	snapshots: z.array(snapshotReferenceSchema),
	chain: chainSchema,
	mayAmend: z.boolean(),
	saidLater: z.array(z.string()),
});

const rows = <Rows>() =>
	z
		.custom<Rows>((value) => typeof value === 'object')
		.nullable()
		.meta({ type: 'object' });

export const snapshotViewSchema = snapshotReferenceSchema.extend({
	caseId: idSchema<CaseId>(),
	citizenName: z.string(),
	template: boardTemplateSchema,
	/** Those the reader may read today, and no sign of the others. */
	parts: z.array(
		z.object({
			id: idSchema<SnapshotPartId>(),
			compartment: z.enum(SHAREABLE_COMPARTMENTS),
			placementId: idSchema<PlacementId>().nullable(),
			company: z.string().nullable(),
			hash,
			/** Bytes of the document; null where the compartment has none. */
			documentBytes: z.int().nullable(),
			/** Their types: board/project.ts. */
			projection: rows<TeamProjection | PlacementProjection>(),
			observations: z.array(z.custom<SnapshotObservation>((value) => typeof value === 'object').meta({ type: 'object' })),
		}),
	),
	/** Everybody named in the parts. */
	people: z.array(personOnCaseSchema),
});
export type SnapshotView = z.infer<typeof snapshotViewSchema>;

export interface Comparison {
	readonly from: z.infer<typeof snapshotReferenceSchema>;
	readonly to: z.infer<typeof snapshotReferenceSchema>;
	readonly changes: readonly PlanChange[];
}

export const comparedSchema = z.object({ from: snapshotReferenceSchema, to: snapshotReferenceSchema });
