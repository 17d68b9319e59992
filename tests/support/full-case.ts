/**
 * One case with somebody of every profession on it, words planted in every compartment, and another team's case beside it.
 * Everybody signs in for real; the API is the real one.
 */
import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { addAccommodation } from '../../board/edit/placement.ts';
import { addDraft } from '../../board/edit/draft.ts';
import { addTask } from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import { addTrack } from '../../board/edit/track.ts';
import { goalTextName, PURPOSE_TEXT } from '../../board/schema.ts';
import { newId } from '../../board/new-id.ts';
import { type Database, type Executor, transaction } from '../../db/client.ts';
import type { NewCase } from '../../db/repo/case.ts';
import { insertObservation } from '../../db/repo/observation.ts';
import type { NewPerson } from '../../db/repo/person.ts';
import { insertAccount } from '../../db/repo/sign-in.ts';
import type { Compartment, DocumentCompartment } from '../../domain/compartments.ts';
import type { CaseId, DocumentId, DraftId, ObservationId, PersonId } from '../../domain/ids.ts';
import { defaultTemplate } from '../../domain/programme/default-templates.ts';
import { createApi } from '../../server/api/app.ts';
import { createAuth } from '../../server/auth/auth.ts';
import type { Announcement } from '../../server/commands/announcement.ts';
import { type BoardLog, createBoardLog } from '../../server/log/board-log.ts';
import { OBSERVATION_TEXT, sealText } from '../../server/log/sealed-text.ts';
import { anEditor } from './board.ts';
import {
	aCitizenCase,
	aCoordinator,
	aGrant,
	anOrganisation,
	aPerson,
	aPlacement,
	aTeam,
	aTeamLead,
	NOON,
	someCaseKeys,
} from './case-builders.ts';

/** Each stands in exactly one compartment; finding one in an answer tells which was read. */
export const PLANTED = {
	team: ['planted-team-goal', 'planted-citizen-words', 'planted-track-label', 'planted-team-task', 'planted-team-observation'],
	placementA: ['planted-purpose-a', 'planted-accommodation-a', 'planted-observation-a'],
	placementB: ['planted-purpose-b', 'planted-observation-b'],
	clinical: ['planted-clinical-observation'],
	justice: ['planted-justice-observation'],
	drafts: ['planted-draft-of-psychologist'],
	otherCase: ['planted-other-case', 'Planted Otherborger'],
} as const;
export type PlantedIn = keyof typeof PLANTED;

export const CITIZEN = 'Planted Agnes';
export const RELEASE_DAY = '2027-03-01';
const PASSWORD = 'not-the-demo-password';

export type Who = keyof Awaited<ReturnType<typeof people>>;
export type FullCase = Awaited<ReturnType<typeof aFullCase>>;

