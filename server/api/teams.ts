import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type PersonId, type TeamId } from '../../domain/ids.ts';
import { handleAddMember } from '../commands/team/add-member.ts';
import { handleCreateTeam } from '../commands/team/create.ts';
import { handleEndMember } from '../commands/team/end-member.ts';
import { newMemberSchema, newTeamSchema } from '../commands/team/team.ts';
import { listTeams, listTemplates, teamViewSchema, templateViewSchema } from '../queries/admin/directory.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const listRoute = createRoute({
	method: 'get',
	path: '/teams',
	responses: {
		200: { description: 'The teams with their members', content: { 'application/json': { schema: z.array(teamViewSchema) } } },
		...problems({ 401: 'Nobody is signed in', 403: 'Only for who gives access or finds companies' }),
	},
});

const createTeamRoute = createRoute({
	method: 'post',
	path: '/teams',
	request: { body: { content: { 'application/json': { schema: newTeamSchema } }, required: true } },
	responses: {
		201: {
			description: 'A team without members',
			content: { 'application/json': { schema: z.object({ teamId: idSchema<TeamId>() }) } },
		},
		...problems({
			400: 'A field is missing or malformed',
			401: 'Nobody is signed in',
			403: 'Only an administrator creates teams',
			409: 'There is a team of that name',
		}),
	},
});

const addMemberRoute = createRoute({
	method: 'post',
	path: '/teams/{teamId}/members',
	request: {
		params: z.object({ teamId: idSchema<TeamId>() }),
		body: { content: { 'application/json': { schema: newMemberSchema } }, required: true },
	},
	responses: {
		201: { description: 'In the team from today', content: { 'application/json': { schema: z.object({ from: z.string() }) } } },
		...problems({
			400: 'A field is missing or malformed',
			401: 'Nobody is signed in',
			403: 'Only an administrator changes teams',
			404: 'No such team or person',
			409: 'The person left, is in the team already, or cannot lead with that profession',
		}),
	},
});

const endMemberRoute = createRoute({
	method: 'delete',
	path: '/teams/{teamId}/members/{personId}',
	request: { params: z.object({ teamId: idSchema<TeamId>(), personId: idSchema<PersonId>() }) },
	responses: {
		204: { description: 'Out of the team at once; the days in it stay on record' },
		...problems({
			400: 'Not an id',
			401: 'Nobody is signed in',
			403: 'Only an administrator changes teams',
			404: 'No such team',
			409: 'The person is not in the team',
		}),
	},
});

const templatesRoute = createRoute({
	method: 'get',
	path: '/templates',
	responses: {
		200: {
			description: 'The programme templates a case can be opened with today',
			content: { 'application/json': { schema: z.array(templateViewSchema) } },
		},
		...problems({ 401: 'Nobody is signed in', 403: 'Only for who opens or manages cases' }),
	},
});

export const teamRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const result = await listTeams(c.var.command);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(createTeamRoute, async (c) => {
		const result = await handleCreateTeam(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(addMemberRoute, async (c) => {
		const result = await handleAddMember(c.var.command, c.req.valid('param').teamId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(endMemberRoute, async (c) => {
		const { teamId, personId } = c.req.valid('param');
		const result = await handleEndMember(c.var.command, teamId, personId);
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	})
	.openapi(templatesRoute, async (c) => {
		const result = await listTemplates(c.var.command);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	});
