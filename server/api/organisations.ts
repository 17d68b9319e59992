import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type OrganisationId } from '../../domain/ids.ts';
import { handleCreateOrganisation } from '../commands/organisation/create.ts';
import { newOrganisationSchema, offlineTextRuleSchema } from '../commands/organisation/organisation.ts';
import { handleSetOfflineText } from '../commands/organisation/set-offline-text.ts';
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

const setOfflineTextRoute = createRoute({
	method: 'put',
	path: '/organisations/{organisationId}/offline-text',
	request: {
		params: z.object({ organisationId: idSchema<OrganisationId>() }),
		body: { content: { 'application/json': { schema: offlineTextRuleSchema } }, required: true },
	},
	responses: {
		204: { description: 'The rule for the devices of its people; in a municipality, of everybody on its boards' },
		...problems({
			400: 'A field is missing or malformed',
			401: 'Nobody is signed in',
			403: 'Only an administrator sets the rule',
			404: 'The municipality has no such partner',
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
	})
	.openapi(setOfflineTextRoute, async (c) => {
		const { organisationId } = c.req.valid('param');
		const result = await handleSetOfflineText(c.var.command, organisationId, c.req.valid('json'));
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	});
