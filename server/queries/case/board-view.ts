import { coordinatorOn } from '../../../domain/case/coordinator-on.ts';
import { dayOf, weekOf, type Day } from '../../../domain/iso-week.ts';
import { leadsCase, mayManageAccess, mayRevealCpr, mayShareTo } from '../../../domain/policy.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import type { BoardFacts } from './board-facts.ts';
import type { CaseBoard, PersonOnCase } from './case-board.ts';
import { headOf } from './case-header.ts';
import { readableAmong, type ReadableDocument } from './documents.ts';
import { viewObservations } from './observations.ts';
import { shownFromStanding, viewPerson } from './person-view.ts';
import { boardDocument } from './projections.ts';
import { compartmentsOf, readersOf, type CaseAudience, type Reader } from './reader.ts';
import { unsentTextsFor } from './unsent-texts.ts';

/** The whole board for one reader: of what was loaded, that which policy opens to them. */
export function viewBoard(facts: BoardFacts, audience: CaseAudience, at: Date): CaseBoard {
	const { me } = audience;
	const { row } = facts.opened;
	const { placements, lastMeeting } = facts.surroundings;
	const today = dayOf(at);
	const documents = readableAmong(facts.documents, me);
	const people = peopleFor(audience);
	const rights = rightsOf(me);
	return {
		case: {
			id: row.caseId,
			citizenId: rights.may.revealCpr ? row.citizenId : null,
			...headOf(facts.opened, me.reach, today),
			openedAt: row.openedAt.toISOString(),
			closedAt: row.closedAt?.toISOString() ?? null,
		},
		...rights,
		coordinators: coordinatorsFor(facts, me, today),
		people,
		formerPeople: formerPeople(facts, me, documents, people),
		placements: placements.filter(({ id }) => me.reach.placementIds.includes(id)),
		template: viewTemplate(facts.template, me),
		documents: documents.map((each) => boardDocument(each, each.stored ? facts.rows.get(each.stored.id) : undefined)),
		observations: viewObservations(facts.stream, audience),
		unsentTexts: unsentTextsFor(facts.surroundings.unsentTexts, me),
		lastMeeting: me.reach.team && lastMeeting ? { ...lastMeeting, closedAt: lastMeeting.closedAt.toISOString() } : null,
		now: at.toISOString(),
		today,
		week: weekOf(at),
	};
}

function rightsOf(me: Reader): Pick<CaseBoard, 'me' | 'reach' | 'may' | 'shareTo'> {
	const { actor, facts, reach, standing } = me;
	const shareable = compartmentsOf(reach).filter((each) => mayShareTo(actor, facts, reach, each));
	return {
		me: { ...viewPerson(reach, shownFromStanding(me), actor.personId), isCoordinator: standing.isCoordinator, isLead: me.isLead },
		reach: { ...reach, placementIds: [...reach.placementIds] },
		may: { manageAccess: mayManageAccess(actor, facts), revealCpr: mayRevealCpr(actor, facts, standing, reach) },
		shareTo: shareable.flatMap((each) =>
			each.kind === 'private'
				? []
				: [{ compartment: each.kind, placementId: each.kind === 'placement' ? each.placementId : null }],
		),
	};
}

/** Whoever may read something the reader may read; the rest of a case's people are none of the reader's business. */
function peopleFor({ me, everybody }: CaseAudience): CaseBoard['people'] {
	const shared = new Set(compartmentsOf(me.reach).flatMap((each) => readersOf(everybody, each)));
	const managing = mayManageAccess(me.actor, me.facts);
	return everybody
		.filter((each) => shared.has(each) || each === me)
		.map((each) => ({
			...viewPerson(me.reach, shownFromStanding(each), me.actor.personId),
			isLead: leadsCase(each.actor, each.facts),
			isCoordinator: each.standing.isCoordinator,
			access: managing ? [...each.accesses] : [],
		}));
}

function formerPeople(
	{ surroundings: { writers, granted } }: BoardFacts,
	me: Reader,
	documents: readonly ReadableDocument[],
	present: readonly PersonOnCase[],
): PersonOnCase[] {
	const read = new Set(documents.map(({ stored }) => stored?.id));
	const known = [...writers.filter(({ documentId }) => read.has(documentId)), ...(me.reach.team ? granted : [])];
	const here = new Set(present.map(({ id }) => id));
	const gone = new Map(known.filter(({ personId }) => !here.has(personId)).map((row) => [row.personId, row]));
	return Array.from(gone.values(), (row) => viewPerson(me.reach, row, me.actor.personId)).sort((a, b) =>
		a.name.localeCompare(b.name, 'da'),
	);
}

function coordinatorsFor({ surroundings }: BoardFacts, me: Reader, today: Day): CaseBoard['coordinators'] {
	const current = coordinatorOn(surroundings.coordinators, today);
	const shown = me.reach.team ? surroundings.coordinators : current ? [current] : [];
	return shown.map((row) => ({ person: viewPerson(me.reach, row, me.actor.personId), from: row.from, until: row.until }));
}

export function viewTemplate(
	{ name, trackTypes, phases, milestones }: TemplateContent,
	{ reach }: Reader,
): CaseBoard['template'] {
	if (!reach.team) return { name: null, trackTypes: [], phases: [], milestones: [] };
	return { name, trackTypes, phases: phases.items, milestones };
}
