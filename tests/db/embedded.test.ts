import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { missingDurability, openDatabase } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { aHolder, ask, ended, postmasterPid } from '../support/embedded-holder.ts';

const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stdout.write('Not root: what the embedded PostgreSQL does as root is skipped.\n');
let root: string;
let dataDir: string;

beforeEach(() => {
	root = mkdtempSync(join(tmpdir(), 'tavle-embedded-'));
	execFileSync('chmod', ['755', root]);
	dataDir = join(root, 'data');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('one owner', () => {
	test('starts with durability on, stops, and finds its rows again', async () => {
		const first = await startEmbedded({ dataDir });
		const db = openDatabase(first.url);
		expect(await missingDurability(db)).toEqual([]);
		await db.close();
		await ask(first.url, 'create table kept as select 47 as week');
		await first.stop();
		expect(existsSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false);

		const second = await startEmbedded({ dataDir });
		expect(await ask(second.url, 'select week from kept')).toEqual([{ week: 47 }]);
		await second.stop();
	});

	test('listens on no network and lets nobody in without the password', async () => {
		const embedded = await startEmbedded({ dataDir });
		expect(await ask(embedded.url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
		await expect(ask(embedded.url.replace(/:[^:@/]+@/, ':guess@'), 'select 1')).rejects.toThrow(/password authentication failed/);
		await embedded.stop();
	});

	test('tells which durability setting is off', async () => {
		const embedded = await startEmbedded({ dataDir });
		await ask(embedded.url, 'alter system set fsync = off');
		await ask(embedded.url, 'select pg_reload_conf()');
		const db = openDatabase(embedded.url);
		await expect.poll(() => missingDurability(db)).toEqual(['fsync']);
		await db.close();
		await embedded.stop();
	});

	test('brings a server back that dies under it, at the same address', async () => {
		const embedded = await startEmbedded({ dataDir });
		await ask(embedded.url, 'create table kept as select 47 as week');
		const before = postmasterPid(join(dataDir, 'postgres'));
		process.kill(before, 'SIGKILL');
		await expect
			.poll(() => ask(embedded.url, 'select week from kept').catch(() => []), { timeout: 20_000 })
			.toEqual([{ week: 47 }]);
		expect(postmasterPid(join(dataDir, 'postgres'))).not.toBe(before);
		await embedded.stop();
	});
});

describe('two processes', () => {
	test('the second is told that the data are in use, and the first goes on', async () => {
		const first = await startEmbedded({ dataDir });
		const second = await aHolder(dataDir);
		expect(second.said).toEqual({ code: 'data-in-use' });
		expect(await ask(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
		await first.stop();
	});

	test('adopts the server that a killed process left running', async () => {
		const killed = await aHolder(dataDir);
		await ask(killed.said.url!, 'create table kept as select 47 as week');
		const left = postmasterPid(join(dataDir, 'postgres'));
		await ended(killed.process, () => killed.process.kill('SIGKILL'));

		const next = await startEmbedded({ dataDir });
		expect(postmasterPid(join(dataDir, 'postgres'))).toBe(left);
		expect(await ask(next.url, 'select week from kept')).toEqual([{ week: 47 }]);
		await next.stop();
	});

	test('starts again when process and server were both killed', async () => {
		const killed = await aHolder(dataDir);
		await ask(killed.said.url!, 'create table kept as select 47 as week');
		const server = postmasterPid(join(dataDir, 'postgres'));
		await ended(killed.process, () => {
			killed.process.kill('SIGKILL');
			process.kill(server, 'SIGKILL');
		});

		const next = await startEmbedded({ dataDir });
		expect(await ask(next.url, 'select week from kept')).toEqual([{ week: 47 }]);
		await next.stop();
	});

	test('starts though the pid file names a process that is no server', async () => {
		const first = await startEmbedded({ dataDir });
		const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
		const content = readFileSync(pidFile, 'utf8');
		await first.stop();
		writeFileSync(pidFile, content.replace(/^\d+/, String(process.pid)));
		const next = await startEmbedded({ dataDir });
		expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }]);
		await next.stop();
	});

	test('an interrupted first start is begun anew', async () => {
		mkdirSync(join(dataDir, 'postgres', 'cluster.new', 'base'), { recursive: true });
		const embedded = await startEmbedded({ dataDir });
		expect(await ask(embedded.url, 'select 1 as one')).toEqual([{ one: 1 }]);
		await embedded.stop();
	});
});

describe('failures have codes', () => {
	test('a data folder that cannot be made', async () => {
		writeFileSync(dataDir, 'in the way');
		await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'data-dir-not-writable' });
	});

	test('data of another major version, left as they were', async () => {
		const embedded = await startEmbedded({ dataDir });
		await embedded.stop();
		writeFileSync(join(dataDir, 'postgres', 'cluster', 'PG_VERSION'), '16\n');
		await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'postgres-version-differs', detail: '16 != 18' });
	});

	test('a server that will not start, in its own words', async () => {
		const embedded = await startEmbedded({ dataDir });
		await embedded.stop();
		writeFileSync(join(dataDir, 'postgres', 'cluster', 'postgresql.conf'), 'no_such_setting = 1\n');
		await expect(startEmbedded({ dataDir })).rejects.toMatchObject({
			code: 'postgres-failed',
			detail: expect.stringMatching(/no_such_setting/),
		});
	});
});

