import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type PersonId } from '../../domain/ids.ts';
import { handleCreatePerson } from '../commands/person/create.ts';
import { newPersonSchema } from '../commands/person/person.ts';
import { listPeople, personViewSchema } from '../queries/admin/directory.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const listRoute = createRoute({
	method: 'get',
	path: '/people',
	responses: {
		200: {
			description: 'Everybody of the municipality and its partners, by name; those who left too',
			content: { 'application/json': { schema: z.array(personViewSchema) } },
		},
		...problems({ 401: 'Nobody is signed in', 403: 'Only for who gives access or finds companies' }),
	},
});

const createPersonRoute = createRoute({
	method: 'post',
	path: '/people',
	request: { body: { content: { 'application/json': { schema: newPersonSchema } }, required: true } },
	responses: {
		201: {
			description: 'Somebody who can sign in now',
			content: { 'application/json': { schema: z.object({ personId: idSchema<PersonId>() }) } },
		},
		...problems({
			400: 'A field is missing or malformed',
			401: 'Nobody is signed in',
			403: 'Only an administrator creates people',
			404: 'No such organisation',
			409: 'Somebody signs in with that e-mail address',
		}),
	},
});

export const personRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const result = await listPeople(c.var.command);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(createPersonRoute, async (c) => {
		const result = await handleCreatePerson(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	});
