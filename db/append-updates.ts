/** The one statement the product's latency hangs on: everything that waits, stored in one round trip and one commit. */
import { DatabaseError, type QueryConfig } from 'pg';
import type { DocumentId, PersonId } from '../domain/ids.ts';
import { byteaArray, instantArray, int8Array, textArray, uuidArray } from './binary-array.ts';
import type { Database } from './client.ts';
import type { MassDeletion } from './repo/mass-deletion.ts';

/** What one document gets. */
export interface SealedAppend {
	readonly documentId: DocumentId;
	/** The one it was written in; a later one takes nothing of it. */
	readonly epoch: number;
	/** In their order; at least one. */
	readonly updates: readonly SealedUpdate[];
	readonly newClients: readonly { readonly clientId: number; readonly personId: PersonId | null }[];
}

export interface SealedUpdate {
	readonly rowId: string;
	readonly personId: PersonId | null;
	readonly sessionId: string | null;
	readonly receivedAt: Date;
	readonly sealed: Uint8Array;
	/** Kept beside the row, for who may take the document back. */
	readonly massDeletion: MassDeletion | undefined;
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
 * What a keystroke rarely brings, `MORE`, is left out where there is nothing of it (record 0022).
 */
const APPEND = `
with locked as materialized (
	select document.id, wanted.rows
	from board_document document join unnest($1::uuid[], $2::bigint[], $3::bigint[]) as wanted (id, epoch, rows)
		on wanted.id = document.id and wanted.epoch = document.epoch
	order by document.id for no key update of document
), bumped as (
	update board_document document set seq = document.seq + locked.rows from locked where document.id = locked.id
	returning document.id, document.seq, document.seq - locked.rows as before
), stored as (
	insert into board_update (document_id, seq, row_id, person_id, session_id, received_at, sealed)
	select bumped.id, bumped.before + place, row_id, row.person_id, row.session_id, row.received_at, row.sealed
	from unnest($4::uuid[], $5::bigint[], $6::uuid[], $7::uuid[], $8::text[], $9::timestamptz[], $10::bytea[])
		as row (document_id, place, row_id, person_id, session_id, received_at, sealed)
	join bumped on bumped.id = row.document_id
	returning document_id, seq, row_id
)`;

const MORE = `, claimed as (
	insert into board_client (document_id, client_id, person_id)
	select claim.* from unnest($11::uuid[], $12::bigint[], $13::uuid[]) as claim (document_id, client_id, person_id)
	join bumped on bumped.id = claim.document_id
), noticed as (
	insert into board_mass_deletion (document_id, seq, since_seq, stood, deleted)
	select stored.document_id, stored.seq, since_seq, stood, deleted
	from unnest($14::uuid[], $15::bigint[], $16::bigint[], $17::bigint[]) as notice (row_id, since_seq, stood, deleted)
	join stored on stored.row_id = notice.row_id
)`;

const ANSWER = ' select id, seq from bumped';

/** Each document once. Resolves with the last sequence of each once all of it is committed. @throws {AppendFailed} */
export async function appendUpdates(db: Database, batch: readonly SealedAppend[]): Promise<ReadonlyMap<DocumentId, number>> {
	try {
		return lastSeqs((await db.appendPool.query<SeqRow>(statementFor(batch))).rows);
	} catch (error) {
		return settle(db, batch, error);
	}
}

function statementFor(batch: readonly SealedAppend[]): QueryConfig {
	const rows = batch.flatMap(({ documentId, updates }) =>
		updates.map((update, index) => ({ documentId, place: index + 1, ...update })),
	);
	const values = [
		uuidArray(batch.map(({ documentId }) => documentId)),
		int8Array(batch.map(({ epoch }) => epoch)),
		int8Array(batch.map(({ updates }) => updates.length)),
		uuidArray(rows.map((row) => row.documentId)),
		int8Array(rows.map((row) => row.place)),
		uuidArray(rows.map((row) => row.rowId)),
		uuidArray(rows.map((row) => row.personId)),
		textArray(rows.map((row) => row.sessionId)),
		instantArray(rows.map((row) => row.receivedAt)),
		byteaArray(rows.map((row) => row.sealed)),
	];
	const owners = batch.flatMap(({ documentId, newClients }) => newClients.map((client) => ({ documentId, ...client })));
	const notices = rows.flatMap(({ rowId, massDeletion }) => (massDeletion ? [{ rowId, ...massDeletion }] : []));
	if (owners.length + notices.length === 0) return { name: 'append', text: APPEND + ANSWER, values };
	const more = [
		uuidArray(owners.map((row) => row.documentId)),
		int8Array(owners.map((row) => row.clientId)),
		uuidArray(owners.map((row) => row.personId)),
		uuidArray(notices.map((notice) => notice.rowId)),
		int8Array(notices.map((notice) => notice.sinceSeq)),
		int8Array(notices.map((notice) => notice.stood)),
		int8Array(notices.map((notice) => notice.deleted)),
	];
	return { name: 'append-more', text: APPEND + MORE + ANSWER, values: [...values, ...more] };
}

interface SeqRow {
	readonly id: DocumentId;
	readonly seq: string;
}

function lastSeqs(rows: readonly SeqRow[]): ReadonlyMap<DocumentId, number> {
	return new Map(rows.map((row) => [row.id, Number(row.seq)]));
}

/** An error of the statement itself rolled everything back. Anything else may have come after the commit: ask. */
async function settle(db: Database, batch: readonly SealedAppend[], cause: unknown): Promise<ReadonlyMap<DocumentId, number>> {
	const rowIds = batch.flatMap(({ updates }) => updates.map((row) => row.rowId));
	if (cause instanceof DatabaseError && cause.severity === 'ERROR') throw new AppendFailed('not-stored', rowIds, cause);
	const stored = await wereStored(
		db,
		rowIds,
		batch.map(({ documentId }) => documentId),
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
