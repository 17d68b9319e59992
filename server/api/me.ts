import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { PROFESSIONS } from '../../domain/people.ts';
import type { SignedIn } from '../auth/authenticate.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problems } from './problem.ts';

const meSchema = z
	.object({
		id: z.uuid(),
		name: z.string(),
		email: z.string(),
		profession: z.enum(PROFESSIONS),
		organisation: z.object({ id: z.uuid(), name: z.string() }),
		external: z.boolean(),
		leads: z.array(z.uuid()),
		expiresAt: z.iso.datetime(),
	})
	.openapi('Me');

export type Me = z.infer<typeof meSchema>;

const meRoute = createRoute({
	method: 'get',
	path: '/me',
	responses: {
		200: { description: 'Who is signed in', content: { 'application/json': { schema: meSchema } } },
		...problems({ 401: 'Nobody is signed in' }),
	},
});

export const meRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput }).openapi(meRoute, (c) =>
	c.json(meOf(c.var.signedIn), 200),
);

export function meOf({ actor, name, email, organisationName, external, expiresAt }: SignedIn): Me {
	return {
		id: actor.personId,
		name,
		email,
		profession: actor.profession,
		organisation: { id: actor.organisationId, name: organisationName },
		external,
		leads: [...actor.leads],
		expiresAt: expiresAt.toISOString(),
	};
}
