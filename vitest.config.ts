import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** What needs nothing is quick; this is for a machine that is busy with something else. */
const UNIT_MS = 30_000;
const DATABASE_MS = 60_000;
const BROWSER_MS = 120_000;
/** How long a condition is awaited. */
const PATIENCE_MS = 15_000;

/**
 * Three kinds by what they need: nothing, a database, a built product with a browser. Files of one kind share a process and
 * what it has imported: what a module of ours remembers (server/log/projection.ts) hangs on a key that another file's test has not.
 */
export default defineConfig({
	test: {
		projects: [
			{
				plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
				test: {
					name: 'unit',
					isolate: false,
					include: ['tests/{domain,board,messages,web,architecture,scripts}/**/*.test.ts'],
					testTimeout: UNIT_MS,
					hookTimeout: UNIT_MS,
				},
			},
			{
				test: {
					name: 'database',
					isolate: false,
					include: ['tests/{db,server,bench}/**/*.test.ts'],
					exclude: ['tests/server/start/**'],
					testTimeout: DATABASE_MS,
					expect: { poll: { timeout: PATIENCE_MS } },
					hookTimeout: DATABASE_MS,
					// One PostgreSQL for the run, a database for each file.
					globalSetup: ['tests/support/postgres.ts'],
					maxWorkers: 2,
				},
			},
			{
				test: {
					name: 'browser',
					isolate: false,
					include: ['tests/{e2e,server/start}/**/*.test.ts'],
					globalSetup: ['tests/support/demo-data.ts'],
					testTimeout: BROWSER_MS,
					expect: { poll: { timeout: PATIENCE_MS } },
					hookTimeout: BROWSER_MS,
					// Each file has a server, a browser and data of its own.
					maxWorkers: 2,
				},
			},
			{
				test: { name: 'soak', include: ['tests/soak/**/*.test.ts'], testTimeout: 30 * 60_000, fileParallelism: false },
			},
		],
	},
});
