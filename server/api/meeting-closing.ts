import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { stream } from 'hono/streaming';
import { idSchema, type MeetingId } from '../../domain/ids.ts';
import { carryTaskSchema, handleCarryTask } from '../commands/meeting/carry-task.ts';
import { handleCloseMeeting, type MeetingClosed } from '../commands/meeting/close.ts';
import { readReconciliation } from '../queries/meeting/reconciliation.ts';
import { reconciliationSchema } from '../queries/meeting/reconciliation-view.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems, statusOf } from './problem.ts';
import { withoutValues } from './unexpected.ts';

export type { ReconciliationView } from '../queries/meeting/reconciliation-view.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const params = z.object({ meetingId: idSchema<MeetingId>() });
const notYours = 'There is no such meeting, or it is none of your team’s';

const reconciliationRoute = createRoute({
	method: 'get',
	path: '/meetings/{meetingId}/reconciliation',
	request: { params },
	responses: {
		200: { description: 'What the open tasks come to, and which ask for an answer', ...json(reconciliationSchema) },
		...problems({ 401: 'Nobody is signed in', 404: notYours }),
	},
});

const carryRoute = createRoute({
	method: 'post',
	path: '/meetings/{meetingId}/tasks/carry',
	request: { params, body: { ...json(carryTaskSchema), required: true } },
	responses: {
		200: { description: 'The overdue task goes on', ...json(z.object({ revision: z.int() })) },
		...problems({
			400: 'An id is missing',
			401: 'Nobody is signed in',
			404: `${notYours}, or the task is not one you may answer for`,
			409: 'The meeting is not open',
		}),
	},
});

const closedSchema = z.object({
	closedAt: z.iso.datetime(),
	revision: z.int(),
	recorded: z.int(),
	open: z.int(),
	done: z.int(),
	carried: z.int(),
	dropped: z.int(),
});
export type MeetingClosedView = z.infer<typeof closedSchema>;
const NDJSON = 'application/x-ndjson';

const closeRoute = createRoute({
	method: 'post',
	path: '/meetings/{meetingId}/close',
	request: { params },
	responses: {
		200: {
			description:
				'Closed: every case talked of has a snapshot and minutes. Who accepts application/x-ndjson gets lines {done, of} meanwhile, and last the same as {closed} or a problem',
			content: { 'application/json': { schema: closedSchema }, [NDJSON]: { schema: z.string() } },
		},
		...problems({
			401: 'Nobody is signed in',
			403: 'Only who leads the team closes its meeting',
			404: notYours,
			409: 'The meeting is not open, has talked of nobody, or an overdue task is unanswered',
		}),
	},
});

export const meetingClosingRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(reconciliationRoute, async (c) => {
		const result = await readReconciliation(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(carryRoute, async (c) => {
		const result = await handleCarryTask(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(closeRoute, async (c) => {
		const { meetingId } = c.req.valid('param');
		if (!c.req.header('accept')?.includes(NDJSON)) {
			const result = await handleCloseMeeting(c.var.command, meetingId);
			return result.ok ? c.json(closedJson(result.value), 200) : problem(c, result.error);
		}
		c.header('content-type', NDJSON);
		return stream(
			c,
			async (body) => {
				const line = (value: unknown): Promise<unknown> => body.write(`${JSON.stringify(value)}\n`);
				const result = await handleCloseMeeting(c.var.command, meetingId, (done, of) => void line({ done, of }));
				await line(
					result.ok
						? { closed: closedJson(result.value) }
						: { problem: { status: statusOf(result.error.code), ...result.error } },
				);
			},
			async (error, body) => {
				c.var.deps.reportUnexpected(withoutValues(error), { method: 'POST', route: closeRoute.path });
				await body.write(`${JSON.stringify({ problem: { status: 500, code: 'unexpected' } })}\n`);
			},
		) as never;
	});

function closedJson({ closedAt, ...figures }: MeetingClosed) {
	return { ...figures, closedAt: closedAt.toISOString() };
}
