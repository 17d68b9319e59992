import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type MeetingId, type PersonId } from '../../domain/ids.ts';
import { handleAskForChair } from '../commands/meeting/ask-for-chair.ts';
import { handleBorrowTime } from '../commands/meeting/borrow-time.ts';
import { handleChangeAgenda } from '../commands/meeting/change-agenda.ts';
import { handleHandChair } from '../commands/meeting/hand-chair.ts';
import {
	agendaSchema,
	borrowSchema,
	citizenPresentSchema,
	clockSchema,
	curtainSchema,
	handChairSchema,
	moveSchema,
} from '../commands/meeting/meeting.ts';
import { handleMoveMeeting } from '../commands/meeting/move.ts';
import { handleRunClock } from '../commands/meeting/run-clock.ts';
import { handleSetCitizenPresent } from '../commands/meeting/set-citizen-present.ts';
import { handleSetCurtain } from '../commands/meeting/set-curtain.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const params = z.object({ meetingId: idSchema<MeetingId>() });
const refusals = problems({
	400: 'A field is missing or malformed',
	401: 'Nobody is signed in',
	403: 'Only the chair and who leads the team do that',
	404: 'There is no such meeting, or it is none of yours',
});
const revision = z.object({ revision: z.int() });

/** What is done to a meeting that is on. @param sentences for 200 and for 409 */
function change<Method extends 'post' | 'put', Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(
	method: Method,
	path: Path,
	schemas: { readonly body: Body; readonly answer: Answer },
	sentences: readonly [string, string],
) {
	return createRoute({
		method,
		path: `/meetings/{meetingId}/${path}` as const,
		request: { params, body: { content: { 'application/json': { schema: schemas.body } }, required: true } },
		responses: {
			200: { description: sentences[0], content: { 'application/json': { schema: schemas.answer } } },
			...refusals,
			...problems({ 409: sentences[1] }),
		},
	});
}

const moveRoute = change('post', 'move', { body: moveSchema, answer: revision }, [
	'The meeting is there, and the curtain is down',
	'The meeting is not on, or the citizen is not on its agenda',
]);
const clockRoute = change('post', 'clock', { body: clockSchema, answer: revision }, [
	'The clock runs or stands',
	'The meeting is not on, or between two citizens',
]);
const borrowRoute = change('post', 'borrow', { body: borrowSchema, answer: revision }, [
	'Those who wait have lent the minutes',
	'The meeting is not on, between two citizens, or nobody has so much time to lend',
]);
const agendaRoute = change('put', 'agenda', { body: agendaSchema, answer: revision }, [
	'They wait in this order, after whoever was talked about',
	'The agenda is another by now, somebody does not wait or is not of the team, or the meeting is closed',
]);
const curtainRoute = change('post', 'curtain', { body: curtainSchema, answer: revision }, [
	'The wall shows nobody, or goes on',
	'The meeting is not on, or at somebody else by now',
]);
const citizenRoute = change('post', 'citizen-present', { body: citizenPresentSchema, answer: revision }, [
	'The wall is narrowed, or not any more',
	'The meeting is not on, between two citizens, or at somebody else by now',
]);
const handRoute = change('post', 'chair/hand', { body: handChairSchema, answer: revision }, [
	'They are in the chair',
	'The meeting is not on',
]);
const askRoute = createRoute({
	method: 'post',
	path: '/meetings/{meetingId}/chair/ask',
	request: { params },
	responses: {
		200: {
			description: 'Asked, or yours already because the chair was away',
			content: { 'application/json': { schema: revision.extend({ chairId: idSchema<PersonId>() }) } },
		},
		...refusals,
		...problems({ 409: 'The meeting is not on, you are in the chair, or somebody else has asked' }),
	},
});

export const meetingChairingRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(moveRoute, async (c) => {
		const result = await handleMoveMeeting(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(clockRoute, async (c) => {
		const result = await handleRunClock(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(borrowRoute, async (c) => {
		const result = await handleBorrowTime(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(agendaRoute, async (c) => {
		const result = await handleChangeAgenda(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(curtainRoute, async (c) => {
		const result = await handleSetCurtain(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(citizenRoute, async (c) => {
		const result = await handleSetCitizenPresent(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(handRoute, async (c) => {
		const result = await handleHandChair(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(askRoute, async (c) => {
		const result = await handleAskForChair(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	});
