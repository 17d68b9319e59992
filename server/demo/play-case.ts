import * as Y from 'yjs';
import { newId } from '../../board/new-id.ts';
import type { DocumentCompartment } from '../../domain/compartments.ts';
import type { CaseId, DraftId, OrganisationId, PlacementId } from '../../domain/ids.ts';
import { addDays, dayOf, type Day } from '../../domain/iso-week.ts';
import type { Profession } from '../../domain/people.ts';
import { defaultTemplate, type DefaultTemplateKey } from '../../domain/programme/default-templates.ts';
import { handleGiveAccess } from '../commands/access/give.ts';
import { handleOpenCase } from '../commands/case/open.ts';
import { handleCreateCitizen } from '../commands/citizen/create.ts';
import { handleAssignCoordinator } from '../commands/coordinator/assign.ts';
import { handleCommentObservation } from '../commands/observation/comment.ts';
import { handleShareObservation } from '../commands/observation/share.ts';
import { handleCreateOrganisation } from '../commands/organisation/create.ts';
import { handleCreatePlacement } from '../commands/placement/create.ts';
import { readCaseBoard } from '../queries/case/read-case-board.ts';
import { CAST } from './cast.ts';
import { Chance } from './chance.ts';
import type { Municipality } from './municipality.ts';
import { ratedInWeek } from './play-ratings.ts';
import { ratingWeeks } from './rating-story.ts';
import { done, type Role, type Stage } from './stage.ts';
import type { Happening } from './timeline.ts';
import { workingHour } from './working-hour.ts';
import { WEEKS_BACK, type CaseStory, type ObservationStory } from './story.ts';
import { writeDraft, writePlacement, writeTeamBoard, type Crew, type WrittenUpdate } from './write-boards.ts';

const ACCESS_DAYS = 300;
const ENDING_DAYS = 9;
/** Who looks at every board before the meeting; the others open those they write in. */
const READERS = ['team-lead', 'case-worker', 'job-consultant', 'psychologist'] as const satisfies readonly Profession[];
const SEEN_DAYS_AGO = 0.01;

/** A case that is opened and staffed, and what will happen in it. */
export interface CasePlan {
	readonly caseId: CaseId;
	readonly story: CaseStory;
	readonly happenings: readonly Happening[];
}

/** Opens one citizen's case, and tells what the team does with it in twelve weeks; a timeline lets it happen in order. */
export async function planCase(stage: Stage, municipality: Municipality, story: CaseStory): Promise<CasePlan> {
	const roles = rolesOf(municipality, story);
	const crew: Crew = (profession) => roleOf(roles, profession).personId;
	const lead = roleOf(roles, 'team-lead');
	const opened = stage.daysAgo(7 * (WEEKS_BACK + 2));
	const caseId = await openCase(stage, municipality, story, opened);
	const placementId = await openPlacement(stage, municipality, story, lead, caseId);
	await giveAccess(stage, story, roles, lead, caseId, placementId, opened);
	await assignCoordinators(stage, story, roles, lead, caseId, opened);

	const happenings = [
		...(await written(stage, caseId, { kind: 'team' }, (seeded) => writeTeamBoard(story, crew, seeded, stage.now))),
		...story.observations.map((each) => observed(stage, roles, caseId, placementId, each)),
	];
	if (placementId) {
		const writer = roles.find(({ profession }) => profession === 'company-mentor') ?? roleOf(roles, 'job-consultant');
		const compartment = { kind: 'placement', placementId } as const;
		const write = (seeded: Uint8Array) => writePlacement(story, crew, writer.personId, seeded, stage.now);
		happenings.push(...(await written(stage, caseId, compartment, write)));
	}
	const keeperOf = (profession: Profession) => roleOf(roles, profession);
	happenings.push(...ratingWeeks(story).map((week) => ratedInWeek(stage, caseId, week, keeperOf)));
	if (story.seen) happenings.push(seen(stage, roles, caseId));
	if (story.disagreement) {
		const author = roleOf(roles, 'teacher').personId;
		const compartment = { kind: 'private', personId: author } as const;
		happenings.push(...(await written(stage, caseId, compartment, (seeded) => writeDraft(story, author, seeded, stage.now))));
	}
	return { caseId, story, happenings };
}

