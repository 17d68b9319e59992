/**
 * The only file that wires the parts of the server together.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { publishPageGateway } from '../web/page-gateway.ts';
import type { Environment } from './env.ts';
import { createRouting, type Routing } from './http-server.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import type { StartMessageKey } from './start-failure.ts';

export interface Product extends Routing {
	/** What an operator should be told once it runs. */
	readonly notes: readonly { readonly key: StartMessageKey; readonly params: Readonly<Record<string, string>> }[];
	/** The fictitious people of a demonstration; empty anywhere else. */
	readonly demoSignIns: readonly string[];
	/** Stores what is under way, says goodbye to everybody, gives the database back. */
	stop(): Promise<void>;
}

export type Pages = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

const passOn: Pages = (_request, _response, next) => next();

/** @throws {StartFailure} with what an operator must put right. */
export async function startProduct(environment: Environment, pages: Pages = passOn): Promise<Product> {
	const logger = createLogger(environment.logLevel);
	const metrics = createMetrics();

	publishPageGateway({
		fetchApi: async () => new Response(null, { status: 503 }),
		authenticate: async () => undefined,
		reportError: (error) => logger.error({ err: error }, 'page failed'),
	});

	const routing = createRouting({
		api: (_request, response) => response.writeHead(503).end(),
		room: (_request, response) => response.writeHead(503).end(),
		roomUpgrade: (_request, socket: Duplex) => socket.destroy(),
		syncUpgrade: (_request, socket: Duplex) => socket.destroy(),
		pages,
		isReady: async () => true,
		metrics: () => metrics.metrics(),
		metricsToken: environment.metricsToken,
		publicOrigin: environment.publicOrigin,
	});

	return { ...routing, notes: [], demoSignIns: [], stop: async () => {} };
}
