import { CLOSE } from '../../board/close-codes.ts';
import type { PersonId } from '../../domain/ids.ts';
import type {
	AdmissionAnswer,
	AdmittedSession,
	Admission,
	RequestedDocument,
	ReviewedSession,
	Verdict,
} from '../../server/auth/admission.ts';
import { isAnotherPersonsPage } from '../../server/auth/expected-person.ts';

type Request = Parameters<Admission['admit']>[0];

/** Lets everybody in who names themselves in the cookie: `person=<id>`. Rights can be taken and given back. */
export class BelievingAdmission implements Pick<Admission, 'admit' | 'reviewAll'> {
	readonly rights = new Map<PersonId, Verdict>();
	/** Reviews that fail before one answers. */
	failReviews = 0;
	/** How long each session is certain. */
	certainForMs = 3_600_000;

	admit = async (request: Request, _document: RequestedDocument, expectedPerson?: string | null): Promise<AdmissionAnswer> => {
		const personId = /person=([0-9a-f-]{36})/.exec(request.headers.cookie ?? '')?.[1] as PersonId | undefined;
		if (!personId || isAnotherPersonsPage(personId, expectedPerson)) return { kind: 'refused', closeCode: CLOSE.signedOut };
		const access = this.rights.get(personId) ?? 'write';
		if (access === 'none' || access === 'signed-out') return { kind: 'refused', closeCode: CLOSE.notFound };
		return {
			kind: 'admitted',
			session: anAdmittedSession({ personId, access, expiresAt: new Date(Date.now() + this.certainForMs) }),
		};
	};

	reviewAll = async (asked: readonly { readonly session: ReviewedSession }[]): Promise<Verdict[]> => {
		if (this.failReviews-- > 0) throw new Error('the database does not answer');
		return asked.map(({ session }) => this.rights.get(session.personId) ?? 'write');
	};
}

export function anAdmittedSession(over: Partial<AdmittedSession> & Pick<AdmittedSession, 'personId'>): AdmittedSession {
	return {
		sessionId: `session of ${over.personId}`,
		name: 'Anna Holm',
		profession: 'teacher',
		organisation: 'Nordby Kommune',
		external: false,
		access: 'write',
		expiresAt: new Date(Date.now() + 3_600_000),
		...over,
	};
}
