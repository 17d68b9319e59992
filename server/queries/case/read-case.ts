import { z } from 'zod';
import { transaction, type Executor } from '../../../db/client.ts';
import { loadCoordinators } from '../../../db/repo/case-read.ts';
import { coordinatorOn } from '../../../domain/case/coordinator-on.ts';
import { idSchema, type CaseId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import { documentReferenceSchema } from './case-board.ts';
import { headOf, openCase } from './case-header.ts';
import { loadReadableDocuments, referenceTo } from './documents.ts';
import { recordOpening } from './opening.ts';
import { loadAudience, type Reader } from './reader.ts';

/** A case for programs: which documents there are to connect to, and whether edits to them are taken. */
export const caseOverviewSchema = z.object({
	id: idSchema<CaseId>(),
	citizenName: z.string(),
	closed: z.boolean(),
	documents: z.array(documentReferenceSchema),
});
export type CaseOverview = z.infer<typeof caseOverviewSchema>;

/** What a prison partner gets of the board: composed by the server, never derived in a page. */
export const caseSummarySchema = z.object({
	id: idSchema<CaseId>(),
	citizenName: z.string(),
	coordinator: z.string().nullable(),
	releaseDay: z.string().nullable(),
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export async function readCase(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseOverview, NotFound>> {
	return open(
		ctx,
		caseId,
		() => true,
		async (tx, me, { citizenName }) => ({
			id: caseId,
			citizenName,
			closed: me.facts.closed,
			documents: (await loadReadableDocuments(ctx, tx, me)).map(referenceTo),
		}),
	);
}

export async function readCaseSummary(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseSummary, NotFound>> {
	const today = dayOf(ctx.now());
	return open(
		ctx,
		caseId,
		({ reach }) => reach.summary,
		async (tx, _me, { citizenName, releaseDay }) => ({
			id: caseId,
			citizenName,
			releaseDay,
			coordinator: coordinatorOn(await loadCoordinators(tx, [caseId]), today)?.name ?? null,
		}),
	);
}

type Header = ReturnType<typeof headOf>;

async function open<Answer>(
	ctx: QueryContext,
	caseId: CaseId,
	may: (me: Reader) => boolean,
	compose: (tx: Executor, me: Reader, header: Header) => Promise<Answer>,
): Promise<Result<Answer, NotFound>> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const me = (await loadAudience(ctx, tx, caseId, at))?.me;
		const opened = me && may(me) ? await openCase(ctx, tx, caseId) : undefined;
		if (!me || !opened) return refuse({ code: 'not-found' });
		const answer = await compose(tx, me, headOf(opened, me.reach, dayOf(at)));
		await recordOpening(ctx, tx, { caseId, purpose: 'board', reach: me.reach }, at);
		return ok(answer);
	});
}
