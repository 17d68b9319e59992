import type { Executor } from '../../../db/client.ts';
import { loadUnsentTexts, type KnownUnsentText } from '../../../db/repo/unsent-text-read.ts';
import { leadsCase } from '../../../domain/policy.ts';
import type { CaseBoard } from './case-board.ts';
import { viewPerson } from './person-view.ts';
import type { Reader } from './reader.ts';

export async function loadUnsentTextsFor(tx: Executor, me: Reader): Promise<CaseBoard['unsentTexts']> {
	return unsentTextsFor(await loadUnsentTexts(tx, me.facts.caseId), me);
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
