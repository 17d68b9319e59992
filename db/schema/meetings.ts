import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { ITEM_STATES, MEETING_PHASES } from '../../domain/meeting/meeting.ts';
import { SHAREABLE_COMPARTMENTS } from '../../domain/observation/observation.ts';
import { citizenCase, placement } from './cases.ts';
import { bytea, instant } from './columns.ts';
import { boardDocument } from './documents.ts';
import { organisation, person, team } from './people.ts';

/** A team's weekly meeting as it stands; what it decided about a citizen lies sealed in that citizen's case. */
export const meeting = pgTable(
	'meeting',
	{
		id: uuid('id').primaryKey(),
		organisationId: uuid('organisation_id')
			.notNull()
			.references(() => organisation.id),
		teamId: uuid('team_id')
			.notNull()
			.references(() => team.id),
		/** An ISO week, `2026-W47`. */
		week: text('week').notNull(),
		phase: text('phase', { enum: MEETING_PHASES }).notNull(),
		/** Rises with every change: who saves must have read the newest. */
		revision: integer('revision').notNull(),
		chairId: uuid('chair_id').references(() => person.id),
		askedBy: uuid('asked_by').references(() => person.id),
		isCurtainDown: boolean('is_curtain_down').notNull(),
		isCitizenPresent: boolean('is_citizen_present').notNull(),
		plannedAt: instant('planned_at').notNull(),
		openedAt: instant('opened_at'),
		parkedAt: instant('parked_at'),
		closedAt: instant('closed_at'),
	},
	(row) => [
		uniqueIndex('meeting_unclosed')
			.on(row.teamId)
			.where(sql`phase <> 'closed'`),
		index('meeting_team').on(row.teamId, row.plannedAt),
		check('meeting_started', sql`(phase = 'planned') = (opened_at is null) and (phase = 'planned') = (chair_id is null)`),
		check('meeting_parked', sql`(phase = 'parked') = (parked_at is not null)`),
		check('meeting_closed', sql`(phase = 'closed') = (closed_at is not null)`),
	],
);

/** Danish: punkt. One citizen on an agenda. */
export const meetingItem = pgTable(
	'meeting_item',
	{
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meeting.id),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		/** From 0, in the order they are taken. */
		position: integer('position').notNull(),
		state: text('state', { enum: ITEM_STATES }).notNull(),
		budgetMs: integer('budget_ms').notNull(),
		spentMs: integer('spent_ms').notNull(),
		/** Since when the clock of the current item runs. */
		since: instant('since'),
	},
	(row) => [
		primaryKey({ columns: [row.meetingId, row.caseId] }),
		uniqueIndex('meeting_item_current')
			.on(row.meetingId)
			.where(sql`state = 'current'`),
		index('meeting_item_case').on(row.caseId),
	],
);

/** Who was there, on the server's clock. */
export const meetingAttendance = pgTable(
	'meeting_attendance',
	{
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meeting.id),
		personId: uuid('person_id')
			.notNull()
			.references(() => person.id),
		firstSeenAt: instant('first_seen_at').notNull(),
		lastSeenAt: instant('last_seen_at').notNull(),
	},
	(row) => [primaryKey({ columns: [row.meetingId, row.personId] })],
);

/** A task that was open when the meeting began, or when its citizen came on the agenda: closing accounts for each. */
export const meetingTask = pgTable(
	'meeting_task',
	{
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meeting.id),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		documentId: uuid('document_id')
			.notNull()
			.references(() => boardDocument.id),
		taskId: uuid('task_id').notNull(),
		/** Set when somebody says that an overdue task goes on; done and dropped stand in the document. */
		carriedBy: uuid('carried_by').references(() => person.id),
		carriedAt: instant('carried_at'),
	},
	(row) => [
		primaryKey({ columns: [row.meetingId, row.documentId, row.taskId] }),
		check('meeting_task_carried', sql`(carried_by is null) = (carried_at is null)`),
	],
);

/**
 * Danish: øjebliksbillede. One discussed case as it stood when its meeting closed. The hash covers the parts' hashes and
 * the case's snapshot before, so an erasure leaves the chain verifiable. Never updated.
 */
