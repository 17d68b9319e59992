import type { CaseId, PersonId } from '../../domain/ids.ts';
import { type Actor, type CaseFacts, type CaseStanding, type Reach, reachOf } from '../../domain/policy.ts';
import type { Executor } from '../client.ts';
import { type CitizenCase, findCase } from './case.ts';
import { loadStandingOf } from './case-standing.ts';
import { placementsOf } from './placement.ts';

/** One person and one case, also when the person has nothing to do with it: an administrator gives access to any. */
export interface Standing {
	readonly case: CitizenCase;
	readonly facts: CaseFacts;
	readonly standing: CaseStanding;
}

const NONE: CaseStanding = { grants: [], isCoordinator: false };

/** Undefined when there is no such case. Which grant counts on which day is decided in case-standing.ts alone. */
export async function loadStanding(tx: Executor, caseId: CaseId, personId: PersonId, at: Date): Promise<Standing | undefined> {
	const found = await findCase(tx, caseId);
	if (!found) return undefined;
	const { teamId, organisationId, closedAt } = found;
	const placementIds = (await placementsOf(tx, caseId)).map(({ id }) => id);
	const row = await loadStandingOf(tx, caseId, personId, at);
	return {
		case: found,
		facts: { caseId, teamId, organisationId, closed: closedAt !== null, placementIds },
		standing: row?.standing ?? NONE,
	};
}

/** {@link loadStanding} and what the policy makes of it. */
export async function loadReach(
	tx: Executor,
	actor: Actor,
	caseId: CaseId,
	at: Date,
): Promise<(Standing & { readonly reach: Reach }) | undefined> {
	const found = await loadStanding(tx, caseId, actor.personId, at);
	return found && { ...found, reach: reachOf(actor, found.facts, found.standing) };
}
