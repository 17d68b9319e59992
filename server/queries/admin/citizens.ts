import { z } from 'zod';
import { type Executor, transaction } from '../../../db/client.ts';
import { appendAudit } from '../../../db/repo/audit.ts';
import { casesOfOrganisation, type CitizenCase } from '../../../db/repo/case.ts';
import { citizensOf, type SealedCitizen } from '../../../db/repo/citizen.ts';
import { teamsOf } from '../../../db/repo/team.ts';
import { idSchema, type CaseId, type CitizenId, type TeamId } from '../../../domain/ids.ts';
import { mayAdminister } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { CITIZEN_TEXT, unsealText } from '../../log/sealed-text.ts';
import type { Forbidden } from './directory.ts';
import type { HostQueryContext } from './host-query-context.ts';

/** As much of a citizen as it takes to administer them, and not a word of what is in a case. */
export const citizenViewSchema = z.object({
	id: idSchema<CitizenId>(),
	name: z.string(),
	hasCpr: z.boolean(),
	/** Oldest first. */
	cases: z.array(
		z.object({
			id: idSchema<CaseId>(),
			team: z.object({ id: idSchema<TeamId>(), name: z.string() }),
			openedAt: z.iso.datetime(),
			closedAt: z.iso.datetime().nullable(),
		}),
	),
});
export type CitizenView = z.infer<typeof citizenViewSchema>;

/** By name. Names of citizens are read here, so the listing stands in the log of the municipality: one entry for all of it. */
export async function listCitizens(ctx: HostQueryContext): Promise<Result<CitizenView[], Forbidden>> {
	const { actor, hostId, sessionId } = ctx.signedIn;
	if (!mayAdminister(actor, hostId)) return refuse({ code: 'forbidden' });
	return transaction(ctx.db, async (tx) => {
		const citizens = await citizensOf(tx, hostId);
		const names = await namesOf(ctx, tx, citizens);
		const cases = Map.groupBy(await casesOfOrganisation(tx, hostId), (each) => each.citizenId);
		const teamNames = new Map((await teamsOf(tx, hostId)).map(({ id, name }) => [id, name]));
		await appendAudit(tx, hostId, {
			action: 'case.read',
			subject: { list: 'citizens' },
			purpose: 'administration',
			at: ctx.now(),
			personId: actor.personId,
			sessionId,
		});
		const views = citizens.flatMap((citizen) => {
			const name = names.get(citizen.id);
			return name === undefined ? [] : [viewOf(citizen, name, cases.get(citizen.id) ?? [], teamNames)];
		});
		return ok(views.sort((a, b) => a.name.localeCompare(b.name, 'da')));
	});
}

/** Those whose key was destroyed have no name any more and are left out. */
async function namesOf(ctx: HostQueryContext, tx: Executor, citizens: readonly SealedCitizen[]): Promise<Map<CitizenId, string>> {
	const keys = await ctx.keys.openAll(
		tx,
		citizens.map(({ dataKeyId }) => dataKeyId),
	);
	return new Map(
		citizens.flatMap(({ id, dataKeyId, sealedName }) => {
			const key = keys.get(dataKeyId);
			return key ? [[id, unsealText(key, sealedName, CITIZEN_TEXT.name, id)] as const] : [];
		}),
	);
}

function viewOf(
	citizen: SealedCitizen,
	name: string,
	cases: readonly CitizenCase[],
	teamNames: ReadonlyMap<TeamId, string>,
): CitizenView {
	return {
		id: citizen.id,
		name,
		hasCpr: citizen.sealedCpr !== null,
		cases: cases.map(({ id, teamId, openedAt, closedAt }) => ({
			id,
			team: { id: teamId, name: teamNames.get(teamId) ?? '' },
			openedAt: openedAt.toISOString(),
			closedAt: closedAt?.toISOString() ?? null,
		})),
	};
}
