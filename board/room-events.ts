import { z } from 'zod';
import { MEETING_PHASES } from '../domain/meeting/meeting.ts';
import { idSchema, type CaseId, type MeetingId, type PersonId } from '../domain/ids.ts';

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
	what: z.enum(['observations', 'ratings', 'access', 'coordinator', 'placement', 'case']),
	id: z.string().max(36).nullable(),
});
export type CaseChanged = z.infer<typeof caseChangedSchema>;

/** `narrowed`: something of the case may no longer be read, so a page starts over; `none`: blank it now. */
export const rightsChangedSchema = z.object({ caseId, access: z.enum(['same-or-wider', 'narrowed', 'none']) });
export type RightsChanged = z.infer<typeof rightsChangedSchema>;

/** Attendance is stamped by the server from this; a person on two devices is one person. */
export const joinMeetingSchema = z.object({ meetingId: idSchema<MeetingId>() });
export type JoinMeeting = z.infer<typeof joinMeetingSchema>;

/**
 * The meeting has another revision: a page fetches it, and knows at once where the meeting is. `caseId` is null between
 * citizens and for whoever may not see that case.
 */
export const meetingChangedSchema = z.object({
	meetingId: idSchema<MeetingId>(),
	revision: z.int(),
	phase: z.enum(MEETING_PHASES),
	caseId: caseId.nullable(),
});
export type MeetingChanged = z.infer<typeof meetingChangedSchema>;

/** Who is there now; everybody who ever was stands in the meeting itself. */
export const attendanceChangedSchema = z.object({
	meetingId: idSchema<MeetingId>(),
	present: z.array(idSchema<PersonId>()),
});
export type AttendanceChanged = z.infer<typeof attendanceChangedSchema>;

/** Rows of a caseload that are no longer what they were; only to who may read what changed. */
export const caseloadChangedSchema = z.object({ caseIds: z.array(caseId).min(1) });
export type CaseloadChanged = z.infer<typeof caseloadChangedSchema>;

/** Its person may not attend the meeting any more: blank what shows it. */
export type MeetingLost = JoinMeeting;

/** Whether the server reaches its database; while it does not, nothing can be stored. */
export const serverStateSchema = z.object({ storing: z.boolean() });
export type ServerState = z.infer<typeof serverStateSchema>;

export interface ServerToClient {
	caseChanged(payload: CaseChanged): void;
	/** To pages of the case, and to the caseloads it stands in. */
	rightsChanged(payload: RightsChanged): void;
	caseloadChanged(payload: CaseloadChanged): void;
	/** The session ended, here or elsewhere. Sent before the socket is closed. */
	signedOut(): void;
	serverState(payload: ServerState): void;
	meetingChanged(payload: MeetingChanged): void;
	attendanceChanged(payload: AttendanceChanged): void;
	meetingLost(payload: MeetingLost): void;
}

export interface ClientToServer {
	/** Sent each second by a visible page; three seconds without an answer is "offline". Answered with the server's clock. */
	stillThere(answer: (nowMs: number) => void): void;
	openCase(payload: OpenCase, answer: (answer: OpenCaseAnswer) => void): void;
	closeCase(payload: OpenCase): void;
	/** Follows every case the person has; which those are is the server's to know. */
	openCaseload(answer: (answer: Exclude<OpenCaseAnswer, 'bad-request' | 'not-found'>) => void): void;
	joinMeeting(payload: JoinMeeting, answer: (answer: OpenCaseAnswer) => void): void;
	leaveMeeting(payload: JoinMeeting): void;
}
