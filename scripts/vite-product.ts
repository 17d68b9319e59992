import type { Plugin, ViteDevServer } from 'vite';
import type { Product } from '../server/main.ts';

/** Hot reload owns these upgrades; everything else on the port is ours. */
const VITE_PROTOCOLS = new Set(['vite-hmr', 'vite-ping']);

/** Sources that run in the server process: a change to one of them starts the product anew. */
const SERVER_SOURCE = /\/(server|db|domain|board|messages)\/.+\.(ts|json)$/;

/**
 * Runs the whole product inside Vite's development server, in the module graph the pages are
 * loaded from, so that a change to a rule shows on the next request.
 */
export function product(): Plugin {
	let development: Development | undefined;
	return {
		name: 'faellestavle-product',
		apply: 'serve',
		config: () => ({ server: listenWhereTheProductDoes() }),
		async configureServer(server) {
			if (process.env.VITEST) return;
			development = new Development(server);
			await development.start();
		},
		// Vite waits for this when it closes, so the database is given back before the process ends.
		closeBundle: () => development?.stop(),
	};
}

function listenWhereTheProductDoes() {
	const dataDir = process.env.DATA_DIR ?? '.data';
	return {
		port: Number(process.env.PORT ?? 3000),
		host: process.env.HOST ?? '127.0.0.1',
		strictPort: true,
		watch: { ignored: [`${dataDir}/**`, '**/.data/**', '**/build/**', '**/test-results/**', '**/tests/**', '**/bench/**'] },
	};
}

/** One product at a time; a restart waits for the one before to give the database back. */
class Development {
	readonly #server: ViteDevServer;
	#product: Product | undefined;
	#restarting: Promise<void> = Promise.resolve();

	constructor(server: ViteDevServer) {
		this.#server = server;
	}

	async start(): Promise<void> {
		await this.#load();
		this.#server.middlewares.use((request, response, next) => {
			if (!this.#product) return next();
			this.#product.handleRequest(request, response, next);
		});
		this.#server.httpServer?.on('upgrade', (request, socket, head) => {
			if (VITE_PROTOCOLS.has(request.headers['sec-websocket-protocol'] ?? '')) return;
			if (this.#product) this.#product.handleUpgrade(request, socket, head);
			else socket.destroy();
		});
		this.#server.watcher.on('change', (file) => {
			if (SERVER_SOURCE.test(file)) this.#restarting = this.#restarting.then(() => this.#restart(file));
		});
		// Vite itself ends on SIGTERM; Ctrl-C would end the process at once.
		process.once('SIGINT', () => void this.#server.close().finally(() => process.exit(0)));
	}

	async #load(): Promise<void> {
		const { operatorLanguage, readEnvironment } = await this.#module<typeof import('../server/env.ts')>('/server/env.ts');
		const { startMessage } = await this.#module<typeof import('../server/start-failure.ts')>('/server/start-failure.ts');
		const { startProduct } = await this.#module<typeof import('../server/main.ts')>('/server/main.ts');
		const environment = readEnvironment();
		this.#product = await startProduct(environment, {
			origin: `http://localhost:${environment.port}`,
			tell: (note) => this.#server.config.logger.info(startMessage(note, operatorLanguage())),
		});
	}

	async #module<Exports>(path: string): Promise<Exports> {
		return (await this.#server.ssrLoadModule(path)) as Exports;
	}

	async #restart(file: string): Promise<void> {
		this.#server.config.logger.info(`server restarts: ${file}`, { timestamp: true });
		try {
			await this.stop();
			await this.#load();
			this.#server.environments.client.hot.send({ type: 'full-reload' });
		} catch (failure) {
			this.#server.config.logger.error(String(failure instanceof Error ? failure.stack : failure));
		}
	}

	async stop(): Promise<void> {
		const before = this.#product;
		this.#product = undefined;
		await before?.stop();
	}
}
