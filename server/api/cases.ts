import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { SHAREABLE_COMPARTMENTS } from '../../domain/observation/observation.ts';
import { idSchema, type CaseId, type PlacementId } from '../../domain/ids.ts';
import { newPhaseSchema } from '../commands/case/case.ts';
import { handleSetPhase } from '../commands/case/set-phase.ts';
import { caseBoardSchema, observationViewSchema, personOnCaseSchema } from '../queries/case/case-board.ts';
import { caseListSchema } from '../queries/case/case-list.ts';
import { caseProgrammeSchema } from '../queries/case/case-programme.ts';
import { listCases, listCasesAgain } from '../queries/case/list-cases.ts';
import { readCaseBoard } from '../queries/case/read-case-board.ts';
import { caseOverviewSchema, caseSummarySchema, readCase, readCaseSummary } from '../queries/case/read-case.ts';
import { offlineKeysSchema } from '../queries/case/offline-keys.ts';
import { readObservations, readOfflineKeys, readProgramme, readReaders } from '../queries/case/read-within-case.ts';
import { compartmentFrom } from './compartment-input.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';
import { rowsAgainSchema } from './rows-again.ts';

const params = z.object({ caseId: idSchema<CaseId>() });
const refusals = problems({ 401: 'Nobody is signed in', 404: 'There is no such case, or it is none of yours' });

function answer<Schema extends z.ZodType>(description: string, schema: Schema) {
	return { description, content: { 'application/json': { schema } } };
}

const listRoute = createRoute({
	method: 'get',
	path: '/cases',
	request: { query: rowsAgainSchema },
	responses: {
		200: answer(
			'The cases you have standing in; each is logged as read. With `ids`, only those, and what is not yours is left out',
			caseListSchema,
		),
		...problems({ 400: 'Not ids', 401: 'Nobody is signed in' }),
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

const programmeRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/programme',
	request: { params },
	responses: {
		200: answer('Why each track is there: mechanisms and contexts of the version the case started with', caseProgrammeSchema),
		...refusals,
	},
});

const offlineKeysRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/offline-keys',
	request: { params },
	responses: {
		200: answer(
			'Seal and open your own unsent words on this device, for half a day each, the newest first; none where that is forbidden',
			offlineKeysSchema,
		),
		...refusals,
	},
});

const phaseRoute = createRoute({
	method: 'put',
	path: '/cases/{caseId}/phase',
	request: { params, body: { content: { 'application/json': { schema: newPhaseSchema } }, required: true } },
	responses: {
		200: answer('Where the case stands from now on', z.object({ phase: z.string() })),
		...refusals,
		...problems({
			400: 'A field is missing or malformed',
			403: 'Only who writes the plan of the team sets the phase',
			409: 'The case is closed, its template has no such phase, or somebody moved it meanwhile',
		}),
	},
});

export const caseRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const { ids } = c.req.valid('query');
		return c.json(await (ids ? listCasesAgain(c.var.command, ids) : listCases(c.var.command)), 200);
	})
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
	})
	.openapi(programmeRoute, async (c) => {
		const result = await readProgramme(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(offlineKeysRoute, async (c) => {
		const result = await readOfflineKeys(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(phaseRoute, async (c) => {
		const result = await handleSetPhase(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	});
