import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { die, say } from './process.mjs';

const QUIET = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

/** Playwright's own download is refused on many networks; the system's browser is the one users have. */
export function ensureChromium() {
	if (isOnPath()) return;
	const mayInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version');
	if (!mayInstall) die('chromium-missing');
	say('chromium');
	spawnSync('apt-get', ['update', '-qq'], QUIET);
	spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], QUIET);
	if (!isOnPath()) die('chromium-missing');
}

function isOnPath() {
	return spawnSync('sh', ['-c', 'command -v chromium'], { stdio: 'ignore' }).status === 0;
}
