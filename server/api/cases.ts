import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { SHAREABLE_COMPARTMENTS } from '../../domain/observation/observation.ts';
import { idSchema, type CaseId, type PlacementId } from '../../domain/ids.ts';
import { caseBoardSchema, observationViewSchema, personOnCaseSchema } from '../queries/case/case-board.ts';
import { caseListSchema } from '../queries/case/case-list.ts';
import { listCases } from '../queries/case/list-cases.ts';
import { readCaseBoard } from '../queries/case/read-case-board.ts';
import { caseOverviewSchema, caseSummarySchema, readCase, readCaseSummary } from '../queries/case/read-case.ts';
import { readObservations, readReaders } from '../queries/case/read-within-case.ts';
import { compartmentFrom } from './compartment-input.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const params = z.object({ caseId: idSchema<CaseId>() });
const refusals = problems({ 401: 'Nobody is signed in', 404: 'There is no such case, or it is none of yours' });

function answer<Schema extends z.ZodType>(description: string, schema: Schema) {
	return { description, content: { 'application/json': { schema } } };
}

const listRoute = createRoute({
	method: 'get',
	path: '/cases',
	responses: {
		200: answer('The cases you have standing in; each is logged as read', caseListSchema),
		...problems({ 401: 'Nobody is signed in' }),
	},
});

const caseRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}',
	request: { params },
	responses: { 200: answer('Which documents to connect to, and with what access', caseOverviewSchema), ...refusals },
});

const boardRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/board',
	request: { params },
	responses: { 200: answer('Everything the board shows its reader; logged as read', caseBoardSchema), ...refusals },
});

const summaryRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/summary',
	request: { params },
	responses: { 200: answer('What a prison partner gets instead of the plan', caseSummarySchema), ...refusals },
});

const observationsRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/observations',
	request: { params },
	responses: {
		200: answer('What you may read of the stream, newest first', z.object({ observations: z.array(observationViewSchema) })),
		...refusals,
	},
});

const readersRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/readers',
	request: {
		params,
		query: z.object({ compartment: z.enum(SHAREABLE_COMPARTMENTS), placementId: idSchema<PlacementId>().optional() }),
	},
	responses: {
		200: answer('Who will be able to read what is shared there', z.object({ readers: z.array(personOnCaseSchema) })),
		...refusals,
		...problems({ 400: 'A placement needs its id' }),
	},
});

export const caseRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => c.json(await listCases(c.var.command), 200))
	.openapi(caseRoute, async (c) => {
		const result = await readCase(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(boardRoute, async (c) => {
		const result = await readCaseBoard(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(summaryRoute, async (c) => {
		const result = await readCaseSummary(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(observationsRoute, async (c) => {
		const result = await readObservations(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json({ observations: result.value }, 200) : problem(c, result.error);
	})
	.openapi(readersRoute, async (c) => {
		const compartment = compartmentFrom(c.req.valid('query'));
		if (!compartment) return problem(c, { code: 'invalid-input' });
		const result = await readReaders(c.var.command, c.req.valid('param').caseId, compartment);
		return result.ok ? c.json({ readers: result.value }, 200) : problem(c, result.error);
	});
