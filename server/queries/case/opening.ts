import type { Executor } from '../../../db/client.ts';
import { formatCompartment } from '../../../board/compartments.ts';
import { appendAudit } from '../../../db/repo/audit.ts';
import { openedCompartments } from '../../../db/repo/case-read.ts';
import type { ReadPurpose } from '../../../domain/disclosure/access-basis.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Reach } from '../../../domain/policy.ts';
import type { QueryContext } from '../query-context.ts';
import { compartmentsOf } from './reader.ts';

/** How long one session's opening of a case covers what its page fetches afterwards: a session's longest life. */
const OPENING_MS = 12 * 3_600_000;

export interface Reading {
	readonly caseId: CaseId;
	/** From the route, never from the caller. */
	readonly purpose: ReadPurpose;
	readonly reach: Reach;
}

/** Writes that a case is opened. In the transaction of the read: what could not be logged is not answered. */
export async function recordOpening(ctx: QueryContext, tx: Executor, reading: Reading, at: Date): Promise<void> {
	const { sessionId, actor } = ctx.signedIn;
	await appendAudit(tx, reading.caseId, {
		action: 'case.read', subject: { caseId: reading.caseId }, purpose: reading.purpose, compartments: kindsOf(reading.reach),
		at, personId: actor.personId, sessionId,
	});
}

/** For what an open page fetches later: one row per case and opening, and a new one once more is read than that said. */
export async function recordWithinOpening(ctx: QueryContext, tx: Executor, reading: Reading, at: Date): Promise<void> {
	const { sessionId, actor } = ctx.signedIn;
	const opening = { sessionId, personId: actor.personId, caseId: reading.caseId, purpose: reading.purpose };
	const opened = await openedCompartments(tx, opening, new Date(at.getTime() - OPENING_MS));
	if (!kindsOf(reading.reach).every((kind) => opened.has(kind))) await recordOpening(ctx, tx, reading, at);
}

/** Closed words for the log: a placement by its id, drafts by nobody's. */
export function kindsOf(reach: Reach): string[] {
	const named = compartmentsOf(reach).map(formatCompartment);
	return reach.drafts ? [...named, 'private'] : named;
}
