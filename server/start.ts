/**
 * The process round the product: binds the port, starts the parts, says where it listens, and ends
 * in good order. Everything that can go wrong here is one line and an exit code.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Environment, operatorLanguage, readEnvironment, tellPagesWhichHeadersAreOurs } from './env.ts';
import { OWN_HEADERS } from './http-server.ts';
import { type Pages, type Product, startProduct } from './main.ts';
import { asStartFailure, explainFailure, StartFailure, startMessage, type StartNote } from './start-failure.ts';

/** The pages are SvelteKit's own bundle, beside ours. */
const PAGES = new URL('../handler.js', import.meta.url).href;

/** After this long a stop ends the process whatever is still under way; what was acknowledged is stored. */
const STOP_DEADLINE_MS = 25_000;

const language = operatorLanguage();

async function start(): Promise<void> {
	const environment = readEnvironment();
	// The port first: it is the commonest failure, and requests that come early wait for the answer.
	const { promise: started, resolve, reject } = Promise.withResolvers<Product>();
	started.catch(() => {});
	const server = await listen(environment, started);
	const pages = loadPages();
	pages.catch(() => {}); // told when they are waited for, if the database did not fail first
	try {
		const origin = originOf(environment, server);
		const product = await startProduct(environment, { origin, pages, tell });
		resolve(product);
		tell({ key: 'listening', params: { address: environment.publicOrigin ?? origin } });
		endOnSignal(server, product);
		void product.databaseLost.then(fail);
	} catch (failure) {
		reject(failure);
		server.close();
		throw failure;
	}
}

async function loadPages(): Promise<Pages> {
	tellPagesWhichHeadersAreOurs(OWN_HEADERS);
	const { handler } = (await import(/* @vite-ignore */ PAGES)) as { handler: Pages };
	return handler;
}

/** Listens at once; requests are held until the product answers them, so nobody meets a half-started one. */
function listen(environment: Environment, started: Promise<Product>): Promise<Server> {
	const server = createServer((request, response) => hold(request, response, started));
	server.on('upgrade', (request, socket, head) => {
		started.then(
			(product) => product.handleUpgrade(request, socket, head),
			() => socket.destroy(),
		);
	});
	return new Promise((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => reject(listenFailure(error, environment)));
		server.listen(environment.port, environment.host, () => resolve(server));
	});
}

function hold(request: IncomingMessage, response: ServerResponse, started: Promise<Product>): void {
	started.then(
		(product) => product.handleRequest(request, response),
		() => response.writeHead(503).end(),
	);
}

function listenFailure(error: NodeJS.ErrnoException, { host, port }: Environment): Error {
	if (error.code === 'EADDRINUSE') return new StartFailure('port-taken', { host, port, next: port + 1 });
	if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return new StartFailure('address-unavailable', { host });
	if (error.code === 'EACCES') return new StartFailure('port-forbidden', { port });
	return error;
}

/** As a browser on this machine would type it. */
function originOf({ host }: Environment, server: Server): string {
	const { port } = server.address() as AddressInfo;
	const shown = ['0.0.0.0', '::', '127.0.0.1'].includes(host) ? 'localhost' : host;
	return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}

function tell(note: StartNote): void {
	process.stdout.write(`${startMessage(note, language)}\n`);
}

function endOnSignal(server: Server, product: Product): void {
	let ending = false;
	const end = (): void => {
		if (ending) return;
		ending = true;
		tell({ key: 'stopping', params: {} });
		setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
		server.close();
		void product
			.stop()
			.then(() => {
				server.closeAllConnections();
				tell({ key: 'stopped', params: {} });
				process.exit(0);
			})
			.catch(fail);
	};
	process.on('SIGTERM', end);
	process.on('SIGINT', end);
}

function fail(error: unknown): void {
	process.stderr.write(`${explainFailure(asStartFailure(error), language)}\n`);
	process.exit(1);
}

await start().catch(fail);
