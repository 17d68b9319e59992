import type { Executor } from '../../db/client.ts';
import { partsOf, snapshotsOf, type StoredPart } from '../../db/repo/snapshot.ts';
import type { CaseId } from '../../domain/ids.ts';
import { SealBroken } from './seal.ts';
import { chainedHash, openPart } from './snapshot.ts';

export interface ChainVerdict {
	readonly count: number;
	/** The position of the first snapshot that is missing or not as it was made; null when all are. */
	readonly brokenAt: number | null;
	/** False when an erasure destroyed the key: then the chain is followed, and nobody can read what it holds. */
	readonly isReadable: boolean;
}

/** Recomputes every hash of a case's snapshots. @param key null when it was destroyed */
export async function verifySnapshots(tx: Executor, key: Uint8Array | null, caseId: CaseId): Promise<ChainVerdict> {
	const snapshots = await snapshotsOf(tx, caseId);
	const parts = await partsOf(
		tx,
		snapshots.map(({ id }) => id),
	);
	let before: Buffer | undefined;
	let brokenAt: number | null = null;
	for (const [index, { id, position, hash }] of snapshots.entries()) {
		const mine = parts.filter(({ snapshotId }) => snapshotId === id);
		const follows = chainedHash(
			before,
			mine.map((part) => part.hash),
		);
		const isWhole = position === index + 1 && follows.equals(hash) && (key === null || mine.every((part) => isAsMade(key, part)));
		if (!isWhole) {
			brokenAt = index + 1;
			break;
		}
		before = hash;
	}
	return { count: snapshots.length, brokenAt, isReadable: key !== null };
}

function isAsMade(key: Uint8Array, part: StoredPart): boolean {
	try {
		return openPart(key, part).isUnchanged;
	} catch (error) {
		if (error instanceof SealBroken) return false;
		throw error;
	}
}
