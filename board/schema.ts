/**
 * The names in the documents. Browser and server read and write them only through `read`, `project` and `edit`;
 * nobody else names a root or a key. Every root is a `Y.Text`, or a `Y.Map` of flat path keys with plain JSON
 * values: two people who created the same nested type at once would lose one's words.
 */
import type { DocumentCompartment } from '../domain/compartments.ts';
import type { AccommodationId, DecisionId, DraftId, TaskId, TrackId } from '../domain/ids.ts';
import type { IsoWeek } from '../domain/iso-week.ts';
import type { ChecklistLine } from '../domain/meeting/checklist.ts';

/** Raised with every change of shape, together with a step in migrate.ts; an older client is refused with 4426. */
export const BOARD_SCHEMA_VERSION = 2;

export const DOCUMENT_KINDS = ['team', 'placement', 'private'] as const satisfies readonly DocumentCompartment['kind'][];
export type DocumentKind = DocumentCompartment['kind'];

/** The map roots of all documents; which document has which stands in key-rules.ts. */
export type MapRoot = 'meta' | 'goal' | 'tracks' | 'tasks' | 'weeks' | 'decisions' | 'hours' | 'accommodations' | 'drafts';

/** The placement's purpose: what its mentor sees instead of the goal. */
export const PURPOSE_TEXT = 'purpose';

export function goalTextName(wording: 'team' | 'citizen'): string {
	return `goal/${wording}`;
}

export function taskTextName(id: TaskId): string {
	return `task/${id}`;
}

/** Why a task was dropped. */
export function droppedTextName(id: TaskId): string {
	return `dropped/${id}`;
}

export function decisionTextName(id: DecisionId): string {
	return `decision/${id}`;
}

/** What the team agreed on under one line of the meeting's checklist. */
export function agreedTextName(week: IsoWeek, line: ChecklistLine): string {
	return `agreed/${week}/${line}`;
}

export function lineTextName(week: IsoWeek, trackId: TrackId): string {
	return `line/${week}/${trackId}`;
}

export function accommodationTextName(id: AccommodationId): string {
	return `accommodation/${id}`;
}

export function draftTextName(id: DraftId): string {
	return `draft/${id}`;
}
