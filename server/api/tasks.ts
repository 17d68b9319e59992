import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { listMyTasks, listMyTasksAgain, myTasksSchema } from '../queries/case/my-tasks.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problems } from './problem.ts';
import { rowsAgainSchema } from './rows-again.ts';

const tasksRoute = createRoute({
	method: 'get',
	path: '/tasks',
	request: { query: rowsAgainSchema },
	responses: {
		200: {
			description: 'Your open tasks; each case one stands in is logged as read. With `ids`, only those of these cases',
			content: { 'application/json': { schema: myTasksSchema } },
		},
		...problems({ 400: 'Not ids', 401: 'Nobody is signed in' }),
	},
});

export const taskRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput }).openapi(tasksRoute, async (c) => {
	const { ids } = c.req.valid('query');
	return c.json(await (ids ? listMyTasksAgain(c.var.command, ids) : listMyTasks(c.var.command)), 200);
});
