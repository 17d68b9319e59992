import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type AmendmentId, type CaseId, type CommentId, type ObservationId } from '../../domain/ids.ts';
import { handleAmendObservation } from '../commands/observation/amend.ts';
import { handleCommentObservation } from '../commands/observation/comment.ts';
import { shareObservationSchema, writtenWordsSchema } from '../commands/observation/observation.ts';
import { handleShareObservation } from '../commands/observation/share.ts';
import { compartmentFrom } from './compartment-input.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const sharedSchema = z.object({ observationId: idSchema<ObservationId>() });
const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const refusals = problems({
	400: 'A field is missing or too long, or a placement is not named',
	401: 'Nobody is signed in',
	403: 'You may not write there',
	404: 'There is no such case or observation, or it is none of yours',
	409: 'The case is closed, or other words stand under the id',
});
const observationParams = z.object({ observationId: idSchema<ObservationId>() });

const shareRoute = createRoute({
	method: 'post',
	path: '/cases/{caseId}/observations',
	request: { params: z.object({ caseId: idSchema<CaseId>() }), body: { ...json(shareObservationSchema), required: true } },
	responses: {
		201: { description: 'Everybody who may read the compartment can now read it', ...json(sharedSchema) },
		200: { description: 'This draft was shared before, just so; this is what it became', ...json(sharedSchema) },
		...refusals,
		...problems({ 409: 'The case is closed, or the draft was shared with other words: amend what it became' }),
	},
});

const amendRoute = createRoute({
	method: 'post',
	path: '/observations/{observationId}/amendments',
	request: { params: observationParams, body: { ...json(writtenWordsSchema), required: true } },
	responses: {
		201: { description: 'The first words stay, these follow', ...json(z.object({ amendmentId: idSchema<AmendmentId>() })) },
		...refusals,
	},
});

const commentRoute = createRoute({
	method: 'post',
	path: '/observations/{observationId}/comments',
	request: { params: observationParams, body: { ...json(writtenWordsSchema), required: true } },
	responses: {
		201: { description: 'It stands under the observation', ...json(z.object({ commentId: idSchema<CommentId>() })) },
		...refusals,
	},
});

export const observationRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(shareRoute, async (c) => {
		const { placementId, ...input } = c.req.valid('json');
		const compartment = compartmentFrom({ compartment: input.compartment, placementId });
		if (!compartment) return problem(c, { code: 'invalid-input' });
		const result = await handleShareObservation(c.var.command, c.req.valid('param').caseId, { ...input, compartment });
		if (!result.ok) return problem(c, result.error);
		const { observationId, isNew } = result.value;
		return isNew ? c.json({ observationId }, 201) : c.json({ observationId }, 200);
	})
	.openapi(amendRoute, async (c) => {
		const result = await handleAmendObservation(c.var.command, c.req.valid('param').observationId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	})
	.openapi(commentRoute, async (c) => {
		const result = await handleCommentObservation(c.var.command, c.req.valid('param').observationId, c.req.valid('json'));
		return result.ok ? c.json(result.value, 201) : problem(c, result.error);
	});
