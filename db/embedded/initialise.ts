import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedFailed } from './failure.ts';
import type { Place } from './place.ts';
import { renameDurably, writeDurably } from '../write-durably.ts';

export const SUPERUSER = 'tavle';

const passwordFile = (place: Place): string => join(place.folder, 'password');

export function passwordOf(place: Place): string {
	return readFileSync(passwordFile(place), 'utf8').trim();
}

/** Makes the cluster, once. An interrupted attempt leaves `cluster.new`, which the next one throws away. */
export async function initialise(place: Place, binaries: Binaries): Promise<void> {
	if (existsSync(place.cluster)) return requireSameMajor(place, binaries);
	const half = `${place.cluster}.new`;
	rmSync(half, { recursive: true, force: true });
	writeDurably(passwordFile(place), `${randomBytes(24).toString('base64url')}\n`, place.runAs);
	const options = [
		'-D',
		half,
		'-U',
		SUPERUSER,
		'-A',
		'scram-sha-256',
		`--pwfile=${passwordFile(place)}`,
		'-E',
		'UTF8',
		'--locale=C',
	];
	try {
		await promisify(execFile)(binaries.initdb, options, { ...place.runAs, cwd: '/', env: { LC_ALL: 'C', TZ: 'UTC' } });
	} catch (error) {
		throw new EmbeddedFailed('postgres-failed', half, error instanceof Error ? lastLine(error.message) : '');
	}
	renameDurably(half, place.cluster);
}

function requireSameMajor(place: Place, binaries: Binaries): void {
	const made = readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8').trim();
	if (made !== binaries.major) {
		throw new EmbeddedFailed('postgres-version-differs', place.cluster, `${made} != ${binaries.major}`);
	}
}

function lastLine(text: string): string {
	return text.trim().split('\n').at(-1) ?? '';
}
