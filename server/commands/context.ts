import { type Database, type Executor, transaction } from '../../db/client.ts';
import { appendAudit, appendAudits, type ChainId } from '../../db/repo/audit.ts';
import { violatedUniqueIndex } from '../../db/unique-violation.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { DocumentId, OrganisationId, PersonId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/policy.ts';
import { refuse, type Result } from '../../domain/result.ts';
import type { BoardLog } from '../log/board-log.ts';
import type { CaseKeys } from '../log/case-keys.ts';
import type { Announce } from './announcement.ts';

/** The part of a sign-in that commands need: who, in which session, on whose board. */
export interface Caller {
	readonly sessionId: string;
	readonly actor: Actor;
	/** The municipality whose board this is; the caller's own employer may be another. */
	readonly hostId: OrganisationId;
}

/** What every command gets; one is made for each request. A query's context asks for a part of it. */
export interface CommandContext {
	readonly db: Database;
	readonly keys: CaseKeys;
	readonly log: BoardLog;
	readonly signedIn: Caller;
	readonly now: () => Date;
	/** Called after the commit, never before. */
	readonly announce: Announce;
	/** Who has a document open in this process now. */
	readonly connectedTo: (documentId: DocumentId) => readonly PersonId[];
	readonly hashPassword: (password: string) => Promise<string>;
}

/** Writes down what the caller did, in the transaction that does it. Last: the chain stays locked until the commit. */
export function record(ctx: CommandContext, tx: Executor, chainId: ChainId, entry: AuditEntry): Promise<void> {
	const { actor, sessionId } = ctx.signedIn;
	return appendAudit(tx, chainId, { ...entry, at: ctx.now(), personId: actor.personId, sessionId });
}

/** {@link record} in several chains at once, for what concerns several cases. Last, like that. */
export function recordAll(ctx: CommandContext, tx: Executor, entries: ReadonlyMap<ChainId, AuditEntry>): Promise<void> {
	const { actor, sessionId } = ctx.signedIn;
	const stamp = { at: ctx.now(), personId: actor.personId, sessionId };
	return appendAudits(tx, new Map(Array.from(entries, ([chainId, entry]) => [chainId, { ...entry, ...stamp }])));
}

/**
 * One transaction whose unique indexes may refuse: two administrators typing the same name at once is a refusal for the
 * slower one, not an accident.
 *
 * @param taken which refusal each index stands for
 */
export async function transactionUnlessTaken<Value, Refusal, const Code extends string>(
	ctx: CommandContext,
	taken: Readonly<Record<string, Code>>,
	work: (tx: Executor) => Promise<Result<Value, Refusal>>,
): Promise<Result<Value, Refusal | { readonly code: Code }>> {
	try {
		return await transaction(ctx.db, work);
	} catch (error) {
		const code = taken[violatedUniqueIndex(error) ?? ''];
		if (code === undefined) throw error;
		return refuse({ code });
	}
}