describe.runIf(isRoot)('as root', () => {
	test('runs as somebody else, who cannot read the data folder itself', async () => {
		const embedded = await startEmbedded({ dataDir });
		const status = readFileSync(`/proc/${postmasterPid(join(dataDir, 'postgres'))}/status`, 'utf8');
		expect(status).toMatch(/^Uid:\t(?!0\t)\d+/m);
		await embedded.stop();
	});

	test('lets the server pass through a data folder that only root may enter', async () => {
		mkdirSync(dataDir, { mode: 0o700 });
		const embedded = await startEmbedded({ dataDir });
		expect(existsSync(join(dataDir, 'postgres', 'cluster'))).toBe(true);
		await embedded.stop();
	});

	test('keeps the data elsewhere, and finds them again, below a folder that only root may enter', async () => {
		execFileSync('chmod', ['700', root]);
		const first = await startEmbedded({ dataDir });
		await ask(first.url, 'create table kept as select 47 as week');
		await first.stop();
		const { folder } = JSON.parse(readFileSync(join(dataDir, 'postgres-place.json'), 'utf8')) as { folder: string };
		const second = await startEmbedded({ dataDir });
		expect(await ask(second.url, 'select week from kept')).toEqual([{ week: 47 }]);
		await second.stop();

		rmSync(folder, { recursive: true });
		await expect(startEmbedded({ dataDir })).rejects.toMatchObject({ code: 'data-folder-lost', path: folder });
	});

	test('an ordinary user runs it alone, and is told when the folder is not theirs', async () => {
		const nobody = { uid: 65_534, gid: 65_534 };
		execFileSync('install', ['-d', '-o', 'nobody', '-m', '700', join(root, 'theirs')]);
		const holder = await aHolder(join(root, 'theirs', 'data'), nobody);
		expect(holder.said).toEqual({ url: expect.any(String) });
		expect(await ask(holder.said.url!, 'select 1 as one')).toEqual([{ one: 1 }]);
		await ended(holder.process, () => holder.process.stdin!.write('stop\n'));

		mkdirSync(join(root, 'ours'), { mode: 0o755 });
		expect((await aHolder(join(root, 'ours', 'data'), nobody)).said).toEqual({ code: 'data-dir-not-writable' });
	});

	test('takes a socket elsewhere when the path is too long for one', async () => {
		const embedded = await startEmbedded({ dataDir: join(root, 'x'.repeat(120)) });
		expect(await ask(embedded.url, 'select 1 as one')).toEqual([{ one: 1 }]);
		const socketDir = new URLSearchParams(embedded.url.split('?')[1]).get('host')!;
		await embedded.stop();
		expect(existsSync(socketDir)).toBe(false);
	});
});
