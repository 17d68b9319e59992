import { Worker } from 'node:worker_threads';
import type { DocumentKind } from '../../board/schema.ts';
import type { UpdateAuthor } from './board-replica.ts';
import { TRIAL_DEADLINE_MS, TRIAL_HEAP_MB, TRIAL_START_MS } from './limits.ts';

/** A large update, and the document it is for as it stands. Each has a buffer of its own, which is given away. */
export interface Trial {
	readonly kind: DocumentKind;
	readonly state: Uint8Array;
	readonly update: Uint8Array;
	readonly author: UpdateAuthor;
	readonly nowMs: number;
}

export type Tried =
	| { readonly kind: 'passed' }
	| { readonly kind: 'refused'; readonly code: string }
	/** When its turn came the room had no document to try it on. */
	| { readonly kind: 'put-off' }
	/** It could not be tried: not its writer's fault. */
	| { readonly kind: 'not-tried' };

/** What the worker says: once that it is there, then one answer to each trial. */
export type TrialAnswer = 'ready' | Extract<Tried, { kind: 'passed' | 'refused' }>;

const NOT_TRIED: Tried = { kind: 'not-tried' };
const TOO_COSTLY: Tried = { kind: 'refused', code: 'too-costly' };

/** Beside this file: as source where Node runs the sources, else as the bundle's (vite.server.config.ts). */
const isSource = new URL(import.meta.url).pathname.endsWith('.ts');
const WORKER_FILE = new URL(isSource ? './trial-worker.ts' : './trial-worker.js', import.meta.url);

/** Tries large updates one after another in a worker that is ended when one takes too long or too much memory. */
export class Trials {
	readonly #deadlineMs: number;
	readonly #onFailure: (error: unknown) => void;
	#worker: Promise<Worker | undefined> | undefined;
	#last: Promise<unknown> = Promise.resolve();

	constructor(onFailure: (error: unknown) => void, deadlineMs = TRIAL_DEADLINE_MS) {
		this.#onFailure = onFailure;
		this.#deadlineMs = deadlineMs;
	}

	/** @param make asked when its turn comes, so that what waits holds no copy of its document; undefined puts it off */
	tryOut(make: () => Trial | undefined): Promise<Tried> {
		const tried = this.#last.then(() => this.#tryNow(make)).catch((error: unknown) => this.#notTried(error));
		this.#last = tried;
		return tried;
	}

	async stop(): Promise<void> {
		const worker = await this.#worker;
		await worker?.terminate();
	}

	async #tryNow(make: () => Trial | undefined): Promise<Tried> {
		const worker = await (this.#worker ??= this.#start());
		if (!worker) {
			this.#worker = undefined;
			return NOT_TRIED;
		}
		const trial = make();
		return trial ? this.#answerOf(worker, trial) : { kind: 'put-off' };
	}

	/** What one of them fails with is told, and the next is tried all the same. */
	#notTried(error: unknown): Tried {
		this.#onFailure(error);
		return NOT_TRIED;
	}

	async #answerOf(worker: Worker, trial: Trial): Promise<Tried> {
		const { promise, resolve } = Promise.withResolvers<Tried>();
		const tooLong = setTimeout(() => {
			worker.off('message', resolve); // an answer that comes while it ends is none: the next would be tried by a dying worker
			void worker.terminate();
		}, this.#deadlineMs);
		const ended = (): void => resolve(TOO_COSTLY);
		worker.once('message', resolve).once('exit', ended);
		try {
			worker.postMessage(trial, [trial.state.buffer as ArrayBuffer, trial.update.buffer as ArrayBuffer]); // safe: nobody shares memory here
			return await promise;
		} finally {
			clearTimeout(tooLong);
			worker.off('message', resolve).off('exit', ended);
		}
	}

	/** @returns nothing when it does not come up */
	async #start(): Promise<Worker | undefined> {
		const worker = this.#made();
		if (!worker) return undefined;
		worker.unref(); // a process that wants to end does not wait for it
		const { promise, resolve } = Promise.withResolvers<Worker | undefined>();
		const tooLong = setTimeout(() => void worker.terminate(), TRIAL_START_MS);
		worker.once('message', () => resolve(worker));
		worker.on('error', this.#onFailure);
		worker.once('exit', () => {
			this.#worker = undefined;
			resolve(undefined);
		});
		const started = await promise;
		clearTimeout(tooLong);
		return started;
	}

	/** @returns nothing where the system gives us no thread */
	#made(): Worker | undefined {
		try {
			return new Worker(WORKER_FILE, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: TRIAL_HEAP_MB } });
		} catch (error) {
			this.#onFailure(error);
			return undefined;
		}
	}
}
