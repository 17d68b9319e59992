import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import { idSchema, type PersonId } from '../../domain/ids.ts';
import { PASSWORD_MAX_LENGTH } from '../auth/password.ts';
import { clientAddress } from './client-address.ts';
import type { ApiEnv } from './environment.ts';
import { refuseInvalidInput } from './guards.ts';
import { problem, problems } from './problem.ts';

const credentialsSchema = z
	.object({
		email: z.email().max(254),
		password: z.string().min(1).max(PASSWORD_MAX_LENGTH),
		/** Signing in again on top of unsent text: nobody else may continue there. */
		expectedPersonId: idSchema<PersonId>().optional(),
	})
	.openapi('Credentials');

const signInRoute = createRoute({
	method: 'post',
	path: '/sign-in/email',
	request: { body: { content: { 'application/json': { schema: credentialsSchema } }, required: true } },
	responses: {
		200: {
			description: 'The cookie carries the session',
			content: { 'application/json': { schema: z.object({ personId: z.uuid() }) } },
		},
		...problems({
			400: 'A field is missing or malformed',
			401: 'No such account, or another password: deliberately one answer',
			409: 'The password is right, but of somebody else than was asked for; no session was made',
			429: 'Too many wrong passwords for this account or from this address',
		}),
	},
});

/** The browser itself empties what pages kept there, in every tab, also where our script does not run. */
const WIPING = '"storage"';

const signOutRoute = createRoute({
	method: 'post',
	path: '/sign-out',
	responses: { 204: { description: 'The session has ended, on this device and for every open connection of it' } },
});

export const signInRoutes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.openapi(signInRoute, async (c) => {
		const result = await c.var.deps.auth.signIn({ ...c.req.valid('json'), address: clientAddress(c) });
		if (!result.ok) {
			if (result.error.code === 'too-many-attempts') c.header('retry-after', String(result.error.retryAfterSeconds));
			return problem(c, result.error);
		}
		c.header('set-cookie', result.value.cookie);
		return c.json({ personId: result.value.personId }, 200);
	})
	.openapi(signOutRoute, async (c) => {
		const { ended, cookie } = await c.var.deps.auth.signOut(c.req.raw.headers);
		if (ended) c.var.deps.announce({ kind: 'rights' });
		c.header('set-cookie', cookie);
		c.header('clear-site-data', WIPING);
		return c.body(null, 204);
	});
