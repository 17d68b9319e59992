import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const DATABASE_MS = 60_000;
const BROWSER_MS = 120_000;

/** Three kinds by what they need: nothing, a database, a built product with a browser. */
export default defineConfig({
	test: {
		projects: [
			{
				plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
				test: { name: 'unit', include: ['tests/{domain,board,messages,web,architecture,scripts}/**/*.test.ts'] },
			},
			{
				test: {
					name: 'database',
					include: ['tests/{db,server,bench}/**/*.test.ts'],
					exclude: ['tests/server/start/**'],
					testTimeout: DATABASE_MS,
					hookTimeout: DATABASE_MS,
					// One PostgreSQL for the run, a database for each file.
					globalSetup: ['tests/support/postgres.ts'],
					maxWorkers: 2,
				},
			},
			{
				test: {
					name: 'browser',
					include: ['tests/{e2e,server/start}/**/*.test.ts'],
					globalSetup: ['tests/support/demo-data.ts'],
					testTimeout: BROWSER_MS,
					hookTimeout: BROWSER_MS,
					fileParallelism: false,
				},
			},
			{
				test: { name: 'soak', include: ['tests/soak/**/*.test.ts'], testTimeout: 30 * 60_000, fileParallelism: false },
			},
		],
	},
});
