import type { Executor } from '../../../db/client.ts';
import { formatCompartment } from '../../../board/compartments.ts';
import { appendAudits } from '../../../db/repo/audit.ts';
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

/** Writes that cases are opened. In the transaction of the read: what could not be logged is not answered. */
export async function recordOpenings(ctx: QueryContext, tx: Executor, readings: readonly Reading[], at: Date): Promise<void> {
	const { sessionId, actor } = ctx.signedIn;
	const entries = readings.map(
		({ caseId, purpose, reach }) =>
			[
				caseId,
				{
					action: 'case.read',
					subject: { caseId },
					purpose,
					compartments: kindsOf(reach),
					at,
					personId: actor.personId,
					sessionId,
				},
			] as const,
	);
	await appendAudits(tx, new Map(entries));
}

export async function recordOpening(ctx: QueryContext, tx: Executor, reading: Reading, at: Date): Promise<void> {
	await recordOpenings(ctx, tx, [reading], at);
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
