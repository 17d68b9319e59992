import { redirect } from '@sveltejs/kit';
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks';
import { pageGateway, type SignedInPerson } from './page-gateway.ts';
import { readPreferences, type Preferences } from './preferences.ts';
import errorHtml from './error.html?raw';

/** What anybody may see: everything else asks who is there first. */
const OPEN_ROUTES = new Set(['/sign-in', '/settings', '/wall']);

export const handle: Handle = async ({ event, resolve }) => {
	Object.assign(event.locals, readPreferences(event.cookies));
	const signedIn = await whoAsks(event.request.headers);
	if (signedIn === 'unknowable') return unavailable();
	event.locals.signedIn = signedIn;

	if (!signedIn && event.route.id !== null && !OPEN_ROUTES.has(event.route.id)) {
		redirect(303, `/sign-in?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
	}

	const response = await resolve(event, {
		transformPageChunk: ({ html }) => inReadersTerms(html, event.locals),
		preload: ({ type }) => type === 'js' || type === 'css' || type === 'font',
	});
	return notKept(response);
};

/** The design follows the device where the reader chose no theme, so then the attribute goes. */
function inReadersTerms(html: string, { language, theme }: Preferences): string {
	return html.replace('%lang%', language).replace(' data-theme="%theme%"', theme === 'system' ? '' : ` data-theme="${theme}"`);
}

/** Left alone, a relative `/api/` fetch would leave the process and meet no session. */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
	if (!new URL(request.url).pathname.startsWith('/api/')) return fetch(request);
	const inside = new Request(request);
	inside.headers.set('host', event.url.host);
	for (const name of ['cookie', 'user-agent', 'accept-language']) {
		const value = event.request.headers.get(name);
		if (value && !inside.headers.has(name)) inside.headers.set(name, value);
	}
	return pageGateway().fetchApi(inside, event.getClientAddress());
};

/** The reader gets a code, never a stack trace; the operator gets the error in the log. */
export const handleError: HandleServerError = ({ kind, error }) => {
	if (kind === 'unknown') pageGateway().reportError(error);
};

/** The database is away: say so calmly, and let the browser come back by itself. */
function unavailable(): Response {
	// The page asks again by itself after ten seconds.
	const again = { 'retry-after': '5', refresh: '10', 'cache-control': 'no-store' };
	const page = errorHtml.replaceAll('%sveltekit.status%', '503');
	return new Response(page, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8', ...again } });
}

async function whoAsks(headers: Headers): Promise<SignedInPerson | undefined | 'unknowable'> {
	try {
		return await pageGateway().authenticate(headers);
	} catch (failure) {
		pageGateway().reportError(failure);
		return 'unknowable';
	}
}

/** Pages carry personal data: no cache keeps them, neither on the way nor behind the back button. */
function notKept(response: Response): Response {
	response.headers.set('cache-control', 'no-store');
	return response;
}
