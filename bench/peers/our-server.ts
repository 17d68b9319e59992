/**
 * Our sync server as main.ts wires it: sign-in, rights, the rights watch, metrics, the sealed log. What it leaves out
 * (pages, API, meeting room) carries no keystroke. Arguments: database address, master key in base64, base address.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '../../db/client.ts';
import { createAdmission } from '../../server/auth/admission.ts';
import { createAuth } from '../../server/auth/auth.ts';
import { createRightsWatch } from '../../server/auth/rights-watch.ts';
import { signInSecret } from '../../server/auth/secret.ts';
import { createBoardLog } from '../../server/log/board-log.ts';
import { createCaseKeys } from '../../server/log/case-keys.ts';
import { createMetrics } from '../../server/metrics.ts';
import { createSync } from '../../server/sync/create-sync.ts';

const [url, encodedKey, baseUrl] = process.argv.slice(2) as [string, string, string];
const masterKey = Buffer.from(encodedKey, 'base64');
const db = openDatabase(url);
const now = () => new Date();
const onFailure = (error: unknown): void => void process.stderr.write(`${reasonOf(error)}\n`);
const log = createBoardLog({ db, keys: createCaseKeys(masterKey), now });
const secret = signInSecret(masterKey);
const { authenticate } = createAuth({ db, secret, baseUrl, trustedOrigins: [], secureCookies: false, now });
const admission = createAdmission({ db, authenticate, now, trustedOrigins: [] });
const metrics = createMetrics();
const sync = createSync({ log, admission, now, metrics: metrics.sync, onFailure });
metrics.watch({
	isReady: async () => true,
	sync: sync.stats,
	roomSockets: () => 0,
	databaseWaiting: () => db.pool.waitingCount,
});
const rights = createRightsWatch({ db, now });
rights.listen(sync);
await rights.start();

const http = createServer((_request, response) => response.writeHead(404).end());
http.on('upgrade', sync.handleUpgrade);
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));

/** The first cause: what stands above it is a whole statement with its values. */
function reasonOf(error: unknown): string {
	return error instanceof Error && error.cause !== undefined ? reasonOf(error.cause) : String(error);
}
