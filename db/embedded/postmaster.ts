import { spawn } from 'node:child_process';
import { closeSync, existsSync, fchownSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

/** A running server, as its own `postmaster.pid` tells. */
export interface Postmaster {
	readonly pid: number;
	readonly socketDir: string;
}

/** Small on purpose: tens of people, one machine. Durability settings are left at their defaults, which are on. */
const SETTINGS = {
	listen_addresses: '',
	max_connections: '40',
	shared_buffers: '32MB',
	wal_buffers: '1MB',
	min_wal_size: '48MB',
	max_wal_size: '256MB',
	jit: 'off',
	max_parallel_workers: '0',
	max_logical_replication_workers: '0',
	autovacuum_max_workers: '2',
	// Neither statements nor values: they would carry personal data into a plain file.
	log_min_error_statement: 'panic',
	log_error_verbosity: 'terse',
	timezone: 'UTC',
} as const;

/** Three worker processes less. */
const SETTINGS_SINCE_18 = { io_method: 'sync' } as const;

const MAX_LOG_BYTES = 5_000_000;

const logFile = (place: Place): string => join(place.folder, 'postgres.log');
const pidFile = (place: Place): string => join(place.cluster, 'postmaster.pid');

/** The server of this cluster, if it runs. A pid file left by a dead one is taken away when its pid is somebody else's. */
export function runningPostmaster(place: Place): Postmaster | undefined {
	const found = readPidFile(place);
	if (!found || isServer(found.pid, place.cluster)) return found;
	if (readPidFile(place)?.pid === found.pid) rmSync(pidFile(place), { force: true });
	return undefined;
}

function readPidFile(place: Place): Postmaster | undefined {
	if (!existsSync(pidFile(place))) return undefined;
	const lines = readFileSync(pidFile(place), 'utf8').split('\n');
	return { pid: Number(lines[0]), socketDir: lines[4] ?? '' };
}

export function isRunning(place: Place, { pid }: Postmaster): boolean {
	return isServer(pid, place.cluster);
}

/** Not just alive: a zombie has no command line, and after a reboot the pid may be anybody's. */
function isServer(pid: number, cluster: string): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false; // no such process, or one of another user's: never a server of ours
	}
	const commandLine = `/proc/${pid}/cmdline`;
	return existsSync('/proc/self/cmdline') ? existsSync(commandLine) && readFileSync(commandLine, 'utf8').includes(cluster) : true;
}

/** Starts a server of its own session, so that Ctrl-C reaches us first. Resolves with why it ended, should it end. */
export function spawnPostmaster(place: Place, binaries: Binaries, socketDir: string): Promise<string> {
	const settings = { ...SETTINGS, ...(binaries.major >= '18' ? SETTINGS_SINCE_18 : {}), unix_socket_directories: socketDir };
	const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	const from = logSize(place) > MAX_LOG_BYTES ? 0 : logSize(place);
	const log = openSync(logFile(place), from === 0 ? 'w' : 'a', 0o600);
	if (place.runAs) fchownSync(log, place.runAs.uid, place.runAs.gid);
	const child = spawn(binaries.postgres, ['-D', place.cluster, ...options], {
		...place.runAs,
		cwd: '/',
		env: { LC_ALL: 'C', TZ: 'UTC' },
		detached: true,
		stdio: ['ignore', log, log],
	});
	closeSync(log);
	child.unref();
	return new Promise((resolve) => {
		child.once('error', (error) => resolve(error.message));
		child.once('exit', () => resolve(lastWords(logFrom(place, from))));
	});
}

/** Somebody may have tidied the log away. */
function logFrom(place: Place, from: number): string {
	return existsSync(logFile(place)) ? readFileSync(logFile(place)).subarray(from).toString() : '';
}

function logSize(place: Place): number {
	return statSync(logFile(place), { throwIfNoEntry: false })?.size ?? 0;
}

/** What was wrong, and what it led to; without the time and the process. */
function lastWords(log: string): string {
	const lines = log
		.split('\n')
		.map((line) => line.replace(/^[^[]*\[\d+\] /, ''))
		.filter(Boolean);
	return lines.slice(-2).join(' · ');
}
