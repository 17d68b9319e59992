import { and, asc, eq, sql } from 'drizzle-orm';
import type { CaseId, PersonId, UnsentTextId } from '../../domain/ids.ts';
import { dayOf } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import { unsentText } from '../schema/documents.ts';
import { organisation, person } from '../schema/people.ts';
import { shownPerson, type ShownPersonRow } from './shown-person.ts';

/** What may be known of a sealed text without opening it. */
export interface KnownUnsentText extends ShownPersonRow {
	readonly id: UnsentTextId;
	/** UTF-16 code units. */
	readonly length: number;
	readonly sealedAt: Date;
}

/** Oldest first. */
export async function loadUnsentTexts(tx: Executor, caseId: CaseId): Promise<KnownUnsentText[]> {
	const rows = await tx
		.select({ id: unsentText.id, length: unsentText.length, sealedAt: unsentText.sealedAt, ...shownPerson })
		.from(unsentText)
		.innerJoin(person, eq(person.id, unsentText.authorId))
		.innerJoin(organisation, eq(organisation.id, person.organisationId))
		.where(eq(unsentText.caseId, caseId))
		.orderBy(asc(unsentText.sealedAt), asc(unsentText.id));
	return rows as KnownUnsentText[]; // safe: ids are ours
}

export async function countUnsentTexts(tx: Executor, caseId: CaseId, authorId: PersonId): Promise<number> {
	return tx.$count(unsentText, and(eq(unsentText.caseId, caseId), eq(unsentText.authorId, authorId)));
}

/** Has the person had access to the case, coordinated it or led its team at any time since an instant? */
export async function hadStandingSince(tx: Executor, caseId: CaseId, personId: PersonId, since: Date): Promise<boolean> {
	const day = dayOf(since);
	const { rows } = await tx.execute<{ had: boolean }>(sql`
		select exists (
			select from case_access
			where case_id = ${caseId} and person_id = ${personId} and until_day >= ${day} and (ended_at is null or ended_at >= ${since.toISOString()})
		) or exists (
			select from coordinator_assignment
			where case_id = ${caseId} and person_id = ${personId} and (until_day is null or until_day >= ${day})
		) or exists (
			select from team_member m join citizen_case c on c.team_id = m.team_id
			where c.id = ${caseId} and m.person_id = ${personId} and m.is_lead and (m.until_day is null or m.until_day >= ${day})
		) as had`);
	return rows[0]?.had ?? false;
}
