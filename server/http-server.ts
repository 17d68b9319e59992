/**
 * One port, four neighbours: `/api` Hono, `/sync` the Yjs WebSocket, `/socket.io` the meeting room,
 * everything else the pages. This file knows who lives where, and nothing else about them.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

export interface Answered {
	readonly door: 'api' | 'page';
	readonly status: number;
	readonly ms: number;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;
type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export interface Neighbours {
	readonly api: Listener;
	readonly room: Listener;
	readonly roomUpgrade: UpgradeListener;
	readonly syncUpgrade: UpgradeListener;
	/** `next` is Vite's pages in development; in production the pages answer everything. */
	readonly pages: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
	/** Answers in time and never rejects. */
	isReady(): Promise<boolean>;
	metrics(): Promise<string>;
	/** Told of every page and every answer of the API, not of their scripts and pictures. */
	answered(answer: Answered): void;
	readonly metricsToken: string | undefined;
	/** What people type into the browser; without it, whatever host the request names. */
	readonly publicOrigin: string | undefined;
}

/** Headers from which the pages read where they are and who calls. Always written here, never taken from outside. */
export const OWN_HEADERS = { protocol: 'x-tavle-protocol', host: 'x-tavle-host', address: 'x-tavle-address' } as const;

/** SvelteKit's own folder: files of a name that tells their content. */
const ASSETS = '/_app/';

export interface Routing {
	handleRequest(request: IncomingMessage, response: ServerResponse, next?: () => void): void;
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Resolves when every request that was under way is answered, or after a few seconds. */
	idle(): Promise<void>;
}

/** A page or a command takes far less; only a client that does not read its answer takes longer. */
const IDLE_DEADLINE_MS = 5_000;

export function createRouting(to: Neighbours): Routing {
	const underWay = new Set<ServerResponse>();
	return {
		async idle() {
			const ends = [...underWay].map((response) => new Promise((resolve) => response.once('close', resolve)));
			await Promise.race([Promise.all(ends), delay(IDLE_DEADLINE_MS, undefined, { ref: false })]);
		},
		handleRequest(request, response, next = () => endWith(response, 404)) {
			underWay.add(response);
			response.once('close', () => underWay.delete(response));
			stamp(request, to.publicOrigin);
			protect(response, to.publicOrigin);
			const path = pathOf(request);
			if (path === '/healthz') return endWith(response, 200, 'alive\n');
			if (path === '/readyz') return void answerReadiness(response, to);
			if (path === '/metrics') return void answerMetrics(request, response, to);
			if (path.startsWith('/socket.io/')) return to.room(request, response);
			const isApi = path.startsWith('/api/');
			if (isApi || !path.startsWith(ASSETS)) report(response, isApi ? 'api' : 'page', to);
			if (isApi) return to.api(request, response);
			to.pages(request, response, next);
		},
		handleUpgrade(request, socket, head) {
			stamp(request, to.publicOrigin);
			const path = pathOf(request);
			if (path.startsWith('/sync/')) return to.syncUpgrade(request, socket, head);
			if (path.startsWith('/socket.io/')) return to.roomUpgrade(request, socket, head);
			socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
		},
	};
}

function report(response: ServerResponse, door: Answered['door'], { answered }: Neighbours): void {
	const sinceMs = performance.now();
	response.once('close', () => answered({ door, status: response.statusCode, ms: performance.now() - sinceMs }));
}

/** Nobody frames us, guesses our types or learns where a reader came from. The pages add their own content policy. */
function protect(response: ServerResponse, publicOrigin: string | undefined): void {
	response.setHeader('x-content-type-options', 'nosniff');
	// Not `no-referrer`: a form without our script would then say `Origin: null`, and be refused as another site's.
	response.setHeader('referrer-policy', 'same-origin');
	response.setHeader('x-frame-options', 'DENY');
	response.setHeader('cross-origin-opener-policy', 'same-origin');
	response.setHeader('permissions-policy', 'camera=(), microphone=(), geolocation=()');
	if (publicOrigin?.startsWith('https:')) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
}

/** @param publicOrigin set when a proxy stands in front: then the last address it forwarded for is the caller's */
function stamp(request: IncomingMessage, publicOrigin: string | undefined): void {
	const origin = publicOrigin ? new URL(publicOrigin) : undefined;
	const forwarded = origin ? request.headers['x-forwarded-for']?.toString().split(',').at(-1)?.trim() : undefined;
	request.headers[OWN_HEADERS.protocol] = origin ? origin.protocol.slice(0, -1) : 'http';
	request.headers[OWN_HEADERS.host] = origin?.host ?? request.headers.host;
	request.headers[OWN_HEADERS.address] = forwarded || (request.socket.remoteAddress ?? '');
}

/** Of the browser, behind whatever proxy; rate limits count by it. */
export function clientAddressOf(request: IncomingMessage): string {
	return request.headers[OWN_HEADERS.address]?.toString() ?? '';
}

function pathOf(request: IncomingMessage): string {
	const target = request.url ?? '/';
	const query = target.indexOf('?');
	return query === -1 ? target : target.slice(0, query);
}

async function answerReadiness(response: ServerResponse, to: Neighbours): Promise<void> {
	const ready = await to.isReady();
	endWith(response, ready ? 200 : 503, ready ? 'ready\n' : 'not ready\n');
}

async function answerMetrics(request: IncomingMessage, response: ServerResponse, to: Neighbours): Promise<void> {
	if (!mayReadMetrics(request, to.metricsToken)) return endWith(response, 404);
	const text = await to.metrics().catch(() => undefined);
	if (text === undefined) return endWith(response, 503);
	endWith(response, 200, text, 'text/plain; version=0.0.4; charset=utf-8');
}

/** From this machine itself, and not through a proxy that stands on it; else with the token. */
function mayReadMetrics(request: IncomingMessage, token: string | undefined): boolean {
	const presented = request.headers.authorization?.replace(/^Bearer /, '');
	if (token && presented) return isSame(presented, token);
	const proxied = 'x-forwarded-for' in request.headers || 'forwarded' in request.headers;
	return !proxied && /^(127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}

function isSame(left: string, right: string): boolean {
	const [a, b] = [Buffer.from(left), Buffer.from(right)];
	return a.length === b.length && timingSafeEqual(a, b);
}

function endWith(response: ServerResponse, status: number, body = '', type = 'text/plain; charset=utf-8'): void {
	response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
	response.end(body);
}
