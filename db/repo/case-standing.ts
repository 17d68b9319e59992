import { sql, type SQL } from 'drizzle-orm';
import type { AccessBasis } from '../../domain/disclosure/access-basis.ts';
import type { AccessId, CaseId, OrganisationId, PersonId, PlacementId, TeamId } from '../../domain/ids.ts';
import { dayOf, type Day } from '../../domain/iso-week.ts';
import type { Profession } from '../../domain/people.ts';
import type { Actor, CaseFacts, CaseStanding } from '../../domain/policy.ts';
import type { Executor } from '../client.ts';

/** One valid access, as who manages it sees it. */
export interface AccessOnCase {
	readonly id: AccessId;
	readonly placementId: PlacementId | null;
	readonly basis: AccessBasis;
	readonly from: Day;
	readonly until: Day;
}

/** Everything policy needs to know of one person and one case, and how to show the person. */
export interface StandingRow {
	readonly facts: CaseFacts;
	readonly actor: Actor;
	readonly standing: CaseStanding;
	readonly isLead: boolean;
	readonly name: string;
	readonly organisationName: string;
	readonly external: boolean;
	readonly accesses: readonly AccessOnCase[];
}

/** Which pairs to load; an absent side means "whatever is there". At least one side must be named. */
export interface StandingFilter {
	readonly caseIds?: readonly CaseId[];
	readonly personIds?: readonly PersonId[];
}

interface WhyRow {
	case_id: CaseId;
	team_id: TeamId;
	case_organisation_id: OrganisationId;
	closed: boolean;
	placement_ids: PlacementId[];
	person_id: PersonId;
	name: string;
	profession: Profession;
	organisation_id: OrganisationId;
	organisation_name: string;
	external: boolean;
	why: 'access' | 'coordinator' | 'lead';
	access_id: AccessId | null;
	placement_id: PlacementId | null;
	adds_clinical: boolean;
	adds_justice: boolean;
	basis: AccessBasis | null;
	from_day: Day | null;
	until_day: Day | null;
	[column: string]: unknown;
}

/**
 * Everybody who has anything to do with the cases asked for, at an instant: by access, as coordinator, by leading the team.
 * One statement, because it runs before every page, every socket and every announcement.
 */
export async function loadStandings(tx: Executor, filter: StandingFilter, at: Date): Promise<StandingRow[]> {
	if (!filter.caseIds && !filter.personIds) throw new RangeError('a standing filter names cases or persons');
	const { rows } = await tx.execute<WhyRow>(standingQuery(filter, at));
	const pairs = new Map<string, WhyRow[]>();
	for (const row of rows) {
		const key = `${row.case_id} ${row.person_id}`;
		const reasons = pairs.get(key);
		if (reasons) reasons.push(row);
		else pairs.set(key, [row]);
	}
	return Array.from(pairs.values(), standingOf);
}

/** One person's standing in one case. */
export async function loadStandingOf(
	tx: Executor,
	caseId: CaseId,
	personId: PersonId,
	at: Date,
): Promise<StandingRow | undefined> {
	const [row] = await loadStandings(tx, { caseIds: [caseId], personIds: [personId] }, at);
	return row;
}

function standingQuery(filter: StandingFilter, at: Date): SQL {
	const today = dayOf(at);
	const among = (column: SQL, ids: readonly string[] | undefined) =>
		ids ? sql`and ${column} = any(${sql.param(ids)}::uuid[])` : sql``;
	const where = (caseId: SQL, personId: SQL) => sql`${among(caseId, filter.caseIds)} ${among(personId, filter.personIds)}`;
	return sql`
		with why as (
			select case_id, person_id, 'access' as why, id as access_id, placement_id, adds_clinical, adds_justice, basis, from_day, until_day
			from case_access
			where from_day <= ${today} and until_day >= ${today} and (ended_at is null or ended_at > ${at.toISOString()})
				${where(sql`case_id`, sql`person_id`)}
			union all
			select case_id, person_id, 'coordinator', null, null, false, false, null, null, null
			from coordinator_assignment
			where from_day <= ${today} and (until_day is null or until_day >= ${today}) ${where(sql`case_id`, sql`person_id`)}
			union all
			select c.id, m.person_id, 'lead', null, null, false, false, null, null, null
			from citizen_case c join team_member m on m.team_id = c.team_id and m.is_lead
			where m.from_day <= ${today} and (m.until_day is null or m.until_day >= ${today}) ${where(sql`c.id`, sql`m.person_id`)}
		)
		select why.case_id, c.team_id, c.organisation_id as case_organisation_id, c.closed_at is not null as closed,
			array(select pl.id from placement pl where pl.case_id = c.id order by pl.from_day, pl.id)::text[] as placement_ids,
			p.id as person_id, p.name, p.profession, p.organisation_id, o.name as organisation_name, o.id <> o.host_id as external,
			why.why, why.access_id, why.placement_id, why.adds_clinical, why.adds_justice, why.basis,
			why.from_day::text as from_day, why.until_day::text as until_day
		from why
			join citizen_case c on c.id = why.case_id and c.erased_at is null
			join person p on p.id = why.person_id and p.ended_at is null
			join organisation o on o.id = p.organisation_id
		order by p.name, p.id, why.access_id`;
}

function standingOf(reasons: WhyRow[]): StandingRow {
	const first = reasons[0]!; // a pair is made with its first reason
	const isLead = reasons.some(({ why }) => why === 'lead');
	const given = reasons.filter(({ why }) => why === 'access');
	return {
		facts: {
			caseId: first.case_id,
			teamId: first.team_id,
			organisationId: first.case_organisation_id,
			closed: first.closed,
			placementIds: first.placement_ids,
		},
		actor: {
			personId: first.person_id,
			profession: first.profession,
			organisationId: first.organisation_id,
			leads: isLead ? [first.team_id] : [],
		},
		standing: { grants: given.map(grantOf), isCoordinator: reasons.some(({ why }) => why === 'coordinator') },
		isLead,
		name: first.name,
		organisationName: first.organisation_name,
		external: first.external,
		accesses: given.map((row) => ({
			id: row.access_id!,
			placementId: row.placement_id,
			basis: row.basis!,
			from: row.from_day!,
			until: row.until_day!,
		})),
	};
}

function grantOf(row: WhyRow): CaseStanding['grants'][number] {
	const adds = [...(row.adds_clinical ? (['clinical'] as const) : []), ...(row.adds_justice ? (['justice'] as const) : [])];
	return { placementId: row.placement_id, adds };
}
