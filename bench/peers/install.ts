import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGES = join(import.meta.dirname, 'packages');
const INSTALL_DEADLINE_MS = 300_000;

/** Brings the peers on demand: they are no dependencies of the project. @returns whether they are there */
export function installPeers(): boolean {
	if (existsSync(join(PACKAGES, 'node_modules/.package-lock.json'))) return true;
	console.log('installing the peers');
	const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--loglevel=error'], {
		cwd: PACKAGES,
		stdio: ['ignore', 'ignore', 'inherit'],
		timeout: INSTALL_DEADLINE_MS,
	});
	return status === 0;
}
