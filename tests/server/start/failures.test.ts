import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { aDemoDataDir, discard, endOfServer, type EndedServer, type RunningServer, startServer } from '../../support/server.ts';

let dataDir: string;
beforeAll(() => {
	dataDir = aDemoDataDir(inject('demoData'));
});
afterAll(() => discard(dataDir));

/** One clear line, an exit code, nothing else: no stack, no second line. */
function expectOneLine(end: EndedServer, words: RegExp): void {
	expect(end.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(words)]);
	expect(end.exitCode).toBe(1);
}

/** What was refused did no harm: the same data serve afterwards. */
async function expectUnharmed(surroundings: Record<string, string> = {}): Promise<void> {
	const server = await startServer(dataDir, surroundings);
	expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
	await server.stop();
}

test('a taken port is named, with another to try', async () => {
	const other = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => other.once('listening', resolve));
	const { port } = other.address() as { port: number };
	expectOneLine(
		await endOfServer(dataDir, { PORT: String(port) }),
		new RegExp(`Port ${port} .* is taken .*PORT=${port + 1} npm start`),
	);
	other.close();
});

test('an address this machine does not have is named', async () => {
	expectOneLine(await endOfServer(dataDir, { HOST: '192.0.2.1' }), /no address 192\.0\.2\.1/);
});

test('a setting that cannot be used is named', async () => {
	expectOneLine(await endOfServer(dataDir, { PORT: 'many' }), /setting PORT/);
});

test('Danish operators read Danish', async () => {
	expectOneLine(await endOfServer(dataDir, { PORT: 'many', LANG: 'da_DK.UTF-8' }), /Indstillingen PORT/);
});

test('a data folder that cannot be made is named', async () => {
	expectOneLine(await endOfServer('/dev/null/tavle'), /data folder \/dev\/null\/tavle cannot be written/);
});

test('a database that does not answer is not waited for', async () => {
	const DATABASE_URL = 'postgres://nobody:very-secret@127.0.0.1:9/none';
	const end = await endOfServer(dataDir, { DATABASE_URL });
	expectOneLine(end, /database in DATABASE_URL does not answer/);
	expect(end.stderr).not.toContain('very-secret');
});

describe('a second process on the same data', () => {
	let first: RunningServer;
	afterEach(() => first.stop());

	test('is refused, and the first goes on', async () => {
		first = await startServer(dataDir);
		expectOneLine(await endOfServer(dataDir), /Another Fællestavle already runs on the data in /);
		expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
	});
});

describe('the master key', () => {
	const key = (): string => join(dataDir, 'master.key');
	const aside = (): string => join(dataDir, 'master.key.aside');

	afterEach(() => {
		copyFileSync(aside(), key());
		rmSync(aside());
		chmodSync(key(), 0o600);
	});

	test('that is another one is refused, and nothing is changed', async () => {
		copyFileSync(key(), aside());
		writeFileSync(key(), randomBytes(32).toString('base64'));
		expectOneLine(await endOfServer(dataDir), /not the one this database was made with/);
		await expectUnharmed({ MASTER_KEY_FILE: aside() });
	});

	test('that is lost is asked for, and no new one is made', async () => {
		copyFileSync(key(), aside());
		rmSync(key());
		expectOneLine(await endOfServer(dataDir), /master key of this database is gone/);
		await expectUnharmed({ MASTER_KEY_FILE: aside() });
	});

	test('that is no key at all is refused', async () => {
		copyFileSync(key(), aside());
		expectOneLine(await endOfServer(dataDir, { MASTER_KEY: 'secret' }), /not 32 bytes in base64/);
	});
});
