import type { PlacementProjection, Projection, PrivateProjection, TeamProjection } from '../../../board/project.ts';
import type { BoardDocument } from './case-board.ts';
import type { ReadableDocument } from './documents.ts';
import { openProjection } from '../../log/projection.ts';

/** The plain rows last projected from a document; null while nothing was. A cache: at most a second behind the log. */
export function projectionOf(document: ReadableDocument | undefined, caseKey: Buffer): Projection | null {
	const stored = document?.stored;
	if (!stored?.sealedProjection || stored.projectedSeq === null) return null;
	return openProjection(caseKey, stored.id, stored.projectedSeq, stored.sealedProjection);
}

/** A document as the board's answer holds it; `seq` is what the projection covers. */
export function boardDocument(document: ReadableDocument, caseKey: Buffer): BoardDocument {
	const { compartment, name, access, stored } = document;
	const projection = projectionOf(document, caseKey);
	const common = { name, access, seq: stored?.projectedSeq ?? 0 };
	switch (compartment.kind) {
		case 'team': return { compartment: 'team', ...common, projection: projection as TeamProjection | null };
		case 'placement':
			return { compartment: 'placement', placementId: compartment.placementId, ...common, projection: projection as PlacementProjection | null };
		case 'private':
			return { compartment: 'private', personId: compartment.personId, ...common, projection: projection as PrivateProjection | null };
	}
}
