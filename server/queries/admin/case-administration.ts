import { z } from 'zod';
import { type Executor, transaction } from '../../../db/client.ts';
import { loadReach } from '../../../db/repo/access.ts';
import { appendAudit } from '../../../db/repo/audit.ts';
import { accessesOf } from '../../../db/repo/case-access.ts';
import type { CitizenCase } from '../../../db/repo/case.ts';
import { findCitizen } from '../../../db/repo/citizen.ts';
import { coordinatorsOf } from '../../../db/repo/coordinator.ts';
import { peopleOf, type Person } from '../../../db/repo/person.ts';
import { placementsOf } from '../../../db/repo/placement.ts';
import { findTeam } from '../../../db/repo/team.ts';
import { ACCESS_BASES } from '../../../domain/disclosure/access-basis.ts';
import {
	idSchema,
	type AccessId,
	type CaseId,
	type CitizenId,
	type OrganisationId,
	type PersonId,
	type PlacementId,
	type TeamId,
} from '../../../domain/ids.ts';
import { PROFESSIONS } from '../../../domain/people.ts';
import { mayManageAccess, maySeeCase } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import type { HostQueryContext } from './host-query-context.ts';

const day = z.string();
const instant = z.iso.datetime();
const personSchema = z.object({
	id: idSchema<PersonId>(),
	name: z.string(),
	profession: z.enum(PROFESSIONS),
	organisation: z.string(),
});

/** Who has to do with a case and why: for who manages access. Nothing of what is in it. */
export const caseAdministrationSchema = z.object({
	id: idSchema<CaseId>(),
	citizen: z.object({ id: idSchema<CitizenId>(), name: z.string(), hasCpr: z.boolean() }),
	team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
	openedAt: instant,
	closedAt: instant.nullable(),
	/** Every access ever given, oldest first. Days are the last included. */
	access: z.array(
		z.object({
			id: idSchema<AccessId>(),
			person: personSchema,
			placementId: idSchema<PlacementId>().nullable(),
			addsClinical: z.boolean(),
			addsJustice: z.boolean(),
			basis: z.enum(ACCESS_BASES),
			from: day,
			until: day,
			endedAt: instant.nullable(),
		}),
	),
	/** Oldest first; past and planned ones too. */
	coordinators: z.array(z.object({ person: personSchema, from: day, until: day.nullable() })),
	placements: z.array(
		z.object({
			id: idSchema<PlacementId>(),
			company: z.object({ id: idSchema<OrganisationId>(), name: z.string() }),
			from: day,
			until: day.nullable(),
		}),
	),
});
export type CaseAdministration = z.infer<typeof caseAdministrationSchema>;

export async function readCaseAdministration(
	ctx: HostQueryContext,
	caseId: CaseId,
): Promise<Result<CaseAdministration, { readonly code: 'forbidden' | 'not-found' }>> {
	const { actor, sessionId } = ctx.signedIn;
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const found = await loadReach(tx, actor, caseId, at);
		if (!found) return refuse({ code: 'not-found' });
		if (!mayManageAccess(actor, found.facts)) return refuse({ code: maySeeCase(found.reach) ? 'forbidden' : 'not-found' });
		const administration = await assemble(ctx, tx, found.case);
		await appendAudit(tx, caseId, {
			action: 'case.read',
			subject: { caseId },
			purpose: 'administration',
			at,
			personId: actor.personId,
			sessionId,
		});
		return ok(administration);
	});
}

async function assemble(ctx: HostQueryContext, tx: Executor, row: CitizenCase): Promise<CaseAdministration> {
	const people = new Map((await peopleOf(tx, row.organisationId)).map((person) => [person.id, viewOf(person)]));
	const shown = <Row extends { readonly personId: PersonId }>(rows: readonly Row[]) =>
		rows.flatMap((each) => {
			const person = people.get(each.personId);
			return person ? [{ ...each, person }] : [];
		});
	const access = shown(await accessesOf(tx, row.id));
	const coordinators = shown(await coordinatorsOf(tx, row.id));
	const placements = await placementsOf(tx, row.id);
	return {
		id: row.id,
		citizen: await openCitizen(ctx, tx, row.citizenId),
		team: { id: row.teamId, name: (await findTeam(tx, row.teamId))?.name ?? '' },
		openedAt: row.openedAt.toISOString(),
		closedAt: row.closedAt?.toISOString() ?? null,
		access: access.map(({ id, person, placementId, addsClinical, addsJustice, basis, fromDay, untilDay, endedAt }) => ({
			id,
			person,
			placementId,
			addsClinical,
			addsJustice,
			basis,
			from: fromDay,
			until: untilDay,
			endedAt: endedAt?.toISOString() ?? null,
		})),
		coordinators: coordinators.map(({ person, fromDay, untilDay }) => ({ person, from: fromDay, until: untilDay })),
		placements: placements.map(({ id, companyId, companyName, fromDay, untilDay }) => ({
			id,
			company: { id: companyId, name: companyName },
			from: fromDay,
			until: untilDay,
		})),
	};
}

async function openCitizen(ctx: HostQueryContext, tx: Executor, citizenId: CitizenId): Promise<CaseAdministration['citizen']> {
	const citizen = await findCitizen(tx, citizenId);
	if (!citizen) throw new Error('A case without its citizen');
	const key = await ctx.keys.open(tx, citizen.dataKeyId);
	return {
		id: citizenId,
		name: unsealText(key, citizen.sealedName, CITIZEN_TEXT.name, citizenId),
		hasCpr: citizen.sealedCpr !== null,
	};
}

function viewOf({ id, name, profession, organisationName }: Person) {
	return { id, name, profession, organisation: organisationName };
}
