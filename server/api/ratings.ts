import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type CaseId } from '../../domain/ids.ts';
import { handleGiveRatings } from '../commands/rating/give.ts';
import { givenRatingsSchema, revealedRoundsSchema } from '../commands/rating/rating.ts';
import { handleRevealRatings } from '../commands/rating/reveal.ts';
import { ratingsViewSchema } from '../queries/case/ratings-view.ts';
import { readRatings } from '../queries/case/read-within-case.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const params = z.object({ caseId: idSchema<CaseId>() });
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const refusals = problems({
	400: 'A field is missing or malformed',
	401: 'Nobody is signed in',
	403: 'You do not read the plan, or it is not yours to show the answers',
	404: 'There is no such case, or it is none of yours',
});

const readRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/ratings',
	request: { params },
	responses: {
		200: { description: 'Twelve weeks of milestones; hidden answers come without their values', ...json(ratingsViewSchema) },
		...problems({ 401: 'Nobody is signed in', 404: 'There is no such case, or its plan is not yours to read' }),
	},
});

const giveRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/ratings',
	request: { params, body: { ...json(givenRatingsSchema), required: true } },
	responses: {
		200: { description: 'Stored, and hidden until all answers are shown', ...json(z.object({ givenAt: z.iso.datetime() })) },
		...refusals,
		...problems({
			409: 'The case is closed, the week is not rated any more, the answers are shown, or the template has no such step',
		}),
	},
});

const revealRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/ratings/reveal',
	request: { params, body: { ...json(revealedRoundsSchema), required: true } },
	responses: {
		200: {
			description: 'Everybody who reads the plan sees all answers now',
			...json(z.object({ revealedAt: z.iso.datetime() })),
		},
		...refusals,
		...problems({ 409: 'The case is closed, the answers are shown already, or there are none' }),
	},
});

export const ratingRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(readRoute, async (c) => {
		const result = await readRatings(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(giveRoute, async (c) => {
		const result = await handleGiveRatings(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json({ givenAt: result.value.givenAt.toISOString() }, 200) : problem(c, result.error);
	})
	.openapi(revealRoute, async (c) => {
		const result = await handleRevealRatings(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json({ revealedAt: result.value.revealedAt.toISOString() }, 200) : problem(c, result.error);
	});
