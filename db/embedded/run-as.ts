import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedFailed } from './failure.ts';

/** PostgreSQL refuses to run as root, so root runs it as somebody who owns nothing else. */
export interface RunAs {
	readonly uid: number;
	readonly gid: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

const OWN_USER = 'faellestavlen';

/** Who runs the cluster: its owner if it exists, else a system user, made if need be. Undefined for an ordinary user. */
export function runAsFor(clusterFolder: string): RunAs | undefined {
	if (!isRoot()) return undefined;
	const owner = statSync(clusterFolder, { throwIfNoEntry: false });
	if (owner) return { uid: owner.uid, gid: owner.gid };
	const found = userNamed(OWN_USER) ?? userNamed('postgres') ?? madeUser() ?? userNamed('nobody');
	if (!found) throw new EmbeddedFailed('postgres-failed', clusterFolder, 'no unprivileged user to run it as');
	return found;
}

/** Asked of the system itself, because modes alone do not tell (ACLs, mounts, folders above). */
export function canEnter(runAs: RunAs | undefined, folder: string): boolean {
	return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', folder], { ...runAs, cwd: '/', stdio: 'ignore' }).status === 0;
}

function userNamed(name: string): RunAs | undefined {
	const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString());
	try {
		return { uid: id('-u'), gid: id('-g') };
	} catch {
		return undefined; // `id` ends with 1 for a user that does not exist
	}
}

function madeUser(): RunAs | undefined {
	const options = ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', OWN_USER];
	const made = spawnSync('useradd', options, { stdio: 'ignore' });
	return made.status === 0 ? userNamed(OWN_USER) : undefined;
}
