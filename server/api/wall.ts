import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type MeetingId, type WallScreenId } from '../../domain/ids.ts';
import { screenCookie } from '../auth/screen-cookie.ts';
import { handleApproveScreen } from '../commands/wall/approve-screen.ts';
import { handleEndScreen } from '../commands/wall/end-screen.ts';
import { approveScreenSchema } from '../commands/wall/wall.ts';
import { listWallScreens, wallScreenViewSchema } from '../queries/wall/wall-screens.ts';
import { clientAddress } from './client-address.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

export type { WallScreenView } from '../queries/wall/wall-screens.ts';

const params = z.object({ meetingId: idSchema<MeetingId>() });

const codeRoute = createRoute({
	method: 'post',
	path: '/screens',
	responses: {
		201: {
			description: 'A code to show; the cookie says from now on which screen this is',
			content: { 'application/json': { schema: z.object({ code: z.string(), expiresAt: z.iso.datetime() }) } },
		},
		...problems({
			403: 'Asked for by the page of another site',
			429: 'Too many screens wait for their code to be typed, at this address or anywhere',
		}),
	},
});

/** Open to anybody: a screen on a wall has no account. */
export const wallDoorRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput }).openapi(codeRoute, async (c) => {
	const result = await c.var.showScreenCode(clientAddress(c));
	if (!result.ok) return problem(c, result.error);
	const { code, secret, expiresAt } = result.value;
	const secure = c.var.deps.trustedOrigins.some((origin) => origin.startsWith('https:'));
	c.header('set-cookie', screenCookie(secret, secure));
	return c.json({ code, expiresAt: expiresAt.toISOString() }, 201);
});

const listRoute = createRoute({
	method: 'get',
	path: '/meetings/{meetingId}/wall',
	request: { params },
	responses: {
		200: {
			description: 'The screens that show the meeting',
			content: { 'application/json': { schema: z.array(wallScreenViewSchema) } },
		},
		...problems({ 401: 'Nobody is signed in', 404: 'There is no such meeting, or it is none of yours' }),
	},
});

const approveRoute = createRoute({
	method: 'post',
	path: '/meetings/{meetingId}/wall',
	request: { params, body: { content: { 'application/json': { schema: approveScreenSchema } }, required: true } },
	responses: {
		201: {
			description: 'The screen with that code shows the meeting from now on',
			content: { 'application/json': { schema: z.object({ screenId: idSchema<WallScreenId>(), revision: z.int() }) } },
		},
		...problems({
			400: 'Not a code',
			401: 'Nobody is signed in',
			403: 'Only who leads the team approves a screen',
			404: 'There is no such meeting, or it is none of yours',
			409: 'No screen shows that code now, or the meeting is closed',
		}),
	},
});

const endRoute = createRoute({
	method: 'delete',
	path: '/meetings/{meetingId}/wall/{screenId}',
	request: { params: params.extend({ screenId: idSchema<WallScreenId>() }) },
	responses: {
		200: {
			description: 'The screen is blank',
			content: { 'application/json': { schema: z.object({ revision: z.int() }) } },
		},
		...problems({
			400: 'Not an id',
			401: 'Nobody is signed in',
			403: 'Only who leads the team takes a screen off',
			404: 'There is no such meeting, it is none of yours, or the screen does not show it',
			409: 'Somebody else changed the meeting at the same time',
		}),
	},
});

export const wallRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const result = await listWallScreens(c.var.command, c.req.valid('param').meetingId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(approveRoute, async (c) => {
		const result = await handleApproveScreen(c.var.command, c.req.valid('param').meetingId, c.req.valid('json'));
		if (!result.ok) return problem(c, result.error);
		const { screenId, revision } = result.value;
		return c.json({ screenId, revision }, 201);
	})
	.openapi(endRoute, async (c) => {
		const { meetingId, screenId } = c.req.valid('param');
		const result = await handleEndScreen(c.var.command, meetingId, screenId);
		return result.ok ? c.json({ revision: result.value.revision }, 200) : problem(c, result.error);
	});
