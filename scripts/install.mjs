import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSameInstallation } from './lockfile.mjs';
import { die, ROOT, run, say } from './process.mjs';

const LOCKFILE = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules/.faellestavle-installed');

/**
 * `npm install`, never `npm ci`: the latter fails where a registry lacks packages of foreign
 * platforms (npm/cli 9846), while the former keeps to the lockfile just as well, which is checked.
 */
export async function ensureInstalled() {
	const wanted = fingerprint();
	if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
	say('installing');
	const committed = readFileSync(LOCKFILE, 'utf8');
	const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
	const [command, ...first] = npm;
	const code = await run(command, [...first, 'install', '--no-audit', '--no-fund', '--loglevel=error'], {
		// What npm prints here is not this program's output, and a nested npm must not inherit `--omit` or a dry run.
		stdio: ['ignore', 2, 2],
		cwd: ROOT,
	}).catch(() => 1);
	if (code !== 0) die('install-failed');
	if (!isSameInstallation(committed, readFileSync(LOCKFILE, 'utf8'))) die('lockfile-changed');
	writeFileSync(LOCKFILE, committed);
	writeFileSync(STAMP, wanted);
}

function fingerprint() {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}
