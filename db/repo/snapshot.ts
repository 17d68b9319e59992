import { asc, desc, eq } from 'drizzle-orm';
import type { CaseId, DocumentId, MeetingId, PlacementId, SnapshotId, SnapshotPartId } from '../../domain/ids.ts';
import type { ShareableCompartment } from '../../domain/observation/observation.ts';
import type { Executor } from '../client.ts';
import { snapshot, snapshotPart } from '../schema/meetings.ts';
import { among } from './among.ts';

/** Danish: øjebliksbillede. One discussed case as it stood when its meeting closed. */
export interface StoredSnapshot {
	readonly id: SnapshotId;
	readonly meetingId: MeetingId;
	readonly caseId: CaseId;
	/** From 1, counted per case. */
	readonly position: number;
	readonly takenAt: Date;
	readonly hash: Buffer;
}

export interface StoredPart {
	readonly id: SnapshotPartId;
	readonly snapshotId: SnapshotId;
	readonly compartment: ShareableCompartment;
	readonly placementId: PlacementId | null;
	readonly documentId: DocumentId | null;
	readonly seq: number | null;
	readonly sealedDocument: Buffer | null;
	readonly sealedContent: Buffer;
	readonly hash: Buffer;
}

export async function insertSnapshot(tx: Executor, row: StoredSnapshot, parts: readonly StoredPart[]): Promise<void> {
	await tx.insert(snapshot).values(row);
	await tx.insert(snapshotPart).values([...parts]);
}

export async function findSnapshot(tx: Executor, id: SnapshotId): Promise<StoredSnapshot | undefined> {
	const [row] = await tx.select().from(snapshot).where(eq(snapshot.id, id));
	return row && (row as StoredSnapshot); // safe: ids are ours
}

/** The last one of each case, as far as it has one. */
export async function newestSnapshots(tx: Executor, caseIds: readonly CaseId[]): Promise<Map<CaseId, StoredSnapshot>> {
	const rows = await tx
		.selectDistinctOn([snapshot.caseId])
		.from(snapshot)
		.where(among(snapshot.caseId, caseIds))
		.orderBy(snapshot.caseId, desc(snapshot.position));
	return new Map((rows as StoredSnapshot[]).map((row) => [row.caseId, row])); // safe: ids are ours
}

/** All of a case, oldest first. */
export async function snapshotsOf(tx: Executor, caseId: CaseId): Promise<readonly StoredSnapshot[]> {
	const rows = await tx.select().from(snapshot).where(eq(snapshot.caseId, caseId)).orderBy(asc(snapshot.position));
	return rows as StoredSnapshot[]; // safe: ids are ours
}

/** The parts of some snapshots, also those their reader may not read; the caller drops these. */
export async function partsOf(tx: Executor, snapshotIds: readonly SnapshotId[]): Promise<readonly StoredPart[]> {
	const rows = await tx
		.select()
		.from(snapshotPart)
		.where(among(snapshotPart.snapshotId, snapshotIds))
		.orderBy(asc(snapshotPart.id));
	return rows as StoredPart[]; // safe: ids are ours
}
