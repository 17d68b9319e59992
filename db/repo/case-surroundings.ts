import { sql } from 'drizzle-orm';
import type { CaseId, DocumentId, MeetingId, PersonId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { Executor } from '../client.ts';
import type { CoordinatorRow, PlacementRow } from './case-read.ts';
import type { ShownPersonRow } from './shown-person.ts';
import type { KnownUnsentText } from './unsent-text-read.ts';

/** What stands round a case's documents on every board. */
export interface CaseSurroundings {
	/** Every coordinator the case has had or is to have, newest first. */
	readonly coordinators: readonly Omit<CoordinatorRow, 'caseId'>[];
	readonly placements: readonly Omit<PlacementRow, 'caseId'>[];
	/** Everybody who was ever given access. */
	readonly granted: readonly ShownPersonRow[];
	/** Everybody who ever wrote in one of its documents. */
	readonly writers: readonly (ShownPersonRow & { readonly documentId: DocumentId })[];
	/** Oldest first. */
	readonly unsentTexts: readonly KnownUnsentText[];
	/** The last closed meeting that talked of it. */
	readonly lastMeeting: { readonly meetingId: MeetingId; readonly week: IsoWeek; readonly closedAt: Date } | null;
}

type Stored = Omit<CaseSurroundings, 'unsentTexts' | 'lastMeeting'> & {
	readonly unsentTexts: readonly (Omit<KnownUnsentText, 'sealedAt'> & { readonly sealedAt: string })[];
	readonly lastMeeting: (Omit<NonNullable<CaseSurroundings['lastMeeting']>, 'closedAt'> & { readonly closedAt: string }) | null;
};

const SHOWN = sql.raw(`p.id as "personId", p.name, p.profession, o.name as "organisationName", o.id <> o.host_id as external`);
const SHOWN_FROM = sql.raw(`join organisation o on o.id = p.organisation_id`);

/** Six lists in one statement, because a board shows them all. @param ownerIds whose drafts' writers are asked for */
export async function loadCaseSurroundings(
	tx: Executor,
	caseId: CaseId,
	ownerIds: readonly PersonId[],
): Promise<CaseSurroundings> {
	const { rows } = await tx.execute<Stored & Record<string, unknown>>(sql`
		select
			array(select to_json(r) from (
				select ${SHOWN}, a.from_day as "from", a.until_day as "until"
				from coordinator_assignment a join person p on p.id = a.person_id ${SHOWN_FROM}
				where a.case_id = ${caseId} order by a.from_day desc, a.id desc
			) r) as coordinators,
			array(select to_json(r) from (
				select pl.id, o.name as company, pl.from_day as "from", pl.until_day as "until"
				from placement pl join organisation o on o.id = pl.company_id
				where pl.case_id = ${caseId} order by pl.from_day, pl.id
			) r) as placements,
			array(select to_json(r) from (
				select distinct ${SHOWN}
				from case_access a join person p on p.id = a.person_id ${SHOWN_FROM}
				where a.case_id = ${caseId}
			) r) as granted,
			array(select to_json(r) from (
				select distinct d.id as "documentId", ${SHOWN}
				from board_document d join board_client b on b.document_id = d.id join person p on p.id = b.person_id ${SHOWN_FROM}
				where d.case_id = ${caseId} and (d.kind <> 'private' or d.person_id = any(${sql.param(ownerIds)}::uuid[]))
			) r) as writers,
			array(select to_json(r) from (
				select u.id, u.length, u.sealed_at as "sealedAt", ${SHOWN}
				from unsent_text u join person p on p.id = u.author_id ${SHOWN_FROM}
				where u.case_id = ${caseId} order by u.sealed_at, u.id
			) r) as "unsentTexts",
			(select to_json(r) from (
				select m.id as "meetingId", m.week, m.closed_at as "closedAt"
				from minutes mi join meeting m on m.id = mi.meeting_id
				where mi.case_id = ${caseId} order by m.closed_at desc, m.id desc limit 1
			) r) as "lastMeeting"`);
	const { unsentTexts, lastMeeting, ...lists } = rows[0]!; // one select of lists is one row
	return {
		...lists,
		unsentTexts: unsentTexts.map((row) => ({ ...row, sealedAt: new Date(row.sealedAt) })),
		lastMeeting: lastMeeting && { ...lastMeeting, closedAt: new Date(lastMeeting.closedAt) },
	};
}
