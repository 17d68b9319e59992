import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type CitizenId } from '../../domain/ids.ts';
import { newCitizenSchema } from '../commands/citizen/citizen.ts';
import { handleCreateCitizen } from '../commands/citizen/create.ts';
import { handleRevealCpr } from '../commands/cpr/reveal.ts';
import { citizenViewSchema, listCitizens } from '../queries/admin/citizens.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const listRoute = createRoute({
	method: 'get',
	path: '/citizens',
	responses: {
		200: {
			description: 'The citizens of the municipality with their cases, by name; logged as read',
			content: { 'application/json': { schema: z.array(citizenViewSchema) } },
		},
		...problems({ 401: 'Nobody is signed in', 403: 'Only an administrator lists citizens' }),
	},
});

const createCitizenRoute = createRoute({
	method: 'post',
	path: '/citizens',
	request: { body: { content: { 'application/json': { schema: newCitizenSchema } }, required: true } },
	responses: {
		201: {
			description: 'A citizen without a case',
			content: { 'application/json': { schema: z.object({ citizenId: idSchema<CitizenId>() }) } },
		},
		...problems({
			400: 'A field is missing or malformed',
			401: 'Nobody is signed in',
			403: 'Only an administrator creates citizens',
			409: 'There is a citizen with that CPR number',
		}),
	},
});

const revealRoute = createRoute({
	method: 'post',
	path: '/citizens/{citizenId}/cpr-reveal',
	request: { params: z.object({ citizenId: idSchema<CitizenId>() }) },
	responses: {
		200: {
			description: 'The number; that it was shown is on record',
			content: { 'application/json': { schema: z.object({ cpr: z.string() }) } },
		},
		...problems({
			400: 'Not an id',
			401: 'Nobody is signed in',
			403: 'Only the case worker, the coordinator and the team lead see the number',
			404: 'There is no such citizen, or none of their cases is yours',
			409: 'No number is recorded',
		}),
	},
});

export const citizenRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const result = await listCitizens(c.var.command);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(createCitizenRoute, async (c) => {
		const result = await handleCreateCitizen(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(revealRoute, async (c) => {
		const result = await handleRevealCpr(c.var.command, c.req.valid('param').citizenId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	});
