/** A whole document as plain JSON, for the read models and for the live page alike. Never throws: see entries.ts. */
import type * as Y from 'yjs';
import { unreachable } from '../domain/result.ts';
import { readGoal, readTasks, readTracks, readWeeks } from './read.ts';
import { readAgreed, readDecisions } from './read-meeting.ts';
import { readAccommodations, readHours, readPurpose } from './read-placement.ts';
import { readDrafts } from './read-private.ts';
import type {
	AccommodationRow,
	AgreedLines,
	DecisionRow,
	DraftRow,
	GoalRow,
	HoursRow,
	TaskRow,
	TrackRow,
	WeekRow,
} from './rows.ts';
import type { DocumentKind } from './schema.ts';

export interface TeamProjection {
	readonly goal: GoalRow;
	readonly tracks: readonly TrackRow[];
	readonly tasks: readonly TaskRow[];
	readonly weeks: readonly WeekRow[];
	readonly decisions: readonly DecisionRow[];
	readonly agreed: AgreedLines;
}

export interface PlacementProjection {
	readonly purpose: string;
	readonly tasks: readonly TaskRow[];
	readonly hours: readonly HoursRow[];
	readonly accommodations: readonly AccommodationRow[];
}

export interface PrivateProjection {
	readonly drafts: readonly DraftRow[];
}

export interface ProjectionOf {
	readonly team: TeamProjection;
	readonly placement: PlacementProjection;
	readonly private: PrivateProjection;
}
export type Projection = ProjectionOf[DocumentKind];

export function projectTeam(doc: Y.Doc): TeamProjection {
	return {
		goal: readGoal(doc),
		tracks: readTracks(doc),
		tasks: readTasks(doc),
		weeks: readWeeks(doc),
		decisions: readDecisions(doc),
		agreed: readAgreed(doc),
	};
}

export function projectPlacement(doc: Y.Doc): PlacementProjection {
	return { purpose: readPurpose(doc), tasks: readTasks(doc), hours: readHours(doc), accommodations: readAccommodations(doc) };
}

export function projectPrivate(doc: Y.Doc): PrivateProjection {
	return { drafts: readDrafts(doc) };
}

export function project(kind: 'team', doc: Y.Doc): TeamProjection;
export function project(kind: 'placement', doc: Y.Doc): PlacementProjection;
export function project(kind: 'private', doc: Y.Doc): PrivateProjection;
export function project(kind: DocumentKind, doc: Y.Doc): Projection;
export function project(kind: DocumentKind, doc: Y.Doc): Projection {
	switch (kind) {
		case 'team':
			return projectTeam(doc);
		case 'placement':
			return projectPlacement(doc);
		case 'private':
			return projectPrivate(doc);
		default:
			return unreachable(kind);
	}
}
