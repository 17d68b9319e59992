import type { z } from '@hono/zod-openapi';
import { createMiddleware } from 'hono/factory';
import type { Context } from 'hono';
import { EXPECTED_PERSON_HEADER, isAnotherPersonsPage } from '../auth/expected-person.ts';
import { isFromOurPages } from '../auth/origin.ts';
import type { ApiEnv } from './environment.ts';
import { problem } from './problem.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses a change that another site's page asks for with our cookie. */
export const refuseForeignOrigin = createMiddleware<ApiEnv>(async (c, next) => {
	if (!READING.has(c.req.method) && !isFromOurPages(c.req.raw.headers, c.var.deps.trustedOrigins)) {
		return problem(c, { code: 'foreign-origin' });
	}
	return next();
});

/** Everything below knows who asks, and that it is whom the page belongs to. */
export const requireSignIn = createMiddleware<ApiEnv>(async (c, next) => {
	const { auth, db, keys, log, now, announce, connectedTo } = c.var.deps;
	const signedIn = await auth.authenticate(c.req.raw.headers);
	if (!signedIn) return problem(c, { code: 'not-signed-in' });
	const expected = c.req.header(EXPECTED_PERSON_HEADER);
	if (isAnotherPersonsPage(signedIn.actor.personId, expected)) return problem(c, { code: 'signed-in-as-another' });
	c.set('signedIn', signedIn);
	c.set('command', { db, keys, log, signedIn, now, announce, connectedTo, hashPassword: auth.passwords.hash });
	return next();
});

/** Answers are about people: nothing keeps them. */
export const neverStored = createMiddleware<ApiEnv>(async (c, next) => {
	await next();
	if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
});

/** Says which fields were refused and why, never what stood in them. */
export function refuseInvalidInput(
	result: { readonly success: boolean; readonly error?: z.ZodError },
	c: Context,
): Response | undefined {
	if (result.success || !result.error) return undefined;
	const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), code: codeOf(issue) }));
	return problem(c, { code: 'invalid-input', fields });
}

/** What a rule of ours found says so itself. */
function codeOf(issue: z.core.$ZodIssue): string {
	const own: unknown = issue.code === 'custom' ? issue.params?.['code'] : undefined;
	return typeof own === 'string' ? own : (issue.code ?? 'invalid');
}
