import { asc, eq } from 'drizzle-orm';
import type { CaseId, UnsentTextId } from '../../domain/ids.ts';
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
