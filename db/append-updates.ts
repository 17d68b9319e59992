/** The one statement the product's latency hangs on: everything that waits, stored in one round trip and one commit. */
import { DatabaseError } from 'pg';
import type { DocumentId, PersonId } from '../domain/ids.ts';
import { byteaArray, instantArray, int8Array, textArray, uuidArray } from './binary-array.ts';
import type { Database } from './client.ts';
import type { MassDeletion } from './repo/mass-deletion.ts';

export interface SealedUpdate {
	readonly documentId: DocumentId;
	/** The one it was written in; a later one takes nothing of it. */
	readonly epoch: number;
	readonly rowId: string;
	readonly personId: PersonId | null;
	readonly sessionId: string | null;
	readonly receivedAt: Date;
	readonly sealed: Uint8Array;
	/** Kept beside the row, for who may take the document back. */
	readonly massDeletion: MassDeletion | undefined;
}

export interface ClientOwner {
	readonly documentId: DocumentId;
	readonly clientId: number;
	readonly personId: PersonId | null;
}

/** `unknown`: the connection broke after the statement was sent, and the database could not be asked either. */
export type CommitFate = 'not-stored' | 'unknown';

export class AppendFailed extends Error {
	readonly fate: CommitFate;
	/** Ask {@link wereStored} with these once the database answers again. */
	readonly rowIds: readonly string[];
	constructor(fate: CommitFate, rowIds: readonly string[], cause: unknown) {
		super(`append ${fate}`, { cause });
		this.fate = fate;
		this.rowIds = rowIds;
	}
}

/**
 * Locks the documents in the order of their ids, gives out sequences in the order of the rows, stores rows and client
 * ids. A document that is gone or has a later epoch gets no rows and is missing in the answer: who waited for a restore
 * to commit looks at the row again, and finds the epoch ended.
 * `locked` comes before every write, because `bumped` reads it: two appenders never wait for each other in a circle.
 */
const APPEND = `
with arriving as materialized (
	select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::bytea[], $10::bigint[])
		with ordinality as row (document_id, row_id, person_id, session_id, received_at, sealed, epoch, place)
), counted as materialized (
	select document_id, epoch, count(*) as rows from arriving group by document_id, epoch
), locked as materialized (
	select id from board_document where (id, epoch) in (select document_id, epoch from counted) order by id for no key update
), bumped as (
	update board_document document set seq = document.seq + counted.rows
	from locked join counted on counted.document_id = locked.id
	where document.id = locked.id
	returning document.id, document.seq, document.seq - counted.rows as before
), stored as (
	insert into board_update (document_id, seq, row_id, person_id, session_id, received_at, sealed)
	select arriving.document_id, bumped.before + row_number() over (partition by arriving.document_id order by arriving.place),
		row_id, person_id, session_id, received_at, sealed
	from arriving join bumped on bumped.id = arriving.document_id
	returning document_id, seq, row_id
), noticed as (
	insert into board_mass_deletion (document_id, seq, since_seq, stood, deleted)
	select stored.document_id, stored.seq, since_seq, stood, deleted
	from unnest($11::uuid[], $12::bigint[], $13::bigint[], $14::bigint[]) as notice (row_id, since_seq, stood, deleted)
	join stored on stored.row_id = notice.row_id
), claimed as (
	insert into board_client (document_id, client_id, person_id)
	select claim.* from unnest($7::uuid[], $8::bigint[], $9::uuid[]) as claim (document_id, client_id, person_id)
	join bumped on bumped.id = claim.document_id
)
select id, seq from bumped`;

/** Resolves with the last sequence of each document once all of it is committed. @throws {AppendFailed} */
export async function appendUpdates(
	db: Database,
	updates: readonly SealedUpdate[],
	owners: readonly ClientOwner[],
): Promise<ReadonlyMap<DocumentId, number>> {
	const notices = updates.flatMap(({ rowId, massDeletion }) => (massDeletion ? [{ rowId, ...massDeletion }] : []));
	const values = [
		uuidArray(updates.map((row) => row.documentId)),
		uuidArray(updates.map((row) => row.rowId)),
		uuidArray(updates.map((row) => row.personId)),
		textArray(updates.map((row) => row.sessionId)),
		instantArray(updates.map((row) => row.receivedAt)),
		byteaArray(updates.map((row) => row.sealed)),
		uuidArray(owners.map((row) => row.documentId)),
		int8Array(owners.map((row) => row.clientId)),
		uuidArray(owners.map((row) => row.personId)),
		int8Array(updates.map((row) => row.epoch)),
		uuidArray(notices.map((notice) => notice.rowId)),
		int8Array(notices.map((notice) => notice.sinceSeq)),
		int8Array(notices.map((notice) => notice.stood)),
		int8Array(notices.map((notice) => notice.deleted)),
	];
	try {
		return lastSeqs((await db.appendPool.query<SeqRow>({ name: 'append', text: APPEND, values })).rows);
	} catch (error) {
		return settle(db, updates, error);
	}
}

interface SeqRow {
	readonly id: DocumentId;
	readonly seq: string;
}

function lastSeqs(rows: readonly SeqRow[]): ReadonlyMap<DocumentId, number> {
	return new Map(rows.map((row) => [row.id, Number(row.seq)]));
}

/** An error of the statement itself rolled everything back. Anything else may have come after the commit: ask. */
async function settle(db: Database, updates: readonly SealedUpdate[], cause: unknown): Promise<ReadonlyMap<DocumentId, number>> {
	const rowIds = updates.map((row) => row.rowId);
	if (cause instanceof DatabaseError && cause.severity === 'ERROR') throw new AppendFailed('not-stored', rowIds, cause);
	const stored = await wereStored(
		db,
		rowIds,
		updates.map((row) => row.documentId),
	).catch(() => {
		throw new AppendFailed('unknown', rowIds, cause);
	});
	if (!stored) throw new AppendFailed('not-stored', rowIds, cause);
	return stored;
}

/**
 * Whether an append of unknown fate was stored, and up to which sequences. Waits for the documents' locks, so an
 * append that is still being committed has ended before the question is answered.
 */
export async function wereStored(
	db: Database,
	rowIds: readonly string[],
	documentIds: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, number> | undefined> {
	const client = await db.appendPool.connect();
	let broken: Error | undefined;
	try {
		await client.query('begin');
		await client.query('select id from board_document where id = any($1) order by id for share', [[...new Set(documentIds)]]);
		const text = 'select document_id as id, max(seq) as seq from board_update where row_id = any($1) group by document_id';
		const { rows } = await client.query<SeqRow>(text, [rowIds]);
		await client.query('commit');
		return rows.length > 0 ? lastSeqs(rows) : undefined;
	} catch (error) {
		broken = error instanceof Error ? error : new Error(String(error));
		throw broken;
	} finally {
		client.release(broken);
	}
}
