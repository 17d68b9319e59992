import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { formatDocName, parseDocName } from '../../board/doc-name.ts';
import { type Database, openDatabase, transaction } from '../../db/client.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrateDatabase } from '../../db/migrate.ts';
import { insertAccount } from '../../db/repo/sign-in.ts';
import type { PersonId } from '../../domain/ids.ts';
import { createAuth } from '../../server/auth/auth.ts';
import { signInSecret } from '../../server/auth/secret.ts';
import { type BoardLog, createBoardLog } from '../../server/log/board-log.ts';
import { createCaseKeys } from '../../server/log/case-keys.ts';
import { aCitizenCase, aGrant, anOrganisation, aPerson, aTeam, aTeamLead } from '../../tests/support/case-builders.ts';
import { childrenOf, fieldsOf } from './processes.ts';
import { writeYear } from './year.ts';

/** Never asked for over the network: a session is valid for whoever shares the database and the secret. */
export const BASE_URL = 'http://tavle.bench';
const PEOPLE = 20;
const PASSWORD = 'bench';
const PASSWORDS = {
	hash: async (password: string) => `plain:${password}`,
	verify: async ({ hash, password }: { hash: string; password: string }) => hash === `plain:${password}`,
};

/** A durable PostgreSQL with people who are signed in, and a way to open cases for them. */
export interface Municipality {
	readonly databaseUrl: string;
	readonly masterKey: Buffer;
	readonly cookies: readonly string[];
	/** Team documents of as many new cases, by name; everybody may write in all of them. */
	openCases(count: number): Promise<readonly string[]>;
	/** A year of meetings into a document. @returns all of it as one update */
	writeYear(document: string): Promise<Uint8Array>;
	postmasterPid(): number;
	/** SIGKILL to all of PostgreSQL; resolves when it has recovered. */
	killDatabase(): Promise<void>;
	end(): Promise<void>;
}

export async function aMunicipality(): Promise<Municipality> {
	const dataDir = mkdtempSync(join(tmpdir(), 'tavle-bench-'));
	const embedded = await startEmbedded({ dataDir });
	const db = openDatabase(embedded.url);
	await migrateDatabase(db);
	const masterKey = randomBytes(32);
	const now = () => new Date();
	const keys = createCaseKeys(masterKey);
	const log = createBoardLog({ db, keys, now });
	const { team, lead, people } = await transaction(db, async (tx) => {
		const { id: organisationId } = await anOrganisation(tx);
		const team = await aTeam(tx, { organisationId });
		const lead = await aTeamLead(tx, team);
		const people = [lead];
		while (people.length < PEOPLE) people.push(await aPerson(tx, { organisationId }));
		for (const { id: personId, name, email } of people)
			await insertAccount(tx, { personId, name, email, passwordHash: `plain:${PASSWORD}`, at: now() });
		return { team, lead, people };
	});
	const secret = signInSecret(masterKey);
	const auth = createAuth({
		...{ db, secret, baseUrl: BASE_URL, trustedOrigins: [], secureCookies: false, now },
		passwords: PASSWORDS,
	});
	const cookies: string[] = [];
	for (const { email } of people) {
		const session = await auth.signIn({ email, password: PASSWORD, address: '127.0.0.1' });
		if (!session.ok) throw new Error(session.error.code);
		cookies.push(session.value.cookie.split(';')[0]!);
	}
	let postmaster = await postmasterOf(db);
	return {
		...{ databaseUrl: embedded.url, masterKey, cookies },
		postmasterPid: () => postmaster,
		async killDatabase() {
			for (const pid of [postmaster, ...childrenOf(postmaster)]) process.kill(pid, 'SIGKILL');
			postmaster = await recovered(db);
		},
		writeYear: (document) => writeYearInto(log, document, lead.id),
		openCases: (count) =>
			transaction(db, async (tx) => {
				const names: string[] = [];
				while (names.length < count) {
					const { id: caseId } = await aCitizenCase(tx, { team, keys });
					for (const { id: personId } of people.slice(1)) await aGrant(tx, { caseId, personId, grantedBy: lead.id });
					await log.ensureDocuments(tx, caseId);
					names.push(formatDocName({ caseId, compartment: { kind: 'team' }, epoch: 1 }));
				}
				return names;
			}),
		async end() {
			await db.close();
			await embedded.stop();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

/** The parent of all processes of a PostgreSQL on this machine. */
export async function postmasterOf(db: Database): Promise<number> {
	const { rows } = await db.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
	return fieldsOf(rows[0]!.pid)!.parent;
}

/** The embedded one is started again by whoever holds it. */
async function recovered(db: Database): Promise<number> {
	for (;;) {
		try {
			return await postmasterOf(db);
		} catch {
			await sleep(50);
		}
	}
}

async function writeYearInto(log: BoardLog, document: string, personId: PersonId): Promise<Uint8Array> {
	const { documentId, epoch } = (await log.open(parseDocName(document)!))!;
	const doc = new Y.Doc();
	const loaded = await log.load(documentId);
	if (loaded.checkpoint) Y.applyUpdateV2(doc, loaded.checkpoint);
	for (const update of loaded.updates) Y.applyUpdate(doc, update);
	const before = Y.encodeStateVector(doc);
	const known = new Set(doc.store.clients.keys());
	const receivedAt = new Date();
	writeYear(doc, receivedAt.getTime());
	const newClients = [...doc.store.clients.keys()].filter((id) => !known.has(id)).map((clientId) => ({ clientId, personId }));
	const bytes = Y.encodeStateAsUpdate(doc, before);
	await log.append([{ documentId, epoch, updates: [{ bytes, personId, sessionId: null, receivedAt }], newClients }]);
	return Y.encodeStateAsUpdate(doc);
}
