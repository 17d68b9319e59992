/** RFC 9457. A problem speaks in a code; the words stand in messages/<language>/problem.json. */
import { z } from '@hono/zod-openapi';
import type { Context, TypedResponse } from 'hono';

/** The only place that knows HTTP statuses. A code that a command can answer and that is missing here does not compile. */
export const STATUS = {
	'invalid-input': 400,
	'not-signed-in': 401,
	'wrong-credentials': 401,
	'signed-in-as-another': 401,
	forbidden: 403,
	'foreign-origin': 403,
	'not-found': 404,
	'other-person': 409,
	'case-closed': 409,
	'already-shared': 409,
	'id-taken': 409,
	'week-not-rateable': 409,
	'no-such-milestone': 409,
	'not-on-scale': 409,
	'rating-revealed': 409,
	'already-revealed': 409,
	'nothing-to-reveal': 409,
	'cpr-exists': 409,
	'name-taken': 409,
	'email-taken': 409,
	'already-member': 409,
	'already-ended': 409,
	'already-coordinator': 409,
	'access-too-long': 409,
	'access-ends-before-it-starts': 409,
	'access-for-admin': 409,
	'no-placement': 409,
	'placement-not-for-profession': 409,
	'person-ended': 409,
	'mentor-of-another-company': 409,
	'adds-not-for-mentor': 409,
	'lead-not-for-profession': 409,
	'no-template': 409,
	'no-such-phase': 409,
	'phase-changed': 409,
	'template-changed': 409,
	'nothing-changed': 409,
	'valid-from-in-the-past': 409,
	'valid-from-before-latest': 409,
	'not-a-company': 409,
	'coordinator-needs-access': 409,
	'day-in-the-past': 409,
	'meeting-not-open': 409,
	'nothing-discussed': 409,
	'tasks-unaccounted': 409,
	'no-cpr': 409,
	'not-to-give-back': 409,
	'not-to-restore': 409,
	'case-not-closed': 409,
	'erase-needs-two': 409,
	'initials-differ': 409,
	'too-many-unsent-texts': 409,
	'meeting-exists': 409,
	'meeting-held': 409,
	'meeting-not-planned': 409,
	'meeting-closed': 409,
	'meeting-changed': 409,
	'not-on-agenda': 409,
	'not-of-team': 409,
	'twice-on-agenda': 409,
	'item-not-waiting': 409,
	'nobody-current': 409,
	'no-time-to-borrow': 409,
	'already-chair': 409,
	'chair-asked': 409,
	'too-large': 413,
	'no-such-code': 409,
	'too-many-attempts': 429,
	'too-many-screens': 429,
	unexpected: 500,
	unavailable: 503,
} as const satisfies Record<string, number>;

export type ProblemCode = keyof typeof STATUS;
export type StatusOf<Code extends ProblemCode> = (typeof STATUS)[Code];

export function statusOf<Code extends ProblemCode>(code: Code): StatusOf<Code> {
	return STATUS[code];
}

export const PROBLEM_TYPE = 'application/problem+json';

export const problemSchema = z
	.object({
		type: z.literal('about:blank'),
		title: z.string(),
		status: z.int(),
		code: z.enum(Object.keys(STATUS) as [ProblemCode, ...ProblemCode[]]),
		/** Only for `invalid-input`: which fields, and why. */
		fields: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
		/** Only for `tasks-unaccounted`. */
		taskIds: z.array(z.uuid()).optional(),
		/** Only for `already-shared`: what the draft became, and what can be amended. */
		observationId: z.uuid().optional(),
		/** Only for `meeting-exists` and `meeting-held`: the one there is. */
		meetingId: z.uuid().optional(),
		/** Only for `too-many-attempts`. */
		retryAfterSeconds: z.int().optional(),
	})
	.openapi('Problem');

export type Problem = z.infer<typeof problemSchema>;

/** What a route can answer besides success: a sentence for the reader, by status. */
export function problems<const Statuses extends number>(sentences: Readonly<Record<Statuses, string>>) {
	const content = { [PROBLEM_TYPE]: { schema: problemSchema } } as const;
	const entries = Object.entries<string>(sentences).map(([status, description]) => [status, { description, content }]);
	return Object.fromEntries(entries) as Record<Statuses, { description: string; content: typeof content }>;
}

/** Spelt out per code, so that a route which forgets to describe one of its refusals does not compile. */
type ProblemResponse<Code extends ProblemCode> = Code extends ProblemCode
	? TypedResponse<Problem, StatusOf<Code>, 'json'>
	: never;

/** Answers with a refusal: its code decides the status, its other members are parameters of the message. */
export function problem<Code extends ProblemCode>(context: Context, refusal: Refusal<Code>): ProblemResponse<Code> & Response {
	const status = statusOf(refusal.code);
	const body = { type: 'about:blank', title: refusal.code, status, ...refusal };
	return context.json(body, status, { 'content-type': PROBLEM_TYPE }) as never; // safe: `body` is a Problem with this status
}

interface Refusal<Code extends ProblemCode> {
	readonly code: Code;
	readonly fields?: Problem['fields'];
}
