/** A browser whose profile lies on disk and outlives its process, as on somebody's laptop. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserContext, chromium } from '@playwright/test';
import { CHROMIUM_FLAGS, chromiumPath, DANISH, noteAlive, signInTo } from './browser.ts';

const GONE_WITHIN_MS = 10_000;

export class Laptop {
	readonly #profile = mkdtempSync(join(tmpdir(), 'tavle-profile-'));
	readonly #url: string;
	#context: BrowserContext | undefined;

	constructor(url: string) {
		this.#url = url;
	}

	/** @param account who signs in; left out, whoever the profile's cookie says */
	async open(account?: string): Promise<BrowserContext> {
		const executable = { executablePath: chromiumPath(), args: CHROMIUM_FLAGS };
		const context = await chromium.launchPersistentContext(this.#profile, { ...executable, baseURL: this.#url, ...DANISH });
		this.#context = context;
		await noteAlive(context);
		if (account) await signInTo(context, this.#url, `${account}@tavle.example`);
		return context;
	}

	/** SIGKILL to the whole browser, as when the battery goes. */
	async kill(): Promise<void> {
		const pid = Number(readlinkSync(join(this.#profile, 'SingletonLock')).split('-').at(-1));
		const gone = new Promise((resolve) => this.#context?.once('close', resolve));
		process.kill(pid, 'SIGKILL');
		await gone;
		for (const deadline = Date.now() + GONE_WITHIN_MS; existsSync(`/proc/${pid}`) && Date.now() < deadline;) await delay(20);
	}

	/** Which of these stand in which files of the profile. */
	found<Name extends string>(looked: Readonly<Record<Name, Buffer>>): readonly { readonly name: Name; readonly file: string }[] {
		const files = readdirSync(this.#profile, { recursive: true, encoding: 'utf8' });
		return files.flatMap((file) => {
			const path = join(this.#profile, file);
			if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return [];
			const bytes = readFileSync(path);
			return (Object.keys(looked) as Name[]).filter((name) => bytes.includes(looked[name])).map((name) => ({ name, file }));
		});
	}

	async discard(): Promise<void> {
		await this.#context?.close();
		rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
	}
}