export const snapshot = pgTable(
	'snapshot',
	{
		id: uuid('id').primaryKey(),
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meeting.id),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		/** From 1, counted per case. */
		position: integer('position').notNull(),
		takenAt: instant('taken_at').notNull(),
		hash: bytea('hash').notNull(),
	},
	(row) => [
		uniqueIndex('snapshot_meeting_case').on(row.meetingId, row.caseId),
		uniqueIndex('snapshot_case_position').on(row.caseId, row.position),
	],
);

/** What one compartment held; read by who reads that compartment. Sealed with the case's key. */
export const snapshotPart = pgTable(
	'snapshot_part',
	{
		id: uuid('id').primaryKey(),
		snapshotId: uuid('snapshot_id')
			.notNull()
			.references(() => snapshot.id),
		compartment: text('compartment', { enum: SHAREABLE_COMPARTMENTS }).notNull(),
		placementId: uuid('placement_id').references(() => placement.id),
		/** Null for compartments without co-edited text. */
		documentId: uuid('document_id').references(() => boardDocument.id),
		/** The sequence of the document that `sealedDocument` holds. */
		seq: bigint('seq', { mode: 'number' }),
		/** The document's bytes, as one V2 update. */
		sealedDocument: bytea('sealed_document'),
		/** Its plain rows and the observations shared since the last snapshot, as canonical JSON. */
		sealedContent: bytea('sealed_content').notNull(),
		/** SHA-256 over the unsealed bytes of both. */
		hash: bytea('hash').notNull(),
	},
	(row) => [
		index('snapshot_part_snapshot').on(row.snapshotId),
		check('snapshot_part_placement', sql`(compartment = 'placement') = (placement_id is not null)`),
		check(
			'snapshot_part_document',
			sql`(document_id is null) = (sealed_document is null) and (document_id is null) = (seq is null)`,
		),
	],
);

/** Danish: referat. What a meeting said of one case, as facts; the words round them come from messages/. Never updated. */
export const minutes = pgTable(
	'minutes',
	{
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meeting.id),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		snapshotId: uuid('snapshot_id')
			.notNull()
			.references(() => snapshot.id),
		sealed: bytea('sealed').notNull(),
	},
	(row) => [primaryKey({ columns: [row.meetingId, row.caseId] }), index('minutes_case').on(row.caseId)],
);

/** Danish: tillæg. What was added to the minutes afterwards, in its author's words. */
export const minutesAmendment = pgTable(
	'minutes_amendment',
	{
		id: uuid('id').primaryKey(),
		meetingId: uuid('meeting_id')
			.notNull()
			.references(() => meeting.id),
		caseId: uuid('case_id')
			.notNull()
			.references(() => citizenCase.id),
		authorId: uuid('author_id')
			.notNull()
			.references(() => person.id),
		sealedText: bytea('sealed_text').notNull(),
		amendedAt: instant('amended_at').notNull(),
	},
	(row) => [index('minutes_amendment_minutes').on(row.meetingId, row.caseId)],
);

/** A screen on a wall. It signs in nobody: a lead approves it for one meeting, and what it shows the server composes. */
export const wallScreen = pgTable(
	'wall_screen',
	{
		id: uuid('id').primaryKey(),
		/** SHA-256 of the secret in the screen's cookie. */
		secretHash: bytea('secret_hash').notNull(),
		/** What it shows until it is approved; null afterwards. */
		code: text('code'),
		codeExpiresAt: instant('code_expires_at').notNull(),
		meetingId: uuid('meeting_id').references(() => meeting.id),
		/** In whose name it reads; when their right ends, so does the screen's. */
		approvedBy: uuid('approved_by').references(() => person.id),
		approvedAt: instant('approved_at'),
		endedAt: instant('ended_at'),
	},
	(row) => [
		uniqueIndex('wall_screen_secret').on(row.secretHash),
		uniqueIndex('wall_screen_code').on(row.code),
		index('wall_screen_meeting').on(row.meetingId),
		check(
			'wall_screen_approved',
			sql`(approved_by is null) = (meeting_id is null) and (approved_by is null) = (approved_at is null)`,
		),
	],
);
