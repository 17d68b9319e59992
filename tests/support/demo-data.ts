/**
 * Before tests that need the built product: builds what is stale, and lets one server write the demo
 * municipality into a folder that each test file copies (`inject('demoData')`). The first server is killed while it
 * writes, so that all of them stand on a demonstration that was written again.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { aDataDir, discard, killWhileStarting, startServer } from './server.ts';

const ROOT = join(import.meta.dirname, '../..');

declare module 'vitest' {
	interface ProvidedContext {
		demoData: string;
	}
}

export default async function prepare(project: TestProject): Promise<() => Promise<void>> {
	execFileSync('node', [join(ROOT, 'scripts/run.mjs'), 'build-stale'], { stdio: 'inherit' });
	const template = aDataDir();
	await killWhileStarting(template, /demonstration/, 1_000);
	const server = await startServer(template);
	await server.stop();
	project.provide('demoData', template);
	return () => discard(template);
}
