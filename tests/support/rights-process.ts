/**
 * A sync server to pause: the real log, the real admission and the real watch for changed rights, on a real database. It believes
 * the cookie about who somebody is, and nothing else. It prints its port when it listens. Arguments: database address, master key in base64.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '../../db/client.ts';
import { findPerson } from '../../db/repo/person.ts';
import type { PersonId } from '../../domain/ids.ts';
import { createAdmission } from '../../server/auth/admission.ts';
import type { SignedIn } from '../../server/auth/authenticate.ts';
import { createRightsWatch } from '../../server/auth/rights-watch.ts';
import { createBoardLog } from '../../server/log/board-log.ts';
import { createCaseKeys } from '../../server/log/case-keys.ts';
import { createSync } from '../../server/sync/create-sync.ts';

const [url, masterKey] = process.argv.slice(2) as [string, string];
const now = () => new Date();
const db = openDatabase(url);
const log = createBoardLog({ db, keys: createCaseKeys(Buffer.from(masterKey, 'base64')), now });
const watch = createRightsWatch({ db, now });
const sync = createSync({
	log,
	admission: createAdmission({ db, authenticate: believe, now, trustedOrigins: [] }),
	now,
	isInTouch: () => watch.inTouch,
	onFailure: (error) => process.stderr.write(`${String(error)}\n`),
});
watch.listen(sync);
await watch.start();

/** Their session is the row of that name. */
async function believe(headers: Headers): Promise<SignedIn | undefined> {
	const personId = /person=([0-9a-f-]{36})/.exec(headers.get('cookie') ?? '')?.[1] as PersonId | undefined;
	const person = personId && (await findPerson(db.orm, personId));
	if (!person) return undefined;
	const { id, name, email, profession, organisationId } = person;
	return {
		sessionId: `session of ${id}`,
		expiresAt: new Date(Date.now() + 3_600_000),
		name,
		email,
		organisationName: '',
		hostId: organisationId,
		external: false,
		actor: { personId: id, profession, organisationId, leads: [] },
	};
}

const http = createServer((_request, response) => response.writeHead(404).end());
http.on('upgrade', sync.handleUpgrade);
http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
/** Stands still in the middle of its work: what has arrived meanwhile is read before any clock strikes. */
process.on('SIGUSR2', () => setTimeout(() => process.kill(process.pid, 'SIGSTOP')));
