import { hc } from 'hono/client';
import type { ApiType } from '../../../server/api/app.ts';

/**
 * The typed API. Give it the `fetch` of the event (or of `load`), so that a page made on the server asks in its reader's name.
 * In the browser the page's own `fetch` will do.
 */
export function apiOf(fetch: typeof globalThis.fetch) {
	return hc<ApiType>('', { fetch });
}
