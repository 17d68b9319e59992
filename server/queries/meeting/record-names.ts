import type { Executor } from '../../../db/client.ts';
import { appendAudits } from '../../../db/repo/audit.ts';
import { openedCompartments } from '../../../db/repo/case-read.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { OPENING_MS } from '../case/opening.ts';
import type { QueryContext } from '../query-context.ts';

/** What an agenda tells of a case. Whoever opens the board from there reads more, and that is a row of its own. */
const NAME = 'name';

/** Writes that citizens were named on an agenda, once for each session, however often its pages ask. */
export async function recordNames(ctx: QueryContext, tx: Executor, caseIds: readonly CaseId[], at: Date): Promise<void> {
	const { sessionId, actor } = ctx.signedIn;
	const { personId } = actor;
	const opening = { sessionId, personId, caseIds, purposes: ['meeting'] } as const;
	const opened = await openedCompartments(tx, opening, new Date(at.getTime() - OPENING_MS));
	const unsaid = caseIds.filter((caseId) => !opened.has(caseId));
	const entryOf = (caseId: CaseId) =>
		({ action: 'case.read', subject: { caseId }, purpose: 'meeting', compartments: [NAME], at, personId, sessionId }) as const;
	await appendAudits(tx, new Map(unsaid.map((caseId) => [caseId, entryOf(caseId)])));
}
