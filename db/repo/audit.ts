import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import type { AuditAction, AuditEntry } from '../../domain/audit-entry.ts';
import type { ReadPurpose } from '../../domain/disclosure/access-basis.ts';
import type { CaseId, OrganisationId, PersonId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { auditChain, auditEntry } from '../schema/audit.ts';
import { among } from './among.ts';

/** One chain per case and one per organisation. */
export type ChainId = CaseId | OrganisationId;

export interface NewAuditEntry extends AuditEntry {
	readonly at: Date;
	/** Null for the server itself. */
	readonly personId: PersonId | null;
	readonly sessionId: string | null;
}

export interface StoredAuditEntry {
	readonly position: number;
	readonly at: Date;
	readonly personId: PersonId | null;
	readonly sessionId: string | null;
	readonly action: AuditAction;
	readonly purpose: ReadPurpose | null;
	readonly subject: Readonly<Record<string, string>>;
	readonly compartments: readonly string[] | null;
}

const NO_HASH = Buffer.alloc(32);
const VERIFY_PAGE = 1_000;

/**
 * Adds one entry at the end of a chain, in the caller's transaction: what was done and that it was done are stored
 * together or not at all. The chain's row stays locked until that transaction ends, so write it last.
 */
export async function appendAudit(tx: Executor, chainId: ChainId, entry: NewAuditEntry): Promise<void> {
	await appendAudits(tx, new Map([[chainId, entry]]));
}

/**
 * {@link appendAudit} of many entries to any chains in as many statements as of one; the chains are locked in sorted order,
 * and entries of one chain follow one another as they are given.
 */
export async function appendAudits(tx: Executor, entries: Iterable<readonly [ChainId, NewAuditEntry]>): Promise<void> {
	const byChain = Map.groupBy(entries, ([chainId]) => chainId);
	if (byChain.size === 0) return;
	const rows: (typeof auditEntry.$inferSelect)[] = [];
	const ends = (await lockChains(tx, [...byChain.keys()].sort())).map((end) => {
		const added = chained(
			end,
			byChain.get(end.chainId as ChainId)!.map(([, entry]) => entry), // asked for by these ids
		);
		rows.push(...added);
		return added.at(-1)!; // a chain is asked for with its first entry
	});
	await tx.execute(sql`
		with added as (
			insert into ${auditEntry}
				(chain_id, position, at, person_id, session_id, action, purpose, subject, compartments, hash)
			select chain_id, position, at, person_id, session_id, action, purpose, subject, compartments, decode(hash, 'hex')
			from jsonb_to_recordset(${asJson(rows)}::jsonb) as entry (
				chain_id uuid, position bigint, at timestamptz, person_id uuid, session_id text,
				action text, purpose text, subject jsonb, compartments text[], hash text
			)
		)
		insert into ${auditChain} (chain_id, position, hash)
		select chain_id, position, decode(hash, 'hex')
		from jsonb_to_recordset(${asJson(ends)}::jsonb) as chain (chain_id uuid, position bigint, hash text)
		on conflict (chain_id) do update set position = excluded.position, hash = excluded.hash`);
}

/** Rows by the columns' names in one parameter: sixty rows of ten parameters cost more to bind than to store. */
function asJson(rows: readonly (typeof auditEntry.$inferSelect)[]): string {
	return JSON.stringify(
		rows.map(({ chainId, personId, sessionId, hash, ...row }) => ({
			...row,
			chain_id: chainId,
			person_id: personId,
			session_id: sessionId,
			hash: hash.toString('hex'),
		})),
	);
}

/**
 * A chain begins with its first entry; most are there already, so one alone is not made before it was looked for. Several are:
 * whoever held some of them while making others could wait for somebody who waits for these.
 */
async function lockChains(tx: Executor, chainIds: readonly ChainId[]): Promise<(typeof auditChain.$inferSelect)[]> {
	const lock = () =>
		tx.select().from(auditChain).where(among(auditChain.chainId, chainIds)).orderBy(auditChain.chainId).for('update');
	const ends = chainIds.length === 1 ? await lock() : [];
	if (ends.length > 0) return ends;
	await tx
		.insert(auditChain)
		.values(chainIds.map((chainId) => ({ chainId, position: 0, hash: NO_HASH })))
		.onConflictDoNothing();
	const made = await lock();
	if (made.length !== chainIds.length) throw new Error('an audit chain is missing');
	return made;
}

function chained(start: typeof auditChain.$inferSelect, entries: readonly NewAuditEntry[]): (typeof auditEntry.$inferSelect)[] {
	let end = start;
	return entries.map((entry) => {
		const next = nextEntry(end, entry);
		end = next;
		return next;
	});
}

function nextEntry(end: typeof auditChain.$inferSelect, entry: NewAuditEntry): typeof auditEntry.$inferSelect {
	const next = {
		position: end.position + 1,
		at: entry.at,
		personId: entry.personId,
		sessionId: entry.sessionId,
		action: entry.action,
		purpose: entry.purpose ?? null,
		subject: entry.subject,
		compartments: entry.compartments ? [...entry.compartments] : null,
	};
	return { ...next, chainId: end.chainId, hash: hashOf(end.chainId as ChainId, next, end.hash) };
}

/** The first position that is missing or was changed; undefined when the chain is whole. */
export async function verifyChain(tx: Executor, chainId: ChainId): Promise<{ readonly brokenAt: number } | undefined> {
	let position = 0;
	let hash: Buffer = NO_HASH;
	for (;;) {
		const after = and(eq(auditEntry.chainId, chainId), gt(auditEntry.position, position));
		const rows = await tx.select().from(auditEntry).where(after).orderBy(asc(auditEntry.position)).limit(VERIFY_PAGE);
		for (const row of rows) {
			hash = hashOf(chainId, stored(row), hash);
			if (row.position !== position + 1 || !hash.equals(row.hash)) return { brokenAt: position + 1 };
			position = row.position;
		}
		if (rows.length < VERIFY_PAGE) break;
	}
	const [end] = await tx.select().from(auditChain).where(eq(auditChain.chainId, chainId));
	if (!end) return position === 0 ? undefined : { brokenAt: position };
	return end.position === position && end.hash.equals(hash) ? undefined : { brokenAt: position + 1 };
}

/** Newest first. */
export async function auditEntriesOf(tx: Executor, chainId: ChainId, limit: number): Promise<readonly StoredAuditEntry[]> {
	const rows = await tx
		.select()
		.from(auditEntry)
		.where(eq(auditEntry.chainId, chainId))
		.orderBy(desc(auditEntry.position))
		.limit(limit);
	return rows.map(stored);
}

/** Who last did something of a chain's case, by the log. */
export async function lastToDo(tx: Executor, chainId: ChainId, action: AuditAction): Promise<PersonId | null> {
	const done = and(eq(auditEntry.chainId, chainId), eq(auditEntry.action, action));
	const [row] = await tx
		.select({ personId: auditEntry.personId })
		.from(auditEntry)
		.where(done)
		.orderBy(desc(auditEntry.position))
		.limit(1);
	return (row?.personId ?? null) as PersonId | null; // safe: written by us
}

/** How many entries there are in all: tests compare it before and after. */
export async function countAuditEntries(tx: Executor): Promise<number> {
	const [row] = await tx.select({ count: sql<number>`count(*)::int` }).from(auditEntry);
	return row?.count ?? 0;
}

function stored(row: typeof auditEntry.$inferSelect): StoredAuditEntry {
	return {
		position: row.position,
		at: row.at,
		personId: row.personId as PersonId | null, // safe: written by us
		sessionId: row.sessionId,
		action: row.action,
		purpose: row.purpose,
		subject: row.subject as Record<string, string>,
		compartments: row.compartments,
	};
}

/** SHA-256 over the hash before and the entry in one fixed order; `jsonb` keeps no order of keys, so they are sorted. */
function hashOf(chainId: ChainId, entry: StoredAuditEntry, before: Buffer): Buffer {
	const subject = Object.entries(entry.subject).sort(([a], [b]) => (a < b ? -1 : 1));
	const words = [
		chainId,
		entry.position,
		entry.at.toISOString(),
		entry.personId,
		entry.sessionId,
		entry.action,
		entry.purpose,
		subject,
		entry.compartments,
	];
	return createHash('sha256').update(before).update(JSON.stringify(words)).digest();
}
