import { OpenAPIHono } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { routePath } from 'hono/route';
import { createShowScreenCode } from '../commands/wall/show-code.ts';
import { caseAdministrationRoutes } from './case-administration.ts';
import { caseRoutes } from './cases.ts';
import { citizenRoutes } from './citizens.ts';
import type { ApiDeps, ApiEnv } from './environment.ts';
import { neverStored, refuseForeignOrigin, refuseInvalidInput, requireSignIn } from './guards.ts';
import { historyRoutes } from './history.ts';
import { meRoutes } from './me.ts';
import { meetingClosingRoutes } from './meeting-closing.ts';
import { minutesRoutes } from './minutes.ts';
import { meetingChairingRoutes } from './meeting-chairing.ts';
import { meetingRoutes } from './meetings.ts';
import { observationRoutes } from './observations.ts';
import { organisationRoutes } from './organisations.ts';
import { personRoutes } from './people.ts';
import { problem } from './problem.ts';
import { ratingRoutes } from './ratings.ts';
import { signInRoutes } from './sign-in.ts';
import { snapshotRoutes } from './snapshots.ts';
import { taskRoutes } from './tasks.ts';
import { teamRoutes } from './teams.ts';
import { templateRoutes } from './templates.ts';
import { wallDoorRoutes, wallRoutes } from './wall.ts';
import { withoutValues } from './unexpected.ts';
import { unsentTextRoutes } from './unsent-texts.ts';

/** The largest body any route takes: a programme template. */
const MAX_BODY_BYTES = 128 * 1024;

const v1 = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.route('/', meRoutes)
	.route('/', organisationRoutes)
	.route('/', personRoutes)
	.route('/', teamRoutes)
	.route('/', templateRoutes)
	.route('/', citizenRoutes)
	.route('/', caseRoutes)
	.route('/', taskRoutes)
	.route('/', observationRoutes)
	.route('/', ratingRoutes)
	.route('/', meetingClosingRoutes)
	.route('/', historyRoutes)
	.route('/', minutesRoutes)
	.route('/', snapshotRoutes)
	.route('/', meetingRoutes)
	.route('/', meetingChairingRoutes)
	.route('/', wallRoutes)
	.route('/', unsentTextRoutes)
	.route('/', caseAdministrationRoutes);

/** What the typed client `hc<ApiType>` knows; pages import this and nothing else of the server. */
const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput })
	.route('/api/auth', signInRoutes)
	.route('/api/wall', wallDoorRoutes)
	.route('/api/v1', v1);
export type ApiType = typeof routes;

export function createApi(deps: ApiDeps): OpenAPIHono<ApiEnv> {
	const app = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalidInput });
	const showScreenCode = createShowScreenCode(deps.db, deps.now);
	app.use(async (c, next) => {
		c.set('deps', deps);
		c.set('showScreenCode', showScreenCode);
		return next();
	});
	app.use(neverStored, refuseForeignOrigin);
	app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => problem(c, { code: 'too-large' }) }));
	app.use('/api/v1/*', requireSignIn);
	app.route('/', routes);
	app.doc31('/api/openapi.json', {
		openapi: '3.1.0',
		info: { title: 'Fællestavlen', version: '1', description: 'Problems are RFC 9457 application/problem+json with a code.' },
	});
	app.notFound((c) => problem(c, { code: 'not-found' }));
	app.onError((error, c) => {
		if (error instanceof HTTPException && error.status < 500) return problem(c, { code: 'invalid-input' });
		deps.reportUnexpected(withoutValues(error), { method: c.req.method, route: routePath(c, -1) });
		return problem(c, { code: 'unexpected' });
	});
	return app;
}