/** Those with a track, a word or an office in this case; nobody else gets access. */
function rolesOf(municipality: Municipality, story: CaseStory): readonly Role[] {
	const needed = new Set<Profession>([
		'team-lead',
		'case-worker',
		'job-consultant',
		'social-mentor',
		'teacher',
		story.coordinator,
	]);
	for (const track of story.tracks) needed.add(track.keeper);
	for (const { author, comment } of story.observations) needed.add(author).add(comment?.author ?? author);
	const guests = new Set([
		...(story.citizen.place === 'Løvbjerg Gartneri' ? ['virksomhed'] : []),
		...(story.inPrison ? ['kriminalforsorg'] : []),
	]);
	const cast = CAST.filter(
		({ account, team, profession }) => guests.has(account) || (team === story.team && needed.has(profession)),
	);
	return cast.map(({ account }) => municipality.people.get(account)!);
}

function roleOf(roles: readonly Role[], profession: Profession): Role {
	const role = roles.find((each) => each.profession === profession);
	if (!role) throw new Error(`Nobody in this story is a ${profession}`);
	return role;
}

async function openCase(stage: Stage, { admin, teams }: Municipality, story: CaseStory, at: Date): Promise<CaseId> {
	const { name, born, phase } = story.citizen;
	const templateKey: DefaultTemplateKey = story.inPrison ? 'released-prisoner' : 'parallel';
	const phases = defaultTemplate(templateKey).phases.items;
	const birthDay = addDays(`${born}-01-01`, new Chance(`${name} birthday`).between(0, 320));
	const { citizenId } = done(await handleCreateCitizen(stage.as(admin, at), { name, birthDay, cpr: neverIssued(birthDay) }));
	return done(
		await handleOpenCase(stage.as(admin, at), {
			citizenId,
			teamId: teams[story.team],
			templateKey,
			phase: phases[Math.min(phase, phases.length - 1)]!.id,
			releaseDay: story.inPrison ? addDays(dayOf(stage.now), 70 + (born % 40)) : null,
		}),
	).caseId;
}

/** A number nobody has: serials begin at 0001. */
function neverIssued(birthDay: Day): string {
	const [year, month, day] = birthDay.split('-') as [string, string, string]; // safe: a Day has three parts
	return `${day}${month}${year.slice(2)}0000`;
}

async function openPlacement(
	stage: Stage,
	municipality: Municipality,
	story: CaseStory,
	lead: Role,
	caseId: CaseId,
): Promise<PlacementId | null> {
	const track = story.tracks.find(({ type }) => type === 'company-placement');
	if (!track) return null;
	const at = stage.daysAgo(7 * track.startedWeeksAgo + 3);
	const companyId = await companyCalled(stage, municipality, story.citizen.place, at);
	const term = { fromDay: dayOf(at), untilDay: addDays(dayOf(stage.now), 7 * track.endsInWeeks) };
	return done(await handleCreatePlacement(stage.as(lead, at), caseId, { companyId, ...term })).placementId;
}

async function companyCalled(
	stage: Stage,
	{ admin, organisations }: Municipality,
	name: string,
	at: Date,
): Promise<OrganisationId> {
	const known = organisations.get(name);
	if (known) return known;
	const { organisationId } = done(await handleCreateOrganisation(stage.as(admin, at), { name, kind: 'company' }));
	organisations.set(name, organisationId);
	return organisationId;
}

