import type { Executor } from '../../../db/client.ts';
import { loadCaseHeaders, type CaseHeaderRow } from '../../../db/repo/case-read.ts';
import { ageOn } from '../../../domain/citizen/age.ts';
import type { CaseId } from '../../../domain/ids.ts';
import type { Day } from '../../../domain/iso-week.ts';
import type { Reach } from '../../../domain/policy.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import type { QueryContext } from '../query-context.ts';

/** A case whose keys exist. */
export interface OpenedCase {
	readonly row: CaseHeaderRow;
	readonly citizenKey: Buffer;
	readonly caseKey: Buffer;
}

/** Erased cases are left out: without their keys there is nothing to read. */
export async function openCases(
	ctx: Pick<QueryContext, 'keys'>,
	tx: Executor,
	caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, OpenedCase>> {
	const rows = await loadCaseHeaders(tx, caseIds);
	const keys = await ctx.keys.openAll(
		tx,
		rows.flatMap(({ citizenKeyId, caseKeyId }) => [citizenKeyId, caseKeyId]),
	);
	return new Map(
		rows.flatMap((row) => {
			const [citizenKey, caseKey] = [keys.get(row.citizenKeyId), keys.get(row.caseKeyId)];
			return citizenKey && caseKey ? [[row.caseId, { row, citizenKey, caseKey }] as const] : [];
		}),
	);
}

export async function openCase(ctx: Pick<QueryContext, 'keys'>, tx: Executor, caseId: CaseId): Promise<OpenedCase | undefined> {
	return (await openCases(ctx, tx, [caseId])).get(caseId);
}

/** What stands at the head of a case, unsealed; what the reader may not know of it is null. */
export function headOf({ row, citizenKey }: OpenedCase, reach: Reach, today: Day) {
	const text = (kind: keyof typeof CITIZEN_TEXT, sealed: Buffer) =>
		unsealText(citizenKey, sealed, CITIZEN_TEXT[kind], row.citizenId);
	return {
		citizenName: text('name', row.sealedName),
		age: reach.team && row.sealedBirthDay ? ageOn(text('birthDay', row.sealedBirthDay), today) : null,
		phase: reach.team ? row.phase : null,
		team: reach.team ? { id: row.teamId, name: row.teamName } : null,
		releaseDay: reach.justice || reach.summary ? row.releaseDay : null,
	};
}
