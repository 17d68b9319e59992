import type { IncomingHttpHeaders } from 'node:http';
import { transaction, type Database, type Executor } from '../../db/client.ts';
import { appendAudit } from '../../db/repo/audit.ts';
import { openedBySessions } from '../../db/repo/case-read.ts';
import { loadStandings } from '../../db/repo/case-standing.ts';
import { findDocuments } from '../../db/repo/document.ts';
import { aliveSessions } from '../../db/repo/session-read.ts';
import type { DocumentCompartment } from '../../domain/compartments.ts';
import { nextMidnight } from '../../domain/day-start.ts';
import { purposesCovering } from '../../domain/disclosure/access-basis.ts';
import { showsProfessions } from '../../domain/disclosure/profession-shown.ts';
import type { CaseId, DocumentId, PersonId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import { mayRead, mayWrite, reachOf, type Actor, type CaseFacts, type CaseStanding } from '../../domain/policy.ts';
import { together } from '../crowd/together.ts';
import { Turnstile } from '../crowd/turnstile.ts';
import type { Authenticate, SignedIn } from './authenticate.ts';
import { isAnotherPersonsPage } from './expected-person.ts';
import { isFromOurPages } from './origin.ts';

/** A document's name, parsed: board/doc-name.ts makes one of what the client sent. */
export interface RequestedDocument {
	readonly caseId: CaseId;
	readonly compartment: DocumentCompartment;
	readonly epoch: number;
}

export type Access = 'read' | 'write';

/** Who an admitted socket is. Stamped on presence by the server, never taken from a client. */
export interface AdmittedSession {
	readonly sessionId: string;
	readonly personId: PersonId;
	readonly name: string;
	/** Empty where naming it would tell an outsider in the room of a track they may not know of. */
	readonly profession: Profession | '';
	readonly organisation: string;
	readonly external: boolean;
	readonly access: Access;
	/** The first of: the sign-in session ends, the day ends that access was read for. */
	readonly expiresAt: Date;
}

/** Codes of board/close-codes.ts: signed out, no such document or not yours, old epoch. */
export type AdmissionCloseCode = 4401 | 4404 | 4410;
/** What the document was when rights were asked about. */
export interface OpenDocument {
	readonly documentId: DocumentId;
	readonly epoch: number;
}

export type AdmissionAnswer =
	/** Without a document when it is not there yet: drafts are made when their owner first opens them. */
	| { readonly kind: 'admitted'; readonly session: AdmittedSession; readonly document?: OpenDocument | undefined }
	| { readonly kind: 'refused'; readonly closeCode: AdmissionCloseCode };

export type Verdict = Access | 'none' | 'signed-out';
export type ReviewedSession = Pick<AdmittedSession, 'sessionId' | 'personId'>;

/** The door of the documents in the air. Every method rejects when the database is not reached: nobody gets in then. */
export interface Admission {
	/**
	 * Asks who it is and whether they may, and writes the access log, before anything is sent.
	 *
	 * @param expectedPerson whose page it is, as the page says
	 */
	admit(
		request: { readonly headers: IncomingHttpHeaders },
		document: RequestedDocument,
		expectedPerson?: string | null,
	): Promise<AdmissionAnswer>;
	/** What open sockets may still do, many in two statements; answers in the order asked. */
	reviewAll(asked: readonly { readonly session: ReviewedSession; readonly document: RequestedDocument }[]): Promise<Verdict[]>;
}

export interface AdmissionDeps {
	readonly db: Database;
	readonly authenticate: Authenticate;
	readonly now: () => Date;
	readonly trustedOrigins: readonly string[];
}

/** A private document is made when its owner first opens it; until then its name carries the first epoch. */
const FIRST_EPOCH = 1;

/** As long as a session can last: reconnecting within one opening writes no second row. */
const OPENING_MS = 12 * 3_600_000;

/** The pages that connect to documents. */
const JOINED_FROM = [...purposesCovering('board'), 'tasks'] as const;

/** Asked about in the same statements when a crowd comes at once. */
const MOST_TOGETHER = 100;

/** Rows of the access log written at the same time: a crowd must not hold every connection to the database. */
const LOGGED_AT_ONCE = 4;

export function createAdmission({ db, authenticate, now, trustedOrigins }: AdmissionDeps): Admission {
	const look = together(MOST_TOGETHER, (knocking: readonly Knocking[]) => lookAll(db.orm, knocking, now()));
	const logging = new Turnstile(LOGGED_AT_ONCE);
	const reviewAll: Admission['reviewAll'] = async (asked) => {
		const at = now();
		const alive = await aliveSessions(
			db.orm,
			asked.map(({ session }) => session.sessionId),
			at,
		);
		const caseIds = [...new Set(asked.map(({ document }) => document.caseId))];
		const personIds = [...new Set(asked.map(({ session }) => session.personId))];
		const standings = asked.length > 0 ? await loadStandings(db.orm, { caseIds, personIds }, at) : [];
		const byPair = new Map(standings.map((row) => [pair(row.facts.caseId, row.actor.personId), row]));
		return asked.map(({ session, document }) => {
			if (!alive.has(session.sessionId)) return 'signed-out';
			return accessTo(byPair.get(pair(document.caseId, session.personId)), document.compartment) ?? 'none';
		});
	};
	return {
		async admit(request, document, expectedPerson) {
			const headers = headersOf(request.headers);
			if (!isFromOurPages(headers, trustedOrigins)) return refused(4404);
			const signedIn = await authenticate(headers);
			if (!signedIn || isAnotherPersonsPage(signedIn.actor.personId, expectedPerson)) return refused(4401);
			const seen = await look({ signedIn, document });
			if (typeof seen === 'number') return refused(seen);
			// The page that showed the board, or found a task in it, has written the row; a bare client has not.
			if (!seen.isLogged) await logging.pass(() => transaction(db, (tx) => recordJoining(tx, signedIn, document, now())));
			const session = { ...identity(signedIn, document.compartment, seen.at), access: seen.access };
			return { kind: 'admitted', session, document: seen.stored };
		},
		reviewAll,
	};
}

interface Knocking {
	readonly signedIn: SignedIn;
	readonly document: RequestedDocument;
}

/** What is known of somebody at the door, or why they may not come in. */
type Seen =
	| { readonly access: Access; readonly stored: OpenDocument | undefined; readonly isLogged: boolean; readonly at: Date }
	| AdmissionCloseCode;

async function lookAll(orm: Executor, knocking: readonly Knocking[], at: Date): Promise<readonly Seen[]> {
	const caseIds = [...new Set(knocking.map(({ document }) => document.caseId))];
	const personIds = [...new Set(knocking.map(({ signedIn }) => signedIn.actor.personId))];
	const sessions = knocking.map(({ signedIn }) => ({ sessionId: signedIn.sessionId, personId: signedIn.actor.personId }));
	const since = new Date(at.getTime() - OPENING_MS);
	const [standings, documents, opened] = await Promise.all([
		loadStandings(orm, { caseIds, personIds }, at),
		findDocuments(orm, caseIds, personIds),
		openedBySessions(orm, { sessions, caseIds, purposes: JOINED_FROM }, since),
	]);
	const standingOf = new Map(standings.map((row) => [pair(row.facts.caseId, row.actor.personId), row]));
	const documentOf = new Map(documents.map((row) => [placeOf(row), row]));
	return knocking.map(({ signedIn: { sessionId, actor }, document: { caseId, compartment, epoch } }) => {
		const access = accessTo(standingOf.get(pair(caseId, actor.personId)), compartment);
		if (!access) return 4404;
		const stored = documentOf.get(placeOf({ caseId, compartment }));
		const current = stored?.epoch ?? (compartment.kind === 'private' ? FIRST_EPOCH : undefined);
		if (current === undefined || epoch > current) return 4404;
		if (epoch < current) return 4410;
		const isLogged = opened.get(sessionId)?.get(caseId)?.has(loggedAs(compartment)) ?? false;
		return { access, stored: stored && { documentId: stored.id, epoch: stored.epoch }, isLogged, at };
	});
}

interface Standing {
	readonly actor: Actor;
	readonly facts: CaseFacts;
	readonly standing: CaseStanding;
}

function accessTo(row: Standing | undefined, compartment: DocumentCompartment): Access | undefined {
	if (!row) return undefined;
	const reach = reachOf(row.actor, row.facts, row.standing);
	if (!mayRead(row.actor, reach, compartment)) return undefined;
	return mayWrite(row.actor, row.facts, reach, compartment) ? 'write' : 'read';
}

/** One row per case and opening; two sockets of one page that knock at the same moment may write one each. */
function recordJoining(tx: Executor, { sessionId, actor }: SignedIn, document: RequestedDocument, at: Date): Promise<void> {
	return appendAudit(tx, document.caseId, {
		action: 'case.read',
		subject: { caseId: document.caseId },
		purpose: 'board',
		compartments: [loggedAs(document.compartment)],
		at,
		personId: actor.personId,
		sessionId,
	});
}

function pair(caseId: CaseId, personId: PersonId): string {
	return `${caseId} ${personId}`;
}

function placeOf({ caseId, compartment }: Pick<RequestedDocument, 'caseId' | 'compartment'>): string {
	return `${caseId} ${loggedAs(compartment)} ${compartment.kind === 'private' ? compartment.personId : ''}`;
}

function loggedAs(compartment: DocumentCompartment): string {
	return compartment.kind === 'placement' ? `placement-${compartment.placementId}` : compartment.kind;
}

/** In a placement's room may sit somebody who is told nobody's profession, and presence reaches everybody alike. */
function identity(signedIn: SignedIn, compartment: DocumentCompartment, at: Date): Omit<AdmittedSession, 'access'> {
	const { sessionId, actor, name, organisationName, external, expiresAt } = signedIn;
	const shown = showsProfessions({ team: compartment.kind !== 'placement' });
	const midnight = nextMidnight(at);
	return {
		sessionId,
		personId: actor.personId,
		name,
		external,
		profession: shown ? actor.profession : '',
		organisation: shown || !external ? organisationName : '',
		expiresAt: midnight < expiresAt ? midnight : expiresAt,
	};
}

function refused(closeCode: AdmissionCloseCode): AdmissionAnswer {
	return { kind: 'refused', closeCode };
}

export function headersOf(raw: IncomingHttpHeaders): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(raw)) {
		if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
	}
	return headers;
}
