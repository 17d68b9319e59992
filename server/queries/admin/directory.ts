import { z } from 'zod';
import { transaction } from '../../../db/client.ts';
import { organisationsOf } from '../../../db/repo/organisation.ts';
import { peopleOf } from '../../../db/repo/person.ts';
import { membersOf, teamsOf } from '../../../db/repo/team.ts';
import { templatesValidOn } from '../../../db/repo/template.ts';
import { idSchema, type OrganisationId, type PersonId, type TeamId, type TemplateVersionId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { OFFLINE_TEXT_RULES } from '../../../domain/offline-text.ts';
import { ORGANISATION_KINDS, PROFESSIONS } from '../../../domain/people.ts';
import { mayListDirectory } from '../../../domain/policy.ts';
import { labelSchema, templateContentSchema } from '../../../domain/programme/template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { HostQueryContext } from './host-query-context.ts';

/** The municipality and those who work with it. Staff, not citizens: reading it is not logged. */

const day = z.string();

export const organisationViewSchema = z.object({
	id: idSchema<OrganisationId>(),
	name: z.string(),
	kind: z.enum(ORGANISATION_KINDS),
	/** The municipality whose board this is. */
	isHost: z.boolean(),
	/** Whether unsent words may lie, sealed, on its people's devices. */
	offlineText: z.enum(OFFLINE_TEXT_RULES),
});
export type OrganisationView = z.infer<typeof organisationViewSchema>;

export const personViewSchema = z.object({
	id: idSchema<PersonId>(),
	name: z.string(),
	email: z.string(),
	profession: z.enum(PROFESSIONS),
	organisation: z.object({ id: idSchema<OrganisationId>(), name: z.string() }),
	external: z.boolean(),
	/** Set when the person left. */
	endedAt: z.iso.datetime().nullable(),
});
export type PersonView = z.infer<typeof personViewSchema>;

export const teamViewSchema = z.object({
	id: idSchema<TeamId>(),
	name: z.string(),
	/** Oldest first; those who left too. `until` is the last day, null while it lasts. */
	members: z.array(
		z.object({
			personId: idSchema<PersonId>(),
			name: z.string(),
			profession: z.enum(PROFESSIONS),
			isLead: z.boolean(),
			from: day,
			until: day.nullable(),
		}),
	),
});
export type TeamView = z.infer<typeof teamViewSchema>;

export const templateViewSchema = z.object({
	id: idSchema<TemplateVersionId>(),
	key: z.string(),
	version: z.number().int(),
	name: labelSchema,
	phases: z.array(z.object({ id: z.string(), label: labelSchema })),
});
export type TemplateView = z.infer<typeof templateViewSchema>;

export interface Forbidden {
	readonly code: 'forbidden';
}

export async function listOrganisations(ctx: HostQueryContext): Promise<Result<OrganisationView[], Forbidden>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayListDirectory(actor, hostId)) return refuse({ code: 'forbidden' });
	const rows = await organisationsOf(ctx.db.orm, hostId);
	return ok(rows.map(({ id, name, kind, offlineText }) => ({ id, name, kind, isHost: id === hostId, offlineText })));
}

export async function listPeople(ctx: HostQueryContext): Promise<Result<PersonView[], Forbidden>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayListDirectory(actor, hostId)) return refuse({ code: 'forbidden' });
	const rows = await peopleOf(ctx.db.orm, hostId);
	return ok(
		rows.map((row) => ({
			id: row.id,
			name: row.name,
			email: row.email,
			profession: row.profession,
			organisation: { id: row.organisationId, name: row.organisationName },
			external: row.external,
			endedAt: row.endedAt?.toISOString() ?? null,
		})),
	);
}

export async function listTeams(ctx: HostQueryContext): Promise<Result<TeamView[], Forbidden>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayListDirectory(actor, hostId)) return refuse({ code: 'forbidden' });
	return transaction(ctx.db, async (tx) => {
		const people = new Map((await peopleOf(tx, hostId)).map((person) => [person.id, person]));
		const teams: TeamView[] = [];
		for (const { id, name } of await teamsOf(tx, hostId)) {
			const members = (await membersOf(tx, id)).flatMap(({ personId, isLead, fromDay, untilDay }) => {
				const person = people.get(personId);
				return person
					? [{ personId, name: person.name, profession: person.profession, isLead, from: fromDay, until: untilDay }]
					: [];
			});
			teams.push({ id, name, members });
		}
		return ok(teams);
	});
}

/** What a case can be opened with today. */
export async function listTemplates(ctx: HostQueryContext): Promise<Result<TemplateView[], Forbidden>> {
	const { actor, hostId } = ctx.signedIn;
	if (!mayListDirectory(actor, hostId)) return refuse({ code: 'forbidden' });
	const rows = await templatesValidOn(ctx.db.orm, hostId, dayOf(ctx.now()));
	return ok(
		rows.map(({ id, templateKey, version, content }) => {
			const { name, phases } = templateContentSchema.parse(content);
			return { id, key: templateKey, version, name, phases: phases.items.map((phase) => ({ id: phase.id, label: phase.label })) };
		}),
	);
}
