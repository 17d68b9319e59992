import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type CaseId, type MeetingId } from '../../domain/ids.ts';
import { newMeetingSchema } from '../commands/meeting/meeting.ts';
import { handleOpenMeeting } from '../commands/meeting/open.ts';
import { handleParkMeeting } from '../commands/meeting/park.ts';
import { handlePlanMeeting } from '../commands/meeting/plan.ts';
import { caseBoardSchema } from '../queries/case/case-board.ts';
import { listMeetings } from '../queries/meeting/list-meetings.ts';
import { meetingListSchema, meetingViewSchema } from '../queries/meeting/meeting-view.ts';
import { readBoardInMeeting } from '../queries/meeting/read-board-in-meeting.ts';
import { readMeeting } from '../queries/meeting/read-meeting.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

export type { MeetingBrief, MeetingItemView, MeetingList, MeetingView } from '../queries/meeting/meeting-view.ts';

const params = z.object({ meetingId: idSchema<MeetingId>() });
const refusals = problems({ 401: 'Nobody is signed in', 404: 'There is no such meeting, or it is none of yours' });

function answer<Schema extends z.ZodType>(description: string, schema: Schema) {
	return { description, content: { 'application/json': { schema } } };
}

const saved = (description: string) => answer(description, z.object({ revision: z.int() }));

const listRoute = createRoute({
	method: 'get',
	path: '/meetings',
	responses: {
		200: answer('The meetings you take part in that are not closed, and which you may start', meetingListSchema),
		...problems({ 401: 'Nobody is signed in' }),
	},
});

const planRoute = createRoute({
	method: 'post',
	path: '/meetings',
	request: { body: { content: { 'application/json': { schema: newMeetingSchema } }, required: true } },
	responses: {
		201: answer(
			'This week’s meeting, with an agenda to begin from',
			z.object({ meetingId: idSchema<MeetingId>(), revision: z.int() }),
		),
		...problems({
			400: 'Not an id',
			401: 'Nobody is signed in',
			403: 'Only who leads the team plans its meeting',
			404: 'There is no such team, or it is none of yours',
			409: 'The team has a meeting that is not closed, or held this week’s and `extra` does not say that another one is wanted',
		}),
	},
});

const meetingRoute = createRoute({
	method: 'get',
	path: '/meetings/{meetingId}',
	request: { params },
	responses: {
		200: answer('What its reader gets of it; a citizen whose plan they may not read is a place and no more', meetingViewSchema),
		...refusals,
	},
});

const boardRoute = createRoute({
	method: 'get',
	path: '/meetings/{meetingId}/cases/{caseId}/board',
	request: { params: params.extend({ caseId: idSchema<CaseId>() }) },
	responses: {
		200: answer('The board of somebody on the agenda; logged as read in the meeting', caseBoardSchema),
		...refusals,
	},
});

const openRoute = createRoute({
	method: 'post',
	path: '/meetings/{meetingId}/open',
	request: { params },
	responses: {
		200: saved('It is on, and you are in the chair'),
		...refusals,
		...problems({ 403: 'Only who leads the team opens its meeting', 409: 'It is on already, or closed' }),
	},
});

const parkRoute = createRoute({
	method: 'post',
	path: '/meetings/{meetingId}/park',
	request: { params },
	responses: {
		200: saved('Laid aside; who leads the team takes it up again'),
		...refusals,
		...problems({ 403: 'Only the chair and the lead lay it aside', 409: 'It is not on' }),
	},
});

export const meetingRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => c.json(await listMeetings(c.var.command), 200))
	.openapi(planRoute, async (c) => {
		const result = await handlePlanMeeting(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(meetingRoute, async (c) => {
		const result = await readMeeting(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(boardRoute, async (c) => {
		const { meetingId, caseId } = c.req.valid('param');
		const result = await readBoardInMeeting(c.var.command, meetingId, caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(openRoute, async (c) => {
		const result = await handleOpenMeeting(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(parkRoute, async (c) => {
		const result = await handleParkMeeting(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	});
