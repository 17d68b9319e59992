import type { PlacementProjection, Projection, PrivateProjection, TeamProjection } from '../../../board/project.ts';
import type { Executor } from '../../../db/client.ts';
import type { QueryContext } from '../query-context.ts';
import type { BoardDocument } from './case-board.ts';
import type { ReadableDocument } from './documents.ts';
import { openProjection } from '../../log/projection.ts';

/** The plain rows last projected from a document; null while nothing was. A cache: at most a second behind the log. */
export function projectionOf(document: ReadableDocument | undefined, caseKey: Buffer): Projection | null {
	const stored = document?.stored;
	if (!stored?.sealedProjection || stored.projectedSeq === null) return null;
	return openProjection(caseKey, stored.id, stored.projectedSeq, stored.sealedProjection);
}

/** While people write, the read model follows within a second; what lags longer was left behind by a crash. */
const MAY_LAG_MS = 5_000;

/** What was last projected, rebuilt from the log where that was left behind. */
async function currentRows(
	ctx: QueryContext,
	tx: Executor,
	document: ReadableDocument,
	caseKey: Buffer,
	at: Date,
): Promise<ProjectedRows> {
	const { stored } = document;
	if (!stored) return { seq: 0, projection: null };
	const lags = (stored.projectedSeq ?? -1) < stored.seq && at.getTime() - (stored.lastAt?.getTime() ?? 0) > MAY_LAG_MS;
	const rebuilt = lags ? await ctx.log.readProjection(tx, stored.id) : undefined;
	return rebuilt ?? { seq: stored.projectedSeq ?? 0, projection: projectionOf(document, caseKey) };
}

interface ProjectedRows {
	/** The sequence the rows cover. */
	readonly seq: number;
	readonly projection: Projection | null;
}

/** A document as the board's answer holds it. */
export async function boardDocument(
	ctx: QueryContext,
	tx: Executor,
	document: ReadableDocument,
	caseKey: Buffer,
	at: Date,
): Promise<BoardDocument> {
	const { compartment, name, access } = document;
	const { seq, projection } = await currentRows(ctx, tx, document, caseKey, at);
	const common = { name, access, seq };
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
