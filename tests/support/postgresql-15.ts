import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Embedded, startCluster } from '../../db/embedded/owned-cluster.ts';
import { placeFor } from '../../db/embedded/place.ts';

/** Where Debian 12 puts it: the oldest version we promise to run on. */
const BIN = '/usr/lib/postgresql/15/bin';

export const hasPostgresql15 = existsSync(join(BIN, 'postgres'));

export function startPostgresql15(dataDir: string): Promise<Embedded> {
	mkdirSync(dataDir, { recursive: true, mode: 0o711 });
	return startCluster(placeFor(dataDir), { postgres: join(BIN, 'postgres'), initdb: join(BIN, 'initdb'), major: '15' });
}

/** The database as an operator would back it up. */
export function dump15(url: string): Buffer {
	return execFileSync(join(BIN, 'pg_dump'), [url], { maxBuffer: 256 * 1024 * 1024 });
}
