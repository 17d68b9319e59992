import type { CaseHeaderRow, CoordinatorRow } from '../../../db/repo/case-read.ts';
import { ageOn } from '../../../domain/citizen/age.ts';
import type { Day } from '../../../domain/iso-week.ts';
import type { Reach } from '../../../domain/policy.ts';
import type { CaseKeys } from '../../log/case-keys.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import type { Executor } from '../../../db/client.ts';

/** What stands at the head of a case, unsealed; what the reader may not know of it is null. */
export async function openHeader(tx: Executor, keys: CaseKeys, row: CaseHeaderRow, reach: Reach, today: Day) {
	const key = await keys.open(tx, row.citizenKeyId);
	const text = (kind: keyof typeof CITIZEN_TEXT, sealed: Buffer) => unsealText(key, sealed, CITIZEN_TEXT[kind], row.citizenId);
	return {
		citizenName: text('name', row.sealedName),
		age: reach.team && row.sealedBirthDay ? ageOn(text('birthDay', row.sealedBirthDay), today) : null,
		phase: reach.team ? row.phase : null,
		team: reach.team ? { id: row.teamId, name: row.teamName } : null,
		releaseDay: reach.justice || reach.summary ? row.releaseDay : null,
	};
}

/** Danish: tovholder. Who it is on a day. */
export function coordinatorOn(history: readonly CoordinatorRow[], today: Day): CoordinatorRow | undefined {
	return history.find(({ from, until }) => from <= today && (until === null || until >= today));
}
