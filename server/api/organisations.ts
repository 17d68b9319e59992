import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type OrganisationId } from '../../domain/ids.ts';
import { handleCreateOrganisation } from '../commands/organisation/create.ts';
import { newOrganisationSchema } from '../commands/organisation/organisation.ts';
import { listOrganisations, organisationViewSchema } from '../queries/admin/directory.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const listRoute = createRoute({
	method: 'get',
	path: '/organisations',
	responses: {
		200: {
			description: 'The municipality and its partners, by name',
			content: { 'application/json': { schema: z.array(organisationViewSchema) } },
		},
		...problems({ 401: 'Nobody is signed in', 403: 'Only for who gives access or finds companies' }),
	},
});

const createOrganisationRoute = createRoute({
	method: 'post',
	path: '/organisations',
	request: { body: { content: { 'application/json': { schema: newOrganisationSchema } }, required: true } },
	responses: {
		201: {
			description: 'A partner of the municipality',
			content: { 'application/json': { schema: z.object({ organisationId: idSchema<OrganisationId>() }) } },
		},
		...problems({
			400: 'A field is missing or malformed',
			401: 'Nobody is signed in',
			403: 'Only an administrator creates organisations',
			409: 'There is a partner of that name',
		}),
	},
});

export const organisationRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const result = await listOrganisations(c.var.command);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(createOrganisationRoute, async (c) => {
		const result = await handleCreateOrganisation(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	});
