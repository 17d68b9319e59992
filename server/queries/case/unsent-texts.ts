import type { Executor } from '../../../db/client.ts';
import { findCase } from '../../../db/repo/case.ts';
import { hadStandingSince, loadUnsentTexts, type KnownUnsentText } from '../../../db/repo/unsent-text-read.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { unsentTextsKeptSince } from '../../../domain/observation/unsent-text.ts';
import { leadsCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { CaseBoard } from './case-board.ts';
import { viewPerson } from './person-view.ts';
import type { Reader } from './reader.ts';

export async function loadUnsentTextsFor(tx: Executor, me: Reader): Promise<CaseBoard['unsentTexts']> {
	return unsentTextsFor(await loadUnsentTexts(tx, me.facts.caseId), me);
}

/**
 * Would words of theirs be sealed? To whoever had the case open a moment ago, a refusal says that it was erased. It reads
 * nothing of the case, so it is not logged as a read.
 */
export async function findPlaceForUnsent(ctx: QueryContext, caseId: CaseId): Promise<Result<null, NotFound>> {
	const { orm } = ctx.db;
	const since = unsentTextsKeptSince(ctx.now());
	const isThere = (await findCase(orm, caseId)) && (await hadStandingSince(orm, caseId, ctx.signedIn.actor.personId, since));
	return isThere ? ok(null) : refuse({ code: 'not-found' });
}

/** One's own, to open again; for the lead everybody's, as no more than whose, how long and since when. */
export function unsentTextsFor(rows: readonly KnownUnsentText[], me: Reader): CaseBoard['unsentTexts'] {
	const isMine = (row: KnownUnsentText) => row.personId === me.actor.personId;
	const shown = leadsCase(me.actor, me.facts) ? rows : rows.filter(isMine);
	return shown.map((row) => ({
		id: row.id,
		author: viewPerson(me.reach, row, me.actor.personId),
		length: row.length,
		sealedAt: row.sealedAt.toISOString(),
		mayOpen: isMine(row),
	}));
}
