import type { Executor } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { headOf, openCases } from '../case/case-header.ts';
import { readerOf, type Reader } from '../case/reader.ts';
import type { QueryContext } from '../query-context.ts';
import { recordNames } from './record-names.ts';

/** A citizen on an agenda whose plan the reader may read. */
export interface NamedCase {
	readonly me: Reader;
	readonly citizenName: string;
}

/** Who of these the reader may know by name. Naming is a read: it is logged once in each session, for the purpose `meeting`. */
export async function nameCases(
	ctx: QueryContext,
	tx: Executor,
	caseIds: readonly CaseId[],
	at: Date,
): Promise<ReadonlyMap<CaseId, NamedCase>> {
	if (caseIds.length === 0) return new Map();
	const standings = await loadStandings(tx, { caseIds, personIds: [ctx.signedIn.actor.personId] }, at);
	const readers = standings.map(readerOf).filter(({ reach }) => reach.team);
	const opened = await openCases(
		ctx,
		tx,
		readers.map(({ facts }) => facts.caseId),
	);
	const named = readers.flatMap((me) => {
		const open = opened.get(me.facts.caseId);
		return open ? [[me.facts.caseId, { me, citizenName: headOf(open, me.reach, dayOf(at)).citizenName }] as const] : [];
	});
	await recordNames(
		ctx,
		tx,
		named.map(([caseId]) => caseId),
		at,
	);
	return new Map(named);
}