/** @param clock milliseconds the product's clock shows; tests move it */
export async function aFullCase(db: Database, clock = { ms: NOON.getTime() }) {
	const now = () => new Date(clock.ms);
	const keys = someCaseKeys();
	const log = createBoardLog({ db, keys, now });
	const rows = await transaction(db, (tx) => staff(tx, keys, log));
	await writeBoards(log, rows);
	await transaction(db, (tx) => plantObservations(tx, keys, rows));
	await log.projectBehind(); // what the sync engine does within a second of a commit

	const announced: Announcement[] = [];
	const hearers: ((announcement: Announcement) => void)[] = [];
	const connected = new Map<DocumentId, readonly PersonId[]>();
	const announce = (announcement: Announcement): void => {
		announced.push(announcement);
		for (const hear of hearers) hear(announcement);
	};
	const secret = randomUUID();
	const passwords = {
		hash: async (password: string) => `plain:${password}`,
		verify: async ({ hash, password }: { hash: string; password: string }) => hash === `plain:${password}`,
	};
	const auth = createAuth({ db, secret, baseUrl: 'http://tavle.test', trustedOrigins: [], secureCookies: false, now, passwords });
	const api = createApi({
		db,
		keys,
		log,
		auth,
		now,
		announce,
		connectedTo: (documentId) => connected.get(documentId) ?? [],
		trustedOrigins: [],
		reportUnexpected: (error) => {
			throw error;
		},
	});
	const cookies = new Map<Who, string>();
	const signIn = async (who: Who): Promise<string> => {
		const result = await auth.signIn({ email: rows.people[who].email, password: PASSWORD, address: '127.0.0.1' });
		if (!result.ok) throw new Error(result.error.code);
		return result.value.cookie.split(';')[0]!;
	};
	const cookieOf = async (who: Who): Promise<string> => {
		if (!cookies.has(who)) cookies.set(who, await signIn(who));
		return cookies.get(who)!;
	};
	const request = async (who: Who, path: string, body?: unknown): Promise<Response> =>
		api.request(`http://tavle.test/api/v1${path}`, {
			method: body === undefined ? 'GET' : 'POST',
			headers: { cookie: await cookieOf(who), 'content-type': 'application/json' },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
	/** Entries about cases, signing in apart: people sign in when a test first lets them ask. */
	const entries = async (): Promise<number> => {
		const {
			rows: [row],
		} = await db.pool.query<{ count: number }>(
			"select count(*)::int as count from audit_entry where action not like 'session.%'",
		);
		return row!.count;
	};
	return { ...rows, entries, db, keys, log, auth, api, clock, now, connected, announced, hearers, signIn, cookieOf, request };
}

async function staff(tx: Executor, keys: ReturnType<typeof someCaseKeys>, log: BoardLog) {
	const host = await anOrganisation(tx, { name: 'Nordby' });
	const [companyA, companyB] = [
		await anOrganisation(tx, { hostId: host.id, kind: 'company' }),
		await anOrganisation(tx, { hostId: host.id, kind: 'company' }),
	];
	const prison = await anOrganisation(tx, { hostId: host.id, kind: 'prison-service' });
	const region = await anOrganisation(tx, { hostId: host.id, kind: 'region', name: 'Planted Region' });
	const [team, otherTeam] = [
		await aTeam(tx, { organisationId: host.id, name: 'Planted Team' }),
		await aTeam(tx, { organisationId: host.id }),
	];
	const everybody = await people(tx, {
		host: host.id,
		companyA: companyA.id,
		companyB: companyB.id,
		prison: prison.id,
		region: region.id,
		team,
		otherTeam,
	});
	const options = { keys, templateContent: defaultTemplate('released-prisoner') };
	const theCase = await aCitizenCase(tx, { ...options, team, name: CITIZEN, birthDay: '1999-11-23', releaseDay: RELEASE_DAY });
	const otherCase = await aCitizenCase(tx, { ...options, team: otherTeam, name: PLANTED.otherCase[1] });
	const placements = {
		a: await aPlacement(tx, { caseId: theCase.id, companyId: companyA.id }),
		b: await aPlacement(tx, { caseId: theCase.id, companyId: companyB.id }),
	};
	const by = everybody.lead.id;
	for (const who of [
		'caseWorker',
		'psychologist',
		'teacher',
		'socialMentor',
		'healthStaff',
		'substanceCounsellor',
		'prison',
		'admin',
	] as const) {
		await aGrant(tx, { caseId: theCase.id, personId: everybody[who].id, grantedBy: by });
	}
	await aGrant(tx, { caseId: theCase.id, personId: everybody.justiceReader.id, grantedBy: by, addsJustice: true });
	await aGrant(tx, { caseId: theCase.id, personId: everybody.mentorA.id, grantedBy: by, placementId: placements.a.id });
	await aGrant(tx, { caseId: theCase.id, personId: everybody.mentorB.id, grantedBy: by, placementId: placements.b.id });
	await aCoordinator(tx, theCase.id, everybody.jobConsultant.id);
	for (const { id } of [theCase, otherCase]) await log.ensureDocuments(tx, id);
	for (const { id: personId, name, email } of Object.values(everybody)) {
		await insertAccount(tx, { personId, name, email, passwordHash: `plain:${PASSWORD}`, at: NOON });
	}
	return { host, companyA, companyB, team, otherTeam, people: everybody, case: theCase, otherCase, placements };
}

async function people(
	tx: Executor,
	at: {
		host: NewPerson['organisationId'];
		companyA: NewPerson['organisationId'];
		companyB: NewPerson['organisationId'];
		prison: NewPerson['organisationId'];
		region: NewPerson['organisationId'];
		team: Parameters<typeof aTeamLead>[1];
		otherTeam: Parameters<typeof aTeamLead>[1];
	},
) {
	const { host } = at;
	return {
		lead: await aTeamLead(tx, at.team),
		otherLead: await aTeamLead(tx, at.otherTeam),
		caseWorker: await aPerson(tx, { organisationId: host, profession: 'case-worker' }),
		psychologist: await aPerson(tx, { organisationId: at.region, profession: 'psychologist' }),
		teacher: await aPerson(tx, { organisationId: host, profession: 'teacher' }),
		socialMentor: await aPerson(tx, { organisationId: host, profession: 'social-mentor' }),
		healthStaff: await aPerson(tx, { organisationId: at.region, profession: 'health-staff' }),
		substanceCounsellor: await aPerson(tx, { organisationId: host, profession: 'substance-counsellor' }),
		jobConsultant: await aPerson(tx, { organisationId: host, profession: 'job-consultant' }),
		justiceReader: await aPerson(tx, { organisationId: host, profession: 'case-worker' }),
		mentorA: await aPerson(tx, { organisationId: at.companyA, profession: 'company-mentor' }),
		mentorB: await aPerson(tx, { organisationId: at.companyB, profession: 'company-mentor' }),
		prison: await aPerson(tx, { organisationId: at.prison, profession: 'prison-partner' }),
		admin: await aPerson(tx, { organisationId: host, profession: 'admin' }),
		stranger: await aPerson(tx, { organisationId: host, profession: 'psychologist' }),
	};
}

type Rows = Awaited<ReturnType<typeof staff>>;

async function writeBoards(
	log: BoardLog,
	{ people: { lead, mentorA, psychologist, otherLead }, case: { id: caseId }, otherCase, placements }: Rows,
): Promise<void> {
	await edit(log, { caseId, compartment: { kind: 'team' }, by: lead.id }, (doc, by) => {
		replaceText(doc, goalTextName('team'), 'planted-team-goal', by.origin);
		replaceText(doc, goalTextName('citizen'), 'planted-citizen-words', by.origin);
		addTrack(doc, by, { type: 'psychologist', label: 'planted-track-label', owner: psychologist.id });
		addTask(doc, by, { text: 'planted-team-task' });
	});
	await edit(log, { caseId, compartment: { kind: 'placement', placementId: placements.a.id }, by: mentorA.id }, (doc, by) => {
		replaceText(doc, PURPOSE_TEXT, 'planted-purpose-a', by.origin);
		addAccommodation(doc, by, { text: 'planted-accommodation-a' });
	});
	await edit(log, { caseId, compartment: { kind: 'placement', placementId: placements.b.id }, by: lead.id }, (doc, by) => {
		replaceText(doc, PURPOSE_TEXT, 'planted-purpose-b', by.origin);
	});
	await edit(log, { caseId, compartment: { kind: 'private', personId: psychologist.id }, by: psychologist.id }, (doc, by) => {
		addDraft(doc, by, { kind: 'fact', track: null, compartment: 'clinical', text: 'planted-draft-of-psychologist' });
	});
	await edit(log, { caseId: otherCase.id, compartment: { kind: 'team' }, by: otherLead.id }, (doc, by) => {
		replaceText(doc, goalTextName('team'), 'planted-other-case', by.origin);
	});
}

/** One stored edit of somebody's, as the sync engine would append it. */
export async function edit(
	log: BoardLog,
	on: { caseId: CaseId; compartment: DocumentCompartment; by: PersonId; at?: Date },
	change: (doc: Y.Doc, by: ReturnType<typeof anEditor>) => void,
): Promise<void> {
	const { caseId, compartment, by, at = NOON } = on;
	const { documentId, epoch } = (await log.open({ caseId, compartment, epoch: 1 }))!;
	const doc = new Y.Doc();
	const loaded = await log.load(documentId);
	if (loaded.checkpoint) Y.applyUpdateV2(doc, loaded.checkpoint);
	for (const update of loaded.updates) Y.applyUpdate(doc, update);
	const before = Y.encodeStateVector(doc);
	change(doc, anEditor(by, at.toISOString()));
	await log.append([
		{
			documentId,
			epoch,
			updates: [{ bytes: Y.encodeStateAsUpdate(doc, before), personId: by, sessionId: null, receivedAt: at }],
			newClients: [{ clientId: doc.clientID, personId: by }],
		},
	]);
}

async function plantObservations(tx: Executor, keys: ReturnType<typeof someCaseKeys>, rows: Rows): Promise<void> {
	const { lead, psychologist, prison, mentorA } = rows.people;
	const { a, b } = rows.placements;
	await plantObservation(tx, keys, rows.case, { kind: 'team' }, lead.id, 'planted-team-observation');
	await plantObservation(tx, keys, rows.case, { kind: 'clinical' }, psychologist.id, 'planted-clinical-observation');
	await plantObservation(tx, keys, rows.case, { kind: 'justice' }, prison.id, 'planted-justice-observation');
	await plantObservation(tx, keys, rows.case, { kind: 'placement', placementId: a.id }, mentorA.id, 'planted-observation-a');
	await plantObservation(tx, keys, rows.case, { kind: 'placement', placementId: b.id }, lead.id, 'planted-observation-b');
}

async function plantObservation(
	tx: Executor,
	keys: ReturnType<typeof someCaseKeys>,
	{ id: caseId, dataKeyId }: NewCase,
	compartment: Exclude<Compartment, { kind: 'private' }>,
	authorId: PersonId,
	text: string,
): Promise<void> {
	const id = newId<ObservationId>(NOON.getTime());
	const sealedText = sealText(await keys.open(tx, dataKeyId), text, OBSERVATION_TEXT.observation, id);
	const placementId = compartment.kind === 'placement' ? compartment.placementId : null;
	await insertObservation(tx, {
		id,
		caseId,
		compartment: compartment.kind,
		placementId,
		authorId,
		sealedText,
		draftId: newId<DraftId>(),
		kind: 'fact',
		trackId: null,
		sharedAt: NOON,
	});
}

/** Which compartments' words an answer holds. */
export function foundIn(body: string): PlantedIn[] {
	return (Object.keys(PLANTED) as PlantedIn[]).filter((where) => PLANTED[where].some((word) => body.includes(word)));
}
