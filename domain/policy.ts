/**
 * The one place that says who may. Pages, API, sync and room all ask here; nothing else compares professions.
 * "Not found" and "not yours" are one answer, so a question about a case nobody gave you is answered `false`,
 * and the caller says not-found.
 */
import type { Compartment, CompartmentKind, DocumentCompartment } from './compartments.ts';
import type { CaseId, OrganisationId, PersonId, PlacementId, TeamId } from './ids.ts';
import type { Profession } from './people.ts';

/** Somebody signed in. Stamped by the server; a client's word for any of this is never taken. */
export interface Actor {
	readonly personId: PersonId;
	readonly profession: Profession;
	readonly organisationId: OrganisationId;
	/** Teams this person leads today. */
	readonly leads: readonly TeamId[];
}

/** What a policy question needs to know of a case. */
export interface CaseFacts {
	readonly caseId: CaseId;
	readonly teamId: TeamId;
	readonly organisationId: OrganisationId;
	readonly closed: boolean;
	readonly placementIds: readonly PlacementId[];
}

/** One valid access of one person to one case: neither ended nor expired at the instant it was loaded. */
export interface ValidGrant {
	/** Set for a company mentor: the one placement the access is about. */
	readonly placementId: PlacementId | null;
	/** Compartments the grant adds to what the profession reads. */
	readonly adds: readonly ('clinical' | 'justice')[];
}

/** Why a person has anything to do with a case: grants, and a coordinator's dated assignment. */
export interface CaseStanding {
	readonly grants: readonly ValidGrant[];
	readonly isCoordinator: boolean;
}

/** What a policy question needs to know of the team that meets. */
export interface MeetingTeam {
	readonly teamId: TeamId;
	/** The person asked about belongs to it today. */
	readonly isMember: boolean;
}

/** What a profession reads in a case it has access to; a grant can add, a profession alone opens nothing. */
const READABLE_BY = {
	'team-lead': ['team', 'placement'],
	'case-worker': ['team', 'placement'],
	psychologist: ['team', 'placement', 'clinical'],
	teacher: ['team', 'placement'],
	'social-mentor': ['team', 'placement'],
	'health-staff': ['team', 'placement', 'clinical'],
	'substance-counsellor': ['team', 'placement'],
	'job-consultant': ['team', 'placement'],
	'company-mentor': [],
	'prison-partner': ['justice'],
	admin: [],
} as const satisfies Record<Profession, readonly CompartmentKind[]>;

/** What a person may read of a case; nothing of it is readable when all are false. */
export interface Reach {
	readonly team: boolean;
	readonly clinical: boolean;
	readonly justice: boolean;
	readonly placementIds: readonly PlacementId[];
	/** Own drafts: everyone who reads anything may write a draft for themselves. */
	readonly drafts: boolean;
	/** A prison partner's composed summary instead of the board. */
	readonly summary: boolean;
}

const NOTHING: Reach = { team: false, clinical: false, justice: false, placementIds: [], drafts: false, summary: false };

/** What `actor` may read of a case today. */
export function reachOf(actor: Actor, facts: CaseFacts, standing: CaseStanding): Reach {
	const reads: readonly CompartmentKind[] = READABLE_BY[actor.profession];
	const admitted = standing.grants.length > 0 || standing.isCoordinator || leadsCase(actor, facts);
	if (!admitted || actor.profession === 'admin') return NOTHING;
	const adds = new Set(standing.grants.flatMap((grant) => grant.adds));
	const named = standing.grants.flatMap((grant) => (grant.placementId ? [grant.placementId] : []));
	const placementIds = reads.includes('placement') ? facts.placementIds : facts.placementIds.filter((id) => named.includes(id));
	const reach = {
		team: reads.includes('team'),
		clinical: reads.includes('clinical') || adds.has('clinical'),
		justice: reads.includes('justice') || adds.has('justice'),
		placementIds,
		summary: actor.profession === 'prison-partner',
	};
	const any = reach.team || reach.clinical || reach.justice || placementIds.length > 0;
	return any ? { ...reach, drafts: true } : NOTHING;
}

/** True when `reach` opens any part of the case at all. */
export function maySeeCase(reach: Reach): boolean {
	return reach.drafts;
}

export function mayRead(actor: Actor, reach: Reach, compartment: Compartment): boolean {
	switch (compartment.kind) {
		case 'team':
			return reach.team;
		case 'clinical':
			return reach.clinical;
		case 'justice':
			return reach.justice;
		case 'placement':
			return reach.placementIds.includes(compartment.placementId);
		case 'private':
			return reach.drafts && compartment.personId === actor.personId;
	}
}

/** Everyone who writes `team` edits the plan; a closed case is read, not written. */
export function mayWrite(actor: Actor, facts: CaseFacts, reach: Reach, compartment: DocumentCompartment): boolean {
	return !facts.closed && mayRead(actor, reach, compartment);
}

