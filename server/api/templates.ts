import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type TemplateVersionId } from '../../domain/ids.ts';
import type { TemplateFault } from '../../domain/programme/faults.ts';
import { handlePublishTemplateVersion } from '../commands/template/publish-version.ts';
import { handleRetireTemplate } from '../commands/template/retire.ts';
import { newTemplateVersionSchema, retireTemplateSchema, templateKeySchema } from '../commands/template/template.ts';
import { listTemplateVersions, readTemplate } from '../queries/template/read-templates.ts';
import { templateDetailSchema, templateListEntrySchema } from '../queries/template/templates.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

/** The types pages render from. */
export type { TemplateDetail, TemplateListEntry, TemplateVersionView } from '../queries/template/templates.ts';

const params = z.object({ key: templateKeySchema });
const refusals = problems({
	400: 'A field is missing or malformed, or names what is not there',
	401: 'Nobody is signed in',
	403: 'Only a lead of a team and an administrator of the municipality edit templates',
	404: 'There is no such template, or no such version of it',
});

const listRoute = createRoute({
	method: 'get',
	path: '/template-versions',
	responses: {
		200: {
			description: 'Every template with its versions and how many cases use each',
			content: { 'application/json': { schema: z.array(templateListEntrySchema) } },
		},
		...problems({ 401: 'Nobody is signed in', 403: 'Only for who may edit templates' }),
	},
});

const readRoute = createRoute({
	method: 'get',
	path: '/templates/{key}',
	request: { params, query: z.object({ version: z.coerce.number().int().positive().optional() }) },
	responses: {
		200: {
			description: 'One version, the newest unless another is asked for, and the one before it',
			content: { 'application/json': { schema: templateDetailSchema } },
		},
		...refusals,
	},
});

const publishRoute = createRoute({
	method: 'post',
	path: '/templates/{key}/versions',
	request: { params, body: { content: { 'application/json': { schema: newTemplateVersionSchema } }, required: true } },
	responses: {
		201: {
			description: 'Valid from its day on; cases that run keep the version they have',
			content: { 'application/json': { schema: z.object({ id: idSchema<TemplateVersionId>(), version: z.number().int() }) } },
		},
		...refusals,
		...problems({ 409: 'A newer version was published meanwhile, nothing changed, or the day lies too early' }),
	},
});

const retireRoute = createRoute({
	method: 'post',
	path: '/templates/{key}/retire',
	request: { params, body: { content: { 'application/json': { schema: retireTemplateSchema } }, required: true } },
	responses: {
		204: { description: 'No case is opened by it from that day on; boards that use it go on' },
		...refusals,
		...problems({ 409: 'A newer version was published meanwhile, the day has gone, or it was retired already' }),
	},
});

export const templateRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(listRoute, async (c) => {
		const result = await listTemplateVersions(c.var.command);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(readRoute, async (c) => {
		const result = await readTemplate(c.var.command, c.req.valid('param').key, c.req.valid('query').version);
		return result.ok ? c.json(result.value, 200) : problem(c, result.error);
	})
	.openapi(publishRoute, async (c) => {
		const result = await handlePublishTemplateVersion(c.var.command, c.req.valid('param').key, c.req.valid('json'));
		if (result.ok) return c.json(result.value, 201);
		const { error } = result;
		return error.code === 'template-wrong'
			? problem(c, { code: 'invalid-input', fields: error.faults.map(fieldOf) })
			: problem(c, error);
	})
	.openapi(retireRoute, async (c) => {
		const result = await handleRetireTemplate(c.var.command, c.req.valid('param').key, c.req.valid('json'));
		return result.ok ? c.body(null, 204) : problem(c, result.error);
	});

function fieldOf({ path, code }: TemplateFault): { path: string; code: string } {
	return { path: ['content', ...path].join('.'), code };
}
