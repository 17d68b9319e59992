import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './process.mjs';

/** Whatever the build is made of. Contents count, not dates: a clone and a checkout change every date. */
const SOURCES = [
	...['web', 'server', 'db', 'board', 'domain', 'messages'],
	...['package-lock.json', 'vite.config.ts', 'vite.server.config.ts', 'scripts/vite-product.ts'],
];
const STAMP = join(ROOT, 'build/.sources');

export function isBuiltFrom(sources) {
	return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === sources;
}

/** @param sources taken before the build began: what changed meanwhile is stale */
export function rememberBuild(sources) {
	writeFileSync(STAMP, sources);
}

export function fingerprintSources() {
	const hash = createHash('sha256');
	for (const file of SOURCES.flatMap(filesUnder).sort())
		hash
			.update(file)
			.update('\0')
			.update(readFileSync(join(ROOT, file)));
	return hash.digest('hex');
}

function filesUnder(path) {
	const absolute = join(ROOT, path);
	if (!existsSync(absolute)) return [];
	if (!statSync(absolute).isDirectory()) return [path];
	return readdirSync(absolute).flatMap((name) => filesUnder(`${path}/${name}`));
}
