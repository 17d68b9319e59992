import type { IncomingHttpHeaders } from 'node:http';
import { transaction, type Database, type Executor } from '../../db/client.ts';
import { appendAudit } from '../../db/repo/audit.ts';
import { openedCompartments } from '../../db/repo/case-read.ts';
import { loadStandingOf, loadStandings } from '../../db/repo/case-standing.ts';
import { findEpoch } from '../../db/repo/document-read.ts';
import { aliveSessions } from '../../db/repo/session-read.ts';
import type { DocumentCompartment } from '../../domain/compartments.ts';
import { nextMidnight } from '../../domain/day-start.ts';
import { purposesCovering } from '../../domain/disclosure/access-basis.ts';
import { showsProfessions } from '../../domain/disclosure/profession-shown.ts';
import type { CaseId, PersonId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import { mayRead, mayWrite, reachOf, type Actor, type CaseFacts, type CaseStanding } from '../../domain/policy.ts';
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
export type AdmissionAnswer =
	| { readonly kind: 'admitted'; readonly session: AdmittedSession }
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

export function createAdmission({ db, authenticate, now, trustedOrigins }: AdmissionDeps): Admission {
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
		const byPair = new Map(standings.map((row) => [`${row.facts.caseId} ${row.actor.personId}`, row]));
		return asked.map(({ session, document }) => {
			if (!alive.has(session.sessionId)) return 'signed-out';
			return accessTo(byPair.get(`${document.caseId} ${session.personId}`), document.compartment) ?? 'none';
		});
	};
	return {
		async admit(request, document, expectedPerson) {
			const headers = headersOf(request.headers);
			if (!isFromOurPages(headers, trustedOrigins)) return refused(4404);
			const signedIn = await authenticate(headers);
			if (!signedIn || isAnotherPersonsPage(signedIn.actor.personId, expectedPerson)) return refused(4401);
			return transaction(db, (tx) => admitSignedIn(tx, signedIn, document, now()));
		},
		reviewAll,
	};
}

async function admitSignedIn(tx: Executor, signedIn: SignedIn, document: RequestedDocument, at: Date): Promise<AdmissionAnswer> {
	const row = await loadStandingOf(tx, document.caseId, signedIn.actor.personId, at);
	const access = accessTo(row, document.compartment);
	if (!access) return refused(4404);
	const epoch = await findEpoch(tx, document.caseId, document.compartment);
	const current = epoch ?? (document.compartment.kind === 'private' ? FIRST_EPOCH : undefined);
	if (current === undefined || document.epoch > current) return refused(4404);
	if (document.epoch < current) return refused(4410);
	await recordJoining(tx, signedIn, document, at);
	return { kind: 'admitted', session: { ...identity(signedIn, document.compartment, at), access } };
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

/** One row per case and opening: the page that showed the board, or found a task in it, has written it; a bare client has not. */
async function recordJoining(
	tx: Executor,
	{ sessionId, actor }: SignedIn,
	{ caseId, compartment }: RequestedDocument,
	at: Date,
): Promise<void> {
	const { personId } = actor;
	const since = new Date(at.getTime() - OPENING_MS);
	const opening = { sessionId, personId, caseIds: [caseId], purposes: JOINED_FROM };
	const opened = await openedCompartments(tx, opening, since);
	const word = compartment.kind === 'placement' ? `placement-${compartment.placementId}` : compartment.kind;
	if (opened.get(caseId)?.has(word)) return;
	await appendAudit(tx, caseId, {
		action: 'case.read',
		subject: { caseId },
		purpose: 'board',
		compartments: [word],
		at,
		personId,
		sessionId,
	});
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
