/**
 * What a browser fetches before it has a page: every script a server-rendered page names, gzip. Prints; asserts nothing.
 * `node bench/first-load.bench.ts [http://localhost:3000]` measures a product that runs; else it starts the built one.
 */
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { DEMO_PASSWORD, aDataDir, startServer } from '../tests/support/server.ts';

/** Kilobytes of 1000 bytes. */
const GOAL_KB = 110;
const EMAIL = 'leder@tavle.example';
/** As a browser sends when somebody follows a link. */
const NAVIGATION = { accept: 'text/html' };

/** The scripts a page's HTML asks for: what it preloads, and what its inline script imports. */
function scriptsOf(html: string, page: URL): ReadonlySet<string> {
	const preloaded = Array.from(html.matchAll(/<link[^>]+rel="modulepreload"[^>]*>/g), ([tag]) => /href="([^"]+)"/.exec(tag)?.[1]);
	const imported = Array.from(html.matchAll(/(?:import\(|<script[^>]+src=)"([^"]+)"/g), ([, path]) => path);
	return new Set([...preloaded, ...imported].flatMap((path) => (path ? new URL(path, page).href : [])));
}

async function gzipBytes(url: string): Promise<number> {
	const response = await fetch(url);
	if (!response.ok) throw new Error(`${url}: ${response.status}`);
	return gzipSync(Buffer.from(await response.arrayBuffer())).length;
}

async function measure(route: string, path: string, base: string, cookie: string): Promise<void> {
	const page = new URL(path, base);
	const response = await fetch(page, { headers: { ...NAVIGATION, cookie } });
	if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status} ${response.url}`);
	const scripts = scriptsOf(await response.text(), page);
	const sizes = await Promise.all([...scripts].map(gzipBytes));
	const kb = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1000;
	console.log(
		`${route.padEnd(8)} ${kb.toFixed(1).padStart(6)} kB gzip in ${String(scripts.size).padStart(3)} files, goal ${GOAL_KB}: ${kb <= GOAL_KB ? 'kept' : 'MISSED'}`,
	);
}

async function signIn(base: string): Promise<string> {
	const body = JSON.stringify({ email: EMAIL, password: DEMO_PASSWORD });
	const answer = await fetch(new URL('/api/auth/sign-in/email', base), {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: base },
		body,
	});
	if (!answer.ok) throw new Error(`sign-in: ${answer.status}`);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

async function aCase(base: string, cookie: string): Promise<string> {
	const html = await (await fetch(new URL('/cases', base), { headers: { ...NAVIGATION, cookie } })).text();
	const path = html.match(/href="(\/cases\/[0-9a-f-]{36})"/)?.[1];
	if (!path) throw new Error('the list of cases links to none');
	return path;
}

async function measureAll(address: string): Promise<void> {
	const base = new URL(address).origin;
	const cookie = await signIn(base);
	await measure('sign-in', '/sign-in', base, '');
	await measure('cases', '/cases', base, cookie);
	await measure('board', await aCase(base, cookie), base, cookie);
}

const given = process.argv.slice(2).find((word) => word.startsWith('http'));
if (given) await measureAll(given);
else {
	const dataDir = aDataDir();
	const server = await startServer(dataDir, { PORT: '0' });
	try {
		await measureAll(server.url);
	} finally {
		await server.stop();
		rmSync(dataDir, { recursive: true, force: true });
	}
}
