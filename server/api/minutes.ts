import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type CaseId, type MeetingId, type MinutesAmendmentId, type TeamId } from '../../domain/ids.ts';
import { isoWeekSchema } from '../../domain/iso-week-schema.ts';
import { handleAmendMinutes } from '../commands/minutes/amend.ts';
import { writtenWordsSchema } from '../commands/observation/observation.ts';
import { minutesDocument } from '../documents/minutes.ts';
import { meetingRecordSchema, minutesRestSchema, pastMeetingSchema } from '../queries/minutes/minutes-view.ts';
import { listPastMeetings, readMeetingRecord } from '../queries/minutes/past-meetings.ts';
import { readMinutes } from '../queries/minutes/read-minutes.ts';
import { contentDocumentSchema } from './content-schema.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const meetingParams = z.object({ meetingId: idSchema<MeetingId>() });
const caseParams = meetingParams.extend({ caseId: idSchema<CaseId>() });

const pastRoute = createRoute({
	method: 'get',
	path: '/meetings/past',
	request: { query: z.object({ teamId: idSchema<TeamId>().optional() }) },
	responses: {
		200: {
			description: 'Closed meetings of your teams, newest first',
			...json(z.object({ meetings: z.array(pastMeetingSchema) })),
		},
		...problems({ 401: 'Nobody is signed in' }),
	},
});

const recordRoute = createRoute({
	method: 'get',
	path: '/minutes/{meetingId}',
	request: { params: meetingParams },
	responses: {
		200: { description: 'A closed meeting as a whole; each citizen it names is logged as read', ...json(meetingRecordSchema) },
		...problems({ 401: 'Nobody is signed in', 404: 'There is no such closed meeting, or it is none of your team’s' }),
	},
});

export const minutesSchema = minutesRestSchema.extend({
	week: isoWeekSchema,
	snapshotId: z.string(),
	/** SHA-256 of the snapshot, as it stands in the minutes. */
	hash: z.string(),
	/** Blocks in no language: server/documents/content.ts. */
	document: contentDocumentSchema,
});
export type Minutes = z.infer<typeof minutesSchema>;

const minutesRoute = createRoute({
	method: 'get',
	path: '/minutes/{meetingId}/{caseId}',
	request: { params: caseParams },
	responses: {
		200: { description: 'What the meeting said of the case, with its amendments; logged as read', ...json(minutesSchema) },
		...problems({ 401: 'Nobody is signed in', 404: 'There are no such minutes, or you do not read the plan of that case' }),
	},
});

const amendRoute = createRoute({
	method: 'post',
	path: '/minutes/{meetingId}/{caseId}/amendments',
	request: { params: caseParams, body: { ...json(writtenWordsSchema), required: true } },
	responses: {
		201: { description: 'It stands under the minutes', ...json(z.object({ amendmentId: idSchema<MinutesAmendmentId>() })) },
		...problems({
			400: 'The text is empty or too long',
			401: 'Nobody is signed in',
			403: 'You may not write there',
			404: 'There are no such minutes, or they are none of yours',
			409: 'The case is closed, or other words stand under the id',
		}),
	},
});

export const minutesRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(pastRoute, async (c) => {
		const meetings = await listPastMeetings(c.var.command, c.req.valid('query').teamId);
		return c.json({ meetings: [...meetings] }, 200);
	})
	.openapi(recordRoute, async (c) => {
		const result = await readMeetingRecord(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(minutesRoute, async (c) => {
		const { meetingId, caseId } = c.req.valid('param');
		const result = await readMinutes(c.var.command, meetingId, caseId);
		if (!result.ok) return problem(c, result.error);
		const { facts, amendments, snapshots, saidLater, ...rest } = result.value;
		const { week, snapshotId, snapshotHash: hash } = facts;
		const lists = { amendments: [...amendments], snapshots: [...snapshots], saidLater: [...saidLater] };
		return c.json({ ...rest, ...lists, week, snapshotId, hash, document: minutesDocument(facts) }, 200);
	})
	.openapi(amendRoute, async (c) => {
		const { meetingId, caseId } = c.req.valid('param');
		const result = await handleAmendMinutes(c.var.command, meetingId, caseId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	});
