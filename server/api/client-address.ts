import type { Context } from 'hono';
import type { ApiEnv } from './environment.ts';

/** Where a request comes from, for limits only; never stored. */
export function clientAddress(c: Context<ApiEnv>): string {
	return c.env?.clientAddress ?? c.env?.incoming?.socket.remoteAddress ?? 'unknown';
}
