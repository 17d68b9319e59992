import { agreed } from '../../../board/choice.ts';
import { caseloadPlan } from '../../../board/caseload-row.ts';
import { EMPTY_TEAM } from '../../../board/empty-plan.ts';
import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { attentionSignals } from '../../../domain/caseload/attention.ts';
import { isSilentCase } from '../../../domain/caseload/standing.ts';
import type { PersonId, PlacementId } from '../../../domain/ids.ts';
import { mayRead } from '../../../domain/policy.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import type { OpenedCase } from './case-header.ts';
import type { CasePlan } from './case-list.ts';
import type { CaseListing } from './case-listing.ts';
import type { ReadableDocument } from './documents.ts';
import { compartmentOfObservation } from './observations.ts';
import type { Reader } from './reader.ts';

interface PlanOf {
	readonly me: Reader;
	readonly listing: CaseListing;
	readonly opened: OpenedCase;
	/** What the reader may open. */
	readonly documents: readonly ReadableDocument[];
	readonly team: TeamProjection | null;
	readonly placements: ReadonlyMap<PlacementId, PlacementProjection>;
	readonly phase: string | null;
	readonly template: TemplateContent | undefined;
	readonly coordinatorId: PersonId | null;
}

/** The strip, the trend, the tasks and the signals of one case, for who reads its plan. */
export function casePlan(of: PlanOf): CasePlan {
	const { me, listing, opened, placements, coordinatorId } = of;
	const { today, week } = listing;
	const team = of.team ?? EMPTY_TEAM;
	const jobTypes = new Set(of.template?.trackTypes.filter(({ jobDirected }) => jobDirected).map(({ id }) => id));
	const { facts, ...plan } = caseloadPlan({
		team,
		placementTasks: [...placements.values()].flatMap(({ tasks }) => tasks),
		isJobDirected: (type) => jobTypes.has(type),
		openedAt: opened.row.openedAt.toISOString(),
		week,
		today,
	});
	const { caseId, closed } = me.facts;
	const placementEnds = (listing.placements.get(caseId) ?? []).flatMap(({ from, until }) =>
		until && from <= today ? [until] : [],
	);
	const accessEnds = (listing.endingAccesses.get(caseId) ?? []).map(({ day }) => day);
	return {
		...plan,
		phase: phaseOf(of),
		signals: closed ? [] : attentionSignals({ ...facts, today, placementEnds, accessEnds }),
		silent: isSilentCase(lastToldMs(of), listing.at.getTime()),
		coordinatorId,
		mine:
			coordinatorId === me.actor.personId ||
			team.tracks.some((track) => !track.removed && agreed(track.owner) === me.actor.personId),
	};
}

function phaseOf({ phase, template }: PlanOf): CasePlan['phase'] {
	const phases = template?.phases.items ?? [];
	const index = phases.findIndex(({ id }) => id === phase);
	return phase === null || index < 0 ? null : { id: phase, step: index + 1, of: phases.length };
}

/** When anybody last wrote anything of this case that its reader may read; the server's own updates are no words. */
function lastToldMs({ me, listing, documents }: PlanOf): number | undefined {
	const written = documents.flatMap(({ compartment, stored }) =>
		compartment.kind !== 'private' && stored?.lastBy && stored.lastAt ? [stored.lastAt.getTime()] : [],
	);
	const shared = (listing.observations.get(me.facts.caseId) ?? [])
		.filter((row) => mayRead(me.actor, me.reach, compartmentOfObservation(row)))
		.map(({ sharedAt }) => sharedAt.getTime());
	const all = [...written, ...shared];
	return all.length > 0 ? Math.max(...all) : undefined;
}
