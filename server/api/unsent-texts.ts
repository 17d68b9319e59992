import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type CaseId, type UnsentTextId } from '../../domain/ids.ts';
import { handleOpenUnsentText } from '../commands/unsent-text/open.ts';
import { handleSealUnsentText, sealUnsentTextSchema } from '../commands/unsent-text/seal.ts';
import { knownUnsentTextSchema } from '../queries/case/case-board.ts';
import { readUnsentTexts } from '../queries/case/read-within-case.ts';
import { findPlaceForUnsent } from '../queries/case/unsent-texts.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });

const sealRoute = createRoute({
	method: 'post',
	path: '/unsent-texts',
	request: { body: { ...json(sealUnsentTextSchema), required: true } },
	responses: {
		201: {
			description: 'Sealed for you; open it when your access is back, within 30 days',
			...json(z.object({ id: idSchema<UnsentTextId>() })),
		},
		...problems({
			400: 'The text is empty or too long',
			401: 'Nobody is signed in',
			404: 'You have had nothing to do with such a case lately',
			409: 'As many as are kept for you in this case already wait',
		}),
	},
});

const openedSchema = z.object({
	id: idSchema<UnsentTextId>(),
	caseId: idSchema<CaseId>(),
	text: z.string(),
	sealedAt: z.iso.datetime(),
});
const openRoute = createRoute({
	method: 'get',
	path: '/unsent-texts/{id}',
	request: { params: z.object({ id: idSchema<UnsentTextId>() }) },
	responses: {
		200: { description: 'Your own words; opening them is logged', ...json(openedSchema) },
		...problems({ 401: 'Nobody is signed in', 404: 'No such text of yours, or your access is not back' }),
	},
});

const knownRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/unsent-texts',
	request: { params: z.object({ caseId: idSchema<CaseId>() }) },
	responses: {
		200: {
			description: 'Your own, and for the lead those of all: whose, how long, since when',
			...json(z.object({ unsentTexts: z.array(knownUnsentTextSchema) })),
		},
		...problems({ 401: 'Nobody is signed in', 404: 'There is no such case, or it is none of yours' }),
	},
});

const placeRoute = createRoute({
	method: 'get',
	path: '/cases/{caseId}/unsent-texts/place',
	request: { params: z.object({ caseId: idSchema<CaseId>() }) },
	responses: {
		204: { description: 'Unsent words of yours in this case would be sealed for you, whether you may read it now or not' },
		...problems({ 401: 'Nobody is signed in', 404: 'You have had nothing to do with such a case lately' }),
	},
});

export const unsentTextRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(sealRoute, async (c) => {
		const result = await handleSealUnsentText(c.var.command, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(openRoute, async (c) => {
		const result = await handleOpenUnsentText(c.var.command, c.req.valid('param').id);
		if (!result.ok) return problem(c, result.error);
		return c.json({ ...result.value, sealedAt: result.value.sealedAt.toISOString() }, 200);
	})
	.openapi(knownRoute, async (c) => {
		const result = await readUnsentTexts(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.json({ unsentTexts: result.value }, 200) : problem(c, result.error);
	})
	.openapi(placeRoute, async (c) => {
		const result = await findPlaceForUnsent(c.var.command, c.req.valid('param').caseId);
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	});
