import type { PlacementProjection, Projection, PrivateProjection, TeamProjection } from '../../../board/project.ts';
import type { Executor } from '../../../db/client.ts';
import type { StoredDocumentRow } from '../../../db/repo/document-read.ts';
import type { QueryContext } from '../query-context.ts';
import type { BoardDocument } from './case-board.ts';
import type { ReadableDocument } from './documents.ts';
import { openProjection } from '../../log/projection.ts';

/** The plain rows last projected from a document; null while nothing was. A cache: at most a second behind the log. */
export function projectionOf(document: Pick<ReadableDocument, 'stored'> | undefined, caseKey: Buffer): Projection | null {
	const stored = document?.stored;
	if (!stored?.sealedProjection || stored.projectedSeq === null) return null;
	return openProjection(caseKey, stored.id, stored.projectedSeq, stored.sealedProjection);
}

/** While people write, the read model follows within a second; what lags longer was left behind by a crash. */
const MAY_LAG_MS = 5_000;

/** What was last projected, rebuilt from the log where that was left behind. */
export async function currentRows(
	{ log }: Pick<QueryContext, 'log'>,
	tx: Executor,
	stored: StoredDocumentRow,
	caseKey: Buffer,
	at: Date,
): Promise<ProjectedRows> {
	const lags = (stored.projectedSeq ?? -1) < stored.seq && at.getTime() - (stored.lastAt?.getTime() ?? 0) > MAY_LAG_MS;
	const rebuilt = lags ? await log.readProjection(tx, stored.id) : undefined;
	return rebuilt ?? { seq: stored.projectedSeq ?? 0, projection: projectionOf({ stored }, caseKey) };
}

export interface ProjectedRows {
	/** The sequence the rows cover. */
	readonly seq: number;
	readonly projection: Projection | null;
}

/** A document as the board's answer holds it. @param rows undefined while nobody has opened it */
export function boardDocument(document: ReadableDocument, rows: ProjectedRows | undefined): BoardDocument {
	const { compartment, name, access, stored } = document;
	const { seq, projection } = rows ?? { seq: 0, projection: null };
	const common = { name, access, seq, restored: stored && restoredOf(stored) };
	switch (compartment.kind) {
		case 'team':
			return { compartment: 'team', ...common, projection: projection as TeamProjection | null };
		case 'placement':
			return {
				compartment: 'placement',
				placementId: compartment.placementId,
				...common,
				projection: projection as PlacementProjection | null,
			};
		case 'private':
			return {
				compartment: 'private',
				personId: compartment.personId,
				...common,
				projection: projection as PrivateProjection | null,
			};
	}
}

function restoredOf({ restoredBy, restoredAt, backTo }: StoredDocumentRow): BoardDocument['restored'] {
	if (!restoredAt || !backTo) return null;
	return { by: restoredBy, at: restoredAt.toISOString(), backTo: backTo.toISOString() };
}
