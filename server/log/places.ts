import type { CaseId, DocumentId, MeetingId, SnapshotPartId } from '../../domain/ids.ts';

/** Where a sealed piece of a document stands, as part of its seal: a row copied elsewhere does not open there. */
export function updatePlace(documentId: DocumentId, rowId: string): string {
	return `board-update:${documentId}:${rowId}`;
}

export function checkpointPlace(documentId: DocumentId, seq: number): string {
	return `board-checkpoint:${documentId}:${seq}`;
}

export function projectionPlace(documentId: DocumentId, seq: number): string {
	return `board-projection:${documentId}:${seq}`;
}

export function snapshotPartPlace(partId: SnapshotPartId, what: 'document' | 'content'): string {
	return `snapshot-part:${partId}:${what}`;
}

export function minutesPlace(meetingId: MeetingId, caseId: CaseId): string {
	return `minutes:${meetingId}:${caseId}`;
}
