/**
 * A sync server to kill: the real log on a real database, a door that believes the cookie. It prints its port when it
 * listens. Arguments: database address, master key in base64, port (0 for any), and the step at which it is to end itself, if at any.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '../../db/client.ts';
import { createBoardLog } from '../../server/log/board-log.ts';
import { createCaseKeys } from '../../server/log/case-keys.ts';
import { createSync } from '../../server/sync/create-sync.ts';
import { BelievingAdmission } from './believing-admission.ts';
import { diesAt, type Step } from './dies-at.ts';

const [url, masterKey, port, step] = process.argv.slice(2) as [string, string, string, Step | undefined];
const now = () => new Date();
const log = createBoardLog({ db: openDatabase(url), keys: createCaseKeys(Buffer.from(masterKey, 'base64')), now });
const sync = createSync({
	log: step ? diesAt(step, log) : log,
	admission: new BelievingAdmission(),
	now,
	onFailure: (error) => process.stderr.write(`${String(error)}\n`),
});

const http = createServer((_request, response) => response.writeHead(404).end());
http.on('upgrade', sync.handleUpgrade);
http.listen(Number(port), '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
