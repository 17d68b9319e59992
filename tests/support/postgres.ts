/**
 * One PostgreSQL for a whole vitest run, started when the first test file asks for it. Workers ask over a socket,
 * because the cluster belongs to vitest's main process and must outlive each of them.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import type { Embedded } from '../../db/embedded/owned-cluster.ts';
import { migrateDatabase } from '../../db/migrate.ts';

declare module 'vitest' {
	interface ProvidedContext {
		postgresSocket: string;
	}
}

const PREFIX = 'tavle-test-';
export const TEMPLATE = 'template_migrated';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	sweepLeftovers();
	const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
	writeFileSync(join(dataDir, 'owner'), String(process.pid));
	let cluster: Promise<Embedded> | undefined;
	const server = createServer((socket) => {
		cluster ??= startPrepared(dataDir);
		socket.on('error', () => {});
		cluster.then(
			({ url }) => socket.end(url),
			(error: unknown) => socket.destroy(error instanceof Error ? error : undefined),
		);
	});
	const path = join(dataDir, 'ask');
	await new Promise<void>((resolve) => server.listen(path, resolve));
	project.provide('postgresSocket', path);
	return async () => {
		server.close();
		await (await cluster)?.stop();
		rmSync(dataDir, { recursive: true, force: true });
	};
}

/** Tests do not survive a power cut, so their database need not either. */
async function startPrepared(dataDir: string): Promise<Embedded> {
	const cluster = await startEmbedded({ dataDir });
	const client = new Client({ connectionString: cluster.url });
	await client.connect();
	await client.query('alter system set fsync = off');
	await client.query('alter system set synchronous_commit = off');
	await client.query('select pg_reload_conf()');
	await client.query(`create database ${TEMPLATE}`);
	await client.end();
	const template = openDatabase(databaseUrl(cluster.url, TEMPLATE));
	await migrateDatabase(template);
	await template.close();
	return cluster;
}

export function databaseUrl(clusterUrl: string, name: string): string {
	return clusterUrl.replace('/postgres?', `/${name}?`);
}

/** A run that was killed leaves its cluster behind; the next run ends it. */
function sweepLeftovers(): void {
	for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
		const dataDir = join(tmpdir(), name);
		const owner = join(dataDir, 'owner');
		if (!existsSync(owner) || isAlive(Number(readFileSync(owner, 'utf8')))) continue;
		const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid');
		const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
		if (pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir)) process.kill(pid, 'SIGQUIT');
		rmSync(dataDir, { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
