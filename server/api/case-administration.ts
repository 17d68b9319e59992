import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type AccessId, type CaseId, type PlacementId } from '../../domain/ids.ts';
import { newAccessSchema } from '../commands/access/access.ts';
import { handleEndAccess } from '../commands/access/end.ts';
import { handleGiveAccess } from '../commands/access/give.ts';
import { newCaseSchema } from '../commands/case/case.ts';
import { handleCloseCase } from '../commands/case/close.ts';
import { eraseSchema, handleEraseCase } from '../commands/case/erase.ts';
import { handleOpenCase } from '../commands/case/open.ts';
import { handleAssignCoordinator } from '../commands/coordinator/assign.ts';
import { newCoordinatorSchema } from '../commands/coordinator/coordinator.ts';
import { handleCreatePlacement } from '../commands/placement/create.ts';
import { newPlacementSchema } from '../commands/placement/placement.ts';
import { caseAdministrationSchema, readCaseAdministration } from '../queries/admin/case-administration.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const params = z.object({ caseId: idSchema<CaseId>() });
const refusals = problems({
	400: 'A field is missing or malformed',
	401: 'Nobody is signed in',
	403: 'Only the lead of the team and an administrator manage a case',
	404: 'There is no such case, or it is none of yours, or somebody it names does not exist',
});

function body<Schema extends z.ZodType>(schema: Schema) {
	return { content: { 'application/json': { schema } }, required: true };
}

function answer<Schema extends z.ZodType>(description: string, schema: Schema) {
	return { description, content: { 'application/json': { schema } } };
}

const openCaseRoute = createRoute({
	method: 'post',
	path: '/cases',
	request: { body: body(newCaseSchema) },
	responses: {
		201: answer('The case and its documents', z.object({ caseId: idSchema<CaseId>() })),
		...refusals,
		...problems({ 409: 'No such template is valid today, or it has no such phase' }),
	},
});

const closeCaseRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/close',
	request: { params },
	responses: {
		200: answer('Read from now on, not written', z.object({ closedAt: z.iso.datetime() })),
		...refusals,
		...problems({ 409: 'It is closed already' }),
	},
});

const eraseCaseRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/erase',
	request: { params, body: body(eraseSchema) },
	responses: {
		200: answer(
			'A receipt: nothing of the case can be read any more, and from which day not in a backup either',
			z.object({ erasedAt: z.iso.datetime(), goneForGoodOn: z.string(), citizenToo: z.boolean() }),
		),
		...refusals,
		...problems({ 409: 'It is not closed, who asks closed it, or the initials are not the citizen’s' }),
	},
});

const administrationRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/access',
	request: { params },
	responses: { 200: answer('Who has to do with the case, and why; logged as read', caseAdministrationSchema), ...refusals },
});

const giveAccessRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/access',
	request: { params, body: body(newAccessSchema) },
	responses: {
		201: answer('Access from today', z.object({ accessId: idSchema<AccessId>() })),
		...refusals,
		...problems({ 409: 'The case is closed, the term is not between a day and a year, or it does not fit the profession' }),
	},
});

const endAccessRoute = createRoute({
	method: 'delete',
	path: '/cases/{caseId}/access/{accessId}',
	request: { params: params.extend({ accessId: idSchema<AccessId>() }) },
	responses: {
		204: { description: 'Ended at once, and kept on record' },
		...refusals,
		...problems({ 409: 'It had ended already' }),
	},
});

const coordinatorRoute = createRoute({
	method: 'put',
	path: '/cases/{caseId}/coordinator',
	request: { params, body: body(newCoordinatorSchema) },
	responses: {
		200: answer('The former coordinator stops the day before', z.object({ from: z.string() })),
		...refusals,
		...problems({ 409: 'The case is closed, the day has gone, nothing would change, or the person cannot be coordinator' }),
	},
});

const placementRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/placements',
	request: { params, body: body(newPlacementSchema) },
	responses: {
		201: answer('The placement and its document', z.object({ placementId: idSchema<PlacementId>() })),
		...refusals,
		...problems({ 409: 'The case is closed, or the organisation is not a company' }),
	},
});

export const caseAdministrationRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(openCaseRoute, async (c) => {
		const result = await handleOpenCase(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(closeCaseRoute, async (c) => {
		const result = await handleCloseCase(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json({ closedAt: result.value.closedAt.toISOString() }, 200) : problem(c, result.error);
	})
	.openapi(eraseCaseRoute, async (c) => {
		const result = await handleEraseCase(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json({ ...result.value, erasedAt: result.value.erasedAt.toISOString() }, 200) : problem(c, result.error);
	})
	.openapi(administrationRoute, async (c) => {
		const result = await readCaseAdministration(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(giveAccessRoute, async (c) => {
		const result = await handleGiveAccess(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(endAccessRoute, async (c) => {
		const { caseId, accessId } = c.req.valid('param');
		const result = await handleEndAccess(c.var.command, caseId, accessId);
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	})
	.openapi(coordinatorRoute, async (c) => {
		const result = await handleAssignCoordinator(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(placementRoute, async (c) => {
		const result = await handleCreatePlacement(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	});
