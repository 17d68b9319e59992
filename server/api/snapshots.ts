import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type SnapshotId, type SnapshotPartId } from '../../domain/ids.ts';
import { changeSentence } from '../documents/changes.ts';
import { comparedSchema, snapshotViewSchema } from '../queries/minutes/minutes-view.ts';
import { compareSnapshots, readSnapshot, readSnapshotDocument } from '../queries/minutes/read-snapshot.ts';
import { wordsSchema } from './content-schema.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const json = <Schema extends z.ZodType>(schema: Schema) => ({ content: { 'application/json': { schema } } });
const refusals = problems({ 401: 'Nobody is signed in', 404: 'There is no such snapshot, or you read no part of it' });
const snapshotId = idSchema<SnapshotId>();

const compareRoute = createRoute({
	method: 'get',
	path: '/snapshots/compare',
	request: { query: z.object({ from: snapshotId, to: snapshotId }) },
	responses: {
		200: {
			description: 'What changed in the plan, sentence by sentence; logged as read',
			...json(comparedSchema.extend({ changes: z.array(wordsSchema) })),
		},
		...refusals,
	},
});

const snapshotRoute = createRoute({
	method: 'get',
	path: '/snapshots/{snapshotId}',
	request: { params: z.object({ snapshotId }) },
	responses: {
		200: { description: 'The parts you may read today, as they were stored; logged as read', ...json(snapshotViewSchema) },
		...refusals,
	},
});

const documentRoute = createRoute({
	method: 'get',
	path: '/snapshots/{snapshotId}/parts/{partId}/document',
	request: { params: z.object({ snapshotId, partId: idSchema<SnapshotPartId>() }) },
	responses: {
		200: {
			description: 'The document as it was stored, one Yjs V2 update, byte for byte; logged as read',
			content: { 'application/octet-stream': { schema: z.any().meta({ type: 'string', format: 'binary' }) } },
		},
		...refusals,
	},
});

export const snapshotRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(compareRoute, async (c) => {
		const { from, to } = c.req.valid('query');
		const result = await compareSnapshots(c.var.command, from, to);
		if (!result.ok) return problem(c, result.error);
		return c.json({ ...result.value, changes: result.value.changes.map(changeSentence) }, 200);
	})
	.openapi(snapshotRoute, async (c) => {
		const result = await readSnapshot(c.var.command, c.req.valid('param').snapshotId);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(documentRoute, async (c) => {
		const { snapshotId: id, partId } = c.req.valid('param');
		const result = await readSnapshotDocument(c.var.command, id, partId);
		if (!result.ok) return problem(c, result.error);
		return c.body(new Uint8Array(result.value), 200, {
			'content-type': 'application/octet-stream',
			'content-disposition': `attachment; filename="${partId}.bin"`,
		});
	});