async function giveAccess(
	stage: Stage,
	{ accessEnds }: CaseStory,
	roles: readonly Role[],
	lead: Role,
	caseId: CaseId,
	placementId: PlacementId | null,
	opened: Date,
): Promise<void> {
	const placed = stage.daysAgo(20);
	for (const role of roles.filter((each) => each !== lead)) {
		const isMentor = role.profession === 'company-mentor';
		const at = isMentor ? placed : opened;
		const basis = role.organisationId === role.hostId ? 'employment-law' : 'consent';
		done(
			await handleGiveAccess(stage.as(lead, at), caseId, {
				personId: role.personId,
				placementId: isMentor ? placementId : null,
				basis,
				untilDay:
					accessEnds && role.profession === 'psychologist'
						? addDays(dayOf(stage.now), ENDING_DAYS)
						: addDays(dayOf(at), ACCESS_DAYS),
				addsClinical: false,
				addsJustice: false,
			}),
		);
	}
}

async function assignCoordinators(
	stage: Stage,
	{ coordinator, before }: CaseStory,
	roles: readonly Role[],
	lead: Role,
	caseId: CaseId,
	opened: Date,
): Promise<void> {
	const first = before?.profession ?? coordinator;
	done(await handleAssignCoordinator(stage.as(lead, opened), caseId, { personId: roleOf(roles, first).personId }));
	if (!before) return;
	const at = stage.daysAgo(7 * before.weeksAgo);
	done(await handleAssignCoordinator(stage.as(lead, at), caseId, { personId: roleOf(roles, coordinator).personId }));
}

function observed(
	stage: Stage,
	roles: readonly Role[],
	caseId: CaseId,
	placementId: PlacementId | null,
	story: ObservationStory,
): Happening {
	const at = workingHour(stage.now, story.daysAgo, story.text.length);
	return { kind: 'command', at, run: (onStage) => observe(onStage, roles, caseId, placementId, story, at) };
}

async function observe(
	stage: Stage,
	roles: readonly Role[],
	caseId: CaseId,
	placementId: PlacementId | null,
	story: ObservationStory,
	at: Date,
): Promise<void> {
	const author = roleOf(roles, story.author);
	const { observationId } = done(
		await handleShareObservation(stage.as(author, at), caseId, {
			draftId: newId<DraftId>(at.getTime()),
			kind: story.kind,
			trackId: null,
			text: story.text,
			compartment:
				story.compartment === 'placement' ? { kind: 'placement', placementId: placementId! } : { kind: story.compartment },
		}),
	);
	if (!story.comment) return;
	const commenter = roleOf(roles, story.comment.author);
	done(
		await handleCommentObservation(
			stage.as(commenter, new Date(Math.min(at.getTime() + 3_600_000, stage.now.getTime()))),
			observationId,
			{ id: newId(at.getTime()), text: story.comment.text },
		),
	);
}

/** To them it is as before until somebody writes again. */
function seen(stage: Stage, roles: readonly Role[], caseId: CaseId): Happening {
	const at = stage.daysAgo(SEEN_DAYS_AGO);
	const readers = roles.filter(({ profession }) => READERS.some((reader) => reader === profession));
	const run = async (onStage: Stage): Promise<void> => {
		for (const role of readers) done(await readCaseBoard(onStage.as(role, at), caseId));
	};
	return { kind: 'command', at, run };
}

/** What people write in one document, each sitting at its time. */
async function written(
	stage: Stage,
	caseId: CaseId,
	compartment: DocumentCompartment,
	write: (seeded: Uint8Array) => readonly WrittenUpdate[],
): Promise<Happening[]> {
	const handle = await stage.log.open({ caseId, compartment, epoch: 1 });
	if (!handle) throw new Error(`No ${compartment.kind} document to tell a story in`);
	const { updates } = await stage.log.load(handle.documentId);
	const sittings = write(Y.mergeUpdates([...updates]));
	return sittings.map((update) => ({ kind: 'sitting', at: update.receivedAt, documentId: handle.documentId, update }));
}
