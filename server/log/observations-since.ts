import type { Executor } from '../../db/client.ts';
import { loadAmendments, loadComments, loadObservationsTouched, type ObservationRow } from '../../db/repo/observation-read.ts';
import type { StoredSnapshot } from '../../db/repo/snapshot.ts';
import { partsOf } from '../../db/repo/snapshot.ts';
import type { CaseId, ObservationId, PlacementId } from '../../domain/ids.ts';
import type { ShareableCompartment } from '../../domain/observation/observation.ts';
import { canonicalJson } from './canonical-json.ts';
import { OBSERVATION_TEXT, unsealText } from './sealed-text.ts';
import { openPart, type SnapshotObservation } from './snapshot.ts';

export interface PlacedObservation extends SnapshotObservation {
	readonly compartment: ShareableCompartment;
	readonly placementId: PlacementId | null;
}

/**
 * A command stamps its words before it commits, so words stamped just before the last snapshot may have become visible only
 * after it. No transaction of ours lives longer than this, in milliseconds; what stood in that snapshot already is left out.
 */
const LATE_COMMIT_MS = 60_000;

/** What was shared, amended or commented on since a case's last snapshot, in every compartment, oldest first. */
export async function observationsSince(
	tx: Executor,
	key: Uint8Array,
	caseId: CaseId,
	last: StoredSnapshot | undefined,
): Promise<readonly PlacedObservation[]> {
	const since = last && new Date(last.takenAt.getTime() - LATE_COMMIT_MS);
	const rows = await loadObservationsTouched(tx, caseId, since);
	if (rows.length === 0) return [];
	const ids = rows.map(({ id }) => id);
	const amendments = grouped(await loadAmendments(tx, ids));
	const comments = grouped(await loadComments(tx, ids));
	const text = (kind: keyof typeof OBSERVATION_TEXT, id: string, sealed: Buffer) =>
		unsealText(key, sealed, OBSERVATION_TEXT[kind], id);
	const found = rows.map((row) => ({
		...headOf(row),
		text: text('observation', row.id, row.sealedText),
		amendments: (amendments.get(row.id) ?? []).map(({ id, sealedText, amendedAt }) => ({
			id,
			text: text('amendment', id, sealedText),
			amendedAt: amendedAt.toISOString(),
		})),
		comments: (comments.get(row.id) ?? []).map(({ id, personId, sealedText, commentedAt }) => ({
			id,
			authorId: personId,
			text: text('comment', id, sealedText),
			commentedAt: commentedAt.toISOString(),
		})),
	}));
	const known = last ? await recordedIn(tx, key, last) : new Set<string>();
	return found.filter(({ compartment: _, placementId: __, ...observation }) => !known.has(canonicalJson(observation)));
}

async function recordedIn(tx: Executor, key: Uint8Array, { id }: StoredSnapshot): Promise<ReadonlySet<string>> {
	const parts = await partsOf(tx, [id]);
	return new Set(parts.flatMap((part) => openPart(key, part).content.observations.map(canonicalJson)));
}

function headOf(row: ObservationRow) {
	const { id, compartment, placementId, kind, trackId } = row;
	return { id, compartment, placementId, authorId: row.personId, kind, trackId, sharedAt: row.sharedAt.toISOString() };
}

function grouped<Row extends { readonly observationId: ObservationId }>(rows: readonly Row[]): ReadonlyMap<ObservationId, Row[]> {
	return Map.groupBy(rows, ({ observationId }) => observationId);
}
