import { rmSync } from 'node:fs';
import { aDataDir, startServer } from '../tests/support/server.ts';

/** Measures at the address given on the command line, else at a server of its own with demo data that are gone afterwards. */
export async function atAServer(measure: (url: string) => Promise<void>): Promise<void> {
	const given = process.argv.slice(2).find((word) => word.startsWith('http'));
	if (given) return measure(new URL(given).origin);
	const dataDir = aDataDir();
	const server = await startServer(dataDir, { PORT: '0' });
	try {
		await measure(server.url);
	} finally {
		await server.stop();
		rmSync(dataDir, { recursive: true, force: true });
	}
}
