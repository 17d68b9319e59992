import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type CaseId, type PlacementId } from '../../domain/ids.ts';
import { isoWeekSchema } from '../../domain/iso-week-schema.ts';
import { giveBackSchema, handleGiveBack } from '../commands/history/give-back.ts';
import { handleRestore, restoreSchema } from '../commands/document/restore.ts';
import { dismissMassDeletionSchema, handleDismissMassDeletion } from '../commands/document/dismiss-mass-deletion.ts';
import { readHistory } from '../queries/case/history.ts';
import { massDeletionSchema } from '../queries/case/mass-deletions.ts';
import { readMassDeletions } from '../queries/case/read-within-case.ts';
import { readRestoreQuestion } from '../queries/case/restore-question.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { historyView, historyViewSchema, restoreQuestion, restoreQuestionSchema } from './history-view.ts';
import { problem, problems } from './problem.ts';

const params = z.object({ caseId: idSchema<CaseId>() });
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const refusals = problems({
	400: 'A field is missing or malformed',
	401: 'Nobody is signed in',
	404: 'There is no such case, or what you ask of it is not yours to read',
});

const readRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/history',
	request: {
		params,
		query: z.object({
			week: isoWeekSchema.optional(),
			placementId: idSchema<PlacementId>().optional(),
			at: z.coerce.number().int().nonnegative().optional(),
		}),
	},
	responses: {
		200: { description: 'Who wrote what when in one week, and the plan as it stood; logged as read', ...json(historyViewSchema) },
		...refusals,
	},
});

const giveBackRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/history/give-back',
	request: { params, body: { ...json(giveBackSchema), required: true } },
	responses: {
		200: { description: 'It says again what it said, as your edit', ...json(z.object({ changed: z.boolean() })) },
		...refusals,
		...problems({ 409: 'The case is closed, or there is nothing there that can be given back' }),
	},
});

const questionRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/history/restore',
	request: {
		params,
		query: z.object({ placementId: idSchema<PlacementId>().optional(), seq: z.coerce.number().int().positive() }),
	},
	responses: {
		200: {
			description: 'What would change if the plan were taken back, and who has it open; logged as read',
			...json(restoreQuestionSchema),
		},
		...refusals,
	},
});

const restoreRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/history/restore',
	request: { params, body: { ...json(restoreSchema), required: true } },
	responses: {
		204: { description: 'The plan stands as it did; whoever has it open starts over' },
		...refusals,
		...problems({
			403: 'Only the lead takes a whole plan back',
			409: 'The case is closed, or the plan stands like that already',
		}),
	},
});

const massDeletionsRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/history/mass-deletions',
	request: { params },
	responses: {
		200: {
			description: 'Who deleted much of a plan at once, for who may take it back; what was looked at is left out',
			...json(z.object({ massDeletions: z.array(massDeletionSchema) })),
		},
		...refusals,
	},
});

const dismissRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/history/mass-deletions/dismiss',
	request: { params, body: { ...json(dismissMassDeletionSchema), required: true } },
	responses: {
		204: { description: 'It was meant: it is not told of any more' },
		...refusals,
		...problems({ 403: 'Only the lead takes a whole plan back' }),
	},
});

export const historyRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(readRoute, async (c) => {
		const result = await readHistory(c.var.command, c.req.valid('param').caseId, c.req.valid('query'));
		return result.ok ? c.json(historyView(result.value), 200) : problem(c, result.error);
	})
	.openapi(giveBackRoute, async (c) => {
		const result = await handleGiveBack(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(questionRoute, async (c) => {
		const result = await readRestoreQuestion(c.var.command, c.req.valid('param').caseId, c.req.valid('query'));
		return result.ok ? c.json(restoreQuestion(result.value), 200) : problem(c, result.error);
	})
	.openapi(massDeletionsRoute, async (c) => {
		const result = await readMassDeletions(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json({ massDeletions: result.value }, 200) : problem(c, result.error);
	})
	.openapi(dismissRoute, async (c) => {
		const result = await handleDismissMassDeletion(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	})
	.openapi(restoreRoute, async (c) => {
		const result = await handleRestore(c.var.command, c.req.valid('param').caseId, c.req.valid('json'));
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	});
