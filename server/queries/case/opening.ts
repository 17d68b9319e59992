import type { Executor } from '../../../db/client.ts';
import { formatCompartment } from '../../../board/compartments.ts';
import { appendAudits } from '../../../db/repo/audit.ts';
import { openedBySessions } from '../../../db/repo/case-read.ts';
import { purposesCovering, type ReadPurpose } from '../../../domain/disclosure/access-basis.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Reach } from '../../../domain/policy.ts';
import type { QueryContext } from '../query-context.ts';
import { compartmentsOf } from './reader.ts';

/** How long one session's opening of a case covers what its page fetches afterwards: a session's longest life. */
export const OPENING_MS = 12 * 3_600_000;

export interface Reading {
	readonly caseId: CaseId;
	/** From the route, never from the caller. */
	readonly purpose: ReadPurpose;
	readonly reach: Reach;
}

/** What somebody reads. */
export interface ReadingBy extends Reading {
	readonly by: QueryContext['signedIn'];
}

/** Writes that cases are opened. In the transaction of the read: what could not be logged is not answered. */
export async function recordOpenings(ctx: QueryContext, tx: Executor, readings: readonly Reading[], at: Date): Promise<void> {
	await recordOpeningsBy(tx, readings.map(byReader(ctx)), at);
}

/** {@link recordOpenings} of several readers who are answered together. */
export async function recordOpeningsBy(tx: Executor, readings: readonly ReadingBy[], at: Date): Promise<void> {
	const entries = readings.map(({ by, caseId, purpose, reach }) => {
		const { sessionId, actor } = by;
		const read = { action: 'case.read', subject: { caseId }, purpose, compartments: kindsOf(reach) } as const;
		return [caseId, { ...read, at, personId: actor.personId, sessionId }] as const;
	});
	await appendAudits(tx, entries);
}

function byReader<Read extends Omit<Reading, 'purpose'>>({ signedIn }: QueryContext) {
	return (reading: Read) => ({ ...reading, by: signedIn });
}

export async function recordOpening(ctx: QueryContext, tx: Executor, reading: Reading, at: Date): Promise<void> {
	await recordOpenings(ctx, tx, [reading], at);
}

/** For what an open page fetches later: one row per case and opening, and a new one once more is read than that said. */
export async function recordWithinOpening(ctx: QueryContext, tx: Executor, reading: Reading, at: Date): Promise<void> {
	await recordWithinOpenings(ctx, tx, reading.purpose, [reading], at);
}

/** {@link recordWithinOpening} of many cases at once, all for one purpose. */
export async function recordWithinOpenings(
	ctx: QueryContext,
	tx: Executor,
	purpose: ReadPurpose,
	readings: readonly Omit<Reading, 'purpose'>[],
	at: Date,
): Promise<void> {
	await recordWithinOpeningsBy(tx, purpose, readings.map(byReader(ctx)), at);
}

/** {@link recordWithinOpenings} of several readers who are answered together; a session that asks twice is written down once. */
export async function recordWithinOpeningsBy(
	tx: Executor,
	purpose: ReadPurpose,
	readings: readonly Omit<ReadingBy, 'purpose'>[],
	at: Date,
): Promise<void> {
	if (readings.length === 0) return;
	const sessions = readings.map(({ by: { sessionId, actor } }) => ({ sessionId, personId: actor.personId }));
	const caseIds = [...new Set(readings.map(({ caseId }) => caseId))];
	const purposes = purposesCovering(purpose);
	const opened = await openedBySessions(tx, { sessions, caseIds, purposes }, new Date(at.getTime() - OPENING_MS));
	const unsaid = new Map<string, ReadingBy>();
	for (const { by, caseId, reach } of readings) {
		const said = opened.get(by.sessionId)?.get(caseId);
		if (!kindsOf(reach).every((kind) => said?.has(kind))) unsaid.set(`${by.sessionId} ${caseId}`, { by, caseId, reach, purpose });
	}
	await recordOpeningsBy(tx, [...unsaid.values()], at);
}

/** Closed words for the log: a placement by its id, drafts by nobody's. */
export function kindsOf(reach: Reach): string[] {
	const named = compartmentsOf(reach).map(formatCompartment);
	return reach.drafts ? [...named, 'private'] : named;
}
