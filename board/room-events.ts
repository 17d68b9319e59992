import { z } from 'zod';
import { idSchema, type CaseId } from '../domain/ids.ts';

/**
 * What a page and the meeting room say to each other over socket.io. Announcements carry ids only and go only to those who
 * may read what changed; whoever gets one fetches it. Types vanish at run time: both ends parse with the schemas below.
 */

const caseId = idSchema<CaseId>();

/** Answers of an acknowledgement: `not-found` is also "not yours"; `try-later` is no answer, the database was not reached. */
export const openCaseSchema = z.object({ caseId });
export type OpenCase = z.infer<typeof openCaseSchema>;
export type OpenCaseAnswer = 'open' | 'not-found' | 'bad-request' | 'try-later';

/** `id` is the observation, person or placement it is about. */
export const caseChangedSchema = z.object({
	caseId,
	what: z.enum(['observations', 'access', 'coordinator', 'placement', 'case']),
	id: z.string().max(36).nullable(),
});
export type CaseChanged = z.infer<typeof caseChangedSchema>;

/** `narrowed`: something of the case may no longer be read, so a page starts over; `none`: blank it now. */
export const rightsChangedSchema = z.object({ caseId, access: z.enum(['same-or-wider', 'narrowed', 'none']) });
export type RightsChanged = z.infer<typeof rightsChangedSchema>;

/** Whether the server reaches its database; while it does not, nothing can be stored. */
export const serverStateSchema = z.object({ storing: z.boolean() });
export type ServerState = z.infer<typeof serverStateSchema>;

export interface ServerToClient {
	caseChanged(payload: CaseChanged): void;
	rightsChanged(payload: RightsChanged): void;
	/** The session ended, here or elsewhere. Sent before the socket is closed. */
	signedOut(): void;
	serverState(payload: ServerState): void;
}

export interface ClientToServer {
	/** Sent each second by a visible page; three seconds without an answer is "offline". */
	stillThere(answer: () => void): void;
	openCase(payload: OpenCase, answer: (answer: OpenCaseAnswer) => void): void;
	closeCase(payload: OpenCase): void;
}
