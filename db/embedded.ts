/**
 * PostgreSQL from npm, on this machine, for us alone. It is adopted when a killed process of ours left it running,
 * started again when it dies under us, and never shared: whoever holds the advisory lock owns the data.
 */
import { binariesFor } from './embedded/binaries.ts';
import { type Embedded, startCluster } from './embedded/owned-cluster.ts';
import { placeFor } from './embedded/place.ts';

/** @throws {EmbeddedFailed} with a code `main` can tell in one line */
export async function startEmbedded({ dataDir }: { readonly dataDir: string }): Promise<Embedded> {
	const place = placeFor(dataDir);
	return startCluster(place, binariesFor(place));
}
