/**
 * Danish: øjebliksbillede. A case as it stood when its meeting closed, in one part for each compartment, so that each keeps its
 * own readers. A part's hash covers its bytes before they are sealed; a snapshot's covers the one before and its parts' hashes,
 * so that the chain can be followed also where the bytes are no longer readable.
 */
import { createHash } from 'node:crypto';
import type { PlacementProjection, TeamProjection } from '../../board/project.ts';
import { newId } from '../../board/new-id.ts';
import type { StoredPart, StoredSnapshot } from '../../db/repo/snapshot.ts';
import type { DocumentId, ObservationId, PersonId, PlacementId, SnapshotId, SnapshotPartId, TrackId } from '../../domain/ids.ts';
import type { ObservationKind, ShareableCompartment } from '../../domain/observation/observation.ts';
import { canonicalJson } from './canonical-json.ts';
import { snapshotPartPlace } from './places.ts';
import { seal, unseal } from './seal.ts';

/** An observation with everything that was said of it until then. */
export interface SnapshotObservation {
	readonly id: ObservationId;
	readonly authorId: PersonId;
	readonly kind: ObservationKind;
	readonly trackId: TrackId | null;
	readonly text: string;
	readonly sharedAt: string;
	readonly amendments: readonly { readonly id: string; readonly text: string; readonly amendedAt: string }[];
	readonly comments: readonly {
		readonly id: string;
		readonly authorId: PersonId;
		readonly text: string;
		readonly commentedAt: string;
	}[];
}

export interface PartContent {
	/** The document's plain rows; null where the compartment has no co-edited text. */
	readonly projection: TeamProjection | PlacementProjection | null;
	/** Shared, amended or commented on since the snapshot before. */
	readonly observations: readonly SnapshotObservation[];
}

export interface NewPart {
	readonly compartment: ShareableCompartment;
	readonly placementId: PlacementId | null;
	/** `state` is the whole document as a V2 update, up to `seq`. */
	readonly document: { readonly id: DocumentId; readonly seq: number; readonly state: Uint8Array } | null;
	readonly content: PartContent;
}

export interface SealedSnapshot {
	readonly snapshot: StoredSnapshot;
	readonly parts: readonly StoredPart[];
}

/** @param before the case's last one */
export function sealSnapshot(
	key: Uint8Array,
	of: Pick<StoredSnapshot, 'meetingId' | 'caseId' | 'takenAt'>,
	before: StoredSnapshot | undefined,
	contents: readonly NewPart[],
): SealedSnapshot {
	const id = newId<SnapshotId>(of.takenAt.getTime());
	const parts = contents.map((part) => sealPart(key, id, of.takenAt, part));
	const hashes = parts.map(({ hash }) => hash);
	return {
		snapshot: { id, ...of, position: (before?.position ?? 0) + 1, hash: chainedHash(before?.hash, hashes) },
		parts,
	};
}

/** Where the first one of a case has nothing before it. */
const NO_HASH = Buffer.alloc(32);

export function chainedHash(before: Uint8Array | undefined, partHashes: readonly Buffer[]): Buffer {
	const hash = createHash('sha256').update(before ?? NO_HASH);
	for (const each of partHashes.toSorted(Buffer.compare)) hash.update(each);
	return hash.digest();
}

export interface OpenedPart {
	/** Null where the compartment has no co-edited text. */
	readonly document: Buffer | null;
	readonly content: PartContent;
	/** The bytes are those that were hashed when it was made. */
	readonly isUnchanged: boolean;
}

/** @throws {SealBroken} */
export function openPart(key: Uint8Array, part: StoredPart): OpenedPart {
	const { sealedDocument, sealedContent, hash } = part;
	const document = sealedDocument && unseal(key, sealedDocument, snapshotPartPlace(part.id, 'document'));
	const content = unseal(key, sealedContent, snapshotPartPlace(part.id, 'content'));
	return {
		document,
		content: JSON.parse(content.toString()) as PartContent, // safe: sealed by us
		isUnchanged: partHash(part, document, content).equals(hash),
	};
}

/**
 * The plan as the team's part holds it; undefined where that part is not among them.
 * @throws {SealBroken}
 */
export function planIn(key: Uint8Array, parts: readonly StoredPart[]): TeamProjection | undefined {
	const part = parts.find(({ compartment }) => compartment === 'team');
	return part && (openPart(key, part).content.projection as TeamProjection); // safe: sealed by us, the team's part has one
}

function sealPart(key: Uint8Array, snapshotId: SnapshotId, at: Date, { compartment, placementId, document, content }: NewPart) {
	const id = newId<SnapshotPartId>(at.getTime());
	const bytes = Buffer.from(canonicalJson(content));
	return {
		...{ id, snapshotId, compartment, placementId },
		documentId: document?.id ?? null,
		seq: document?.seq ?? null,
		sealedDocument: document && seal(key, document.state, snapshotPartPlace(id, 'document')),
		sealedContent: seal(key, bytes, snapshotPartPlace(id, 'content')),
		hash: partHash({ id, snapshotId }, document?.state ?? null, bytes),
	};
}

/** The document's length stands between, so that no byte can change sides. */
function partHash(
	{ id, snapshotId }: Pick<StoredPart, 'id' | 'snapshotId'>,
	document: Uint8Array | null,
	content: Uint8Array,
): Buffer {
	return createHash('sha256')
		.update(`${snapshotId}:${id}:${document?.length ?? 'none'}:`)
		.update(document ?? '')
		.update(content)
		.digest();
}