/** A whole document goes back to what it was by the lead's word alone: it takes away what others wrote since. */
export function mayRestore(actor: Actor, facts: CaseFacts, reach: Reach, compartment: DocumentCompartment): boolean {
	return leadsCase(actor, facts) && mayWrite(actor, facts, reach, compartment);
}

/** Sharing, commenting and amending follow the right to read the compartment it stands in. */
export function mayShareTo(actor: Actor, facts: CaseFacts, reach: Reach, compartment: Compartment): boolean {
	return !facts.closed && compartment.kind !== 'private' && mayRead(actor, reach, compartment);
}

/** An observation belongs to its author; others comment. */
export function mayAmend(actor: Actor, authorId: PersonId): boolean {
	return actor.personId === authorId;
}

/** Milestones are rated, for oneself or on the citizen's behalf, by everybody who reads the plan they belong to. */
export function mayRate(facts: CaseFacts, reach: Reach): boolean {
	return !facts.closed && reach.team;
}

/**
 * All blind ratings are shown at once by whoever answers for the talk about them: the lead, the coordinator, or who holds
 * the chair of the team's meeting while it is on.
 */
export function mayRevealRatings(
	actor: Actor,
	{ facts, standing, reach }: { readonly facts: CaseFacts; readonly standing: CaseStanding; readonly reach: Reach },
	chairId: PersonId | null,
): boolean {
	return mayRate(facts, reach) && (leadsCase(actor, facts) || standing.isCoordinator || actor.personId === chairId);
}

/** Until a round is shown one gets back only what one wrote oneself, for oneself or for the citizen. */
export function maySeeRating(actor: Actor, rating: { readonly recordedBy: PersonId; readonly revealed: boolean }): boolean {
	return rating.revealed || rating.recordedBy === actor.personId;
}

/** Access and coordinator are the lead's commands; an administrator may also set them, and reads no case. */
export function mayManageAccess(actor: Actor, facts: CaseFacts): boolean {
	return leadsCase(actor, facts) || (actor.profession === 'admin' && actor.organisationId === facts.organisationId);
}

/** Templates belong to the municipality: any of its leads writes a version, and so may an administrator. */
export function mayEditTemplates(actor: Actor, hostId: OrganisationId): boolean {
	return actor.organisationId === hostId && (actor.profession === 'admin' || actor.leads.length > 0);
}

/** Erasing takes an administrator, who reads no case; that somebody else closed it before is the command's to check. */
export function mayErase(actor: Actor, facts: CaseFacts): boolean {
	return mayAdminister(actor, facts.organisationId);
}

/** Organisations, people, teams, citizens and cases are created by an administrator of the municipality. */
export function mayAdminister(actor: Actor, organisationId: OrganisationId): boolean {
	return actor.profession === 'admin' && actor.organisationId === organisationId;
}

/**
 * Who works here, in which team, at which partner: for whoever gives access, assigns or finds companies. Colleagues of
 * a citizen are seen on the board by everybody who reads it; outsiders have no use for the rest.
 */
export function mayListDirectory(actor: Actor, hostId: OrganisationId): boolean {
	return (
		actor.organisationId === hostId &&
		(actor.profession === 'admin' || actor.profession === 'job-consultant' || actor.leads.length > 0)
	);
}

/** Danish: jobkonsulent. Finds the company, so may record the stay there; the lead and an administrator may too. */
export function mayCreatePlacement(actor: Actor, facts: CaseFacts, reach: Reach): boolean {
	return mayManageAccess(actor, facts) || (reach.team && actor.profession === 'job-consultant');
}

/** Only who reads the whole team board can lead a team or coordinate a case: an outsider's profession carries neither. */
export function mayLead(profession: Profession): boolean {
	const reads: readonly CompartmentKind[] = READABLE_BY[profession];
	return reads.includes('team');
}

/** Who sits in a team's meeting: its members and its leads. Sitting in it opens no case. */
export function mayAttendMeeting(actor: Actor, team: MeetingTeam): boolean {
	return team.isMember || actor.leads.includes(team.teamId);
}

/** Starting, closing, handing over the chair and approving a wall are the lead's. */
export function mayLeadMeeting(actor: Actor, team: MeetingTeam): boolean {
	return actor.leads.includes(team.teamId);
}

/** Moving the pointer, the clock, the curtain and the agenda is whoever's holds the chair; a lead may always. */
export function mayChairMeeting(actor: Actor, team: MeetingTeam, chairId: PersonId | null): boolean {
	return mayLeadMeeting(actor, team) || (mayAttendMeeting(actor, team) && actor.personId === chairId);
}

/** A CPR number is shown to the authority's own case worker, the lead and the coordinator, in an audited act. */
export function mayRevealCpr(actor: Actor, facts: CaseFacts, standing: CaseStanding, reach: Reach): boolean {
	return reach.team && (actor.profession === 'case-worker' || standing.isCoordinator || leadsCase(actor, facts));
}

export function leadsCase(actor: Actor, facts: CaseFacts): boolean {
	return actor.leads.includes(facts.teamId);
}
