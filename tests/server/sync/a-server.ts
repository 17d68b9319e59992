import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as Y from 'yjs';
import { formatDocName, type DocName } from '../../../board/doc-name.ts';
import { asId, uuidV7, type CaseId, type DocumentId, type PersonId } from '../../../domain/ids.ts';
import { createSync, type Sync } from '../../../server/sync/create-sync.ts';
import type { Admission } from '../../../server/auth/admission.ts';
import type { DocumentLog } from '../../../server/sync/document-log.ts';
import { BelievingAdmission } from '../../support/believing-admission.ts';
import { aStockClient, type StockClient, type StockClientOptions } from '../../support/stock-client.ts';
import { MemoryLog } from './memory-log.ts';

/** A made-up id that is the same in every run. */
export function anId<Kind extends CaseId | DocumentId | PersonId>(number: number): Kind {
	const random = new Uint8Array(10);
	new DataView(random.buffer).setUint32(6, number);
	return asId<Kind>(uuidV7(1_700_000_000_000, random));
}

export const anna = anId<PersonId>(1);
export const bo = anId<PersonId>(2);
export const aTeamDocument: DocName = { caseId: anId<CaseId>(100), compartment: { kind: 'team' }, epoch: 1 };
export const theDocumentId = anId<DocumentId>(200);

export interface TestServer<Door = BelievingAdmission> {
	readonly url: string;
	readonly port: number;
	readonly sync: Sync;
	readonly admission: Door;
	readonly failures: unknown[];
	client(personId: PersonId, options?: Partial<StockClientOptions>): StockClient;
	stop(): Promise<void>;
}

export async function aServer<Door extends Pick<Admission, 'admit' | 'reviewAll'> = BelievingAdmission>(
	log: DocumentLog = aLogWithOneDocument(),
	admission: Door = new BelievingAdmission() as unknown as Door,
	atPort = 0,
): Promise<TestServer<Door>> {
	const failures: unknown[] = [];
	const sync = createSync({ log, admission, now: () => new Date(), onFailure: (error) => failures.push(error) });
	const http = createServer((_request, response) => response.writeHead(404).end());
	http.on('upgrade', sync.handleUpgrade);
	const port = await listen(http, atPort);
	const clients: StockClient[] = [];
	return {
		url: `ws://127.0.0.1:${port}`,
		port,
		sync,
		admission,
		failures,
		client(personId, options = {}) {
			const client = aStockClient({
				serverUrl: `ws://127.0.0.1:${port}`,
				name: formatDocName(aTeamDocument),
				cookie: `person=${personId}`,
				...options,
			});
			clients.push(client);
			return client;
		},
		async stop() {
			for (const client of clients) client.destroy();
			await sync.drain(500);
			http.closeAllConnections();
			await new Promise((resolve) => http.close(resolve));
		},
	};
}

export function aLogWithOneDocument(): MemoryLog {
	const log = new MemoryLog();
	log.add(aTeamDocument, theDocumentId);
	return log;
}

async function listen(http: Server, port: number): Promise<number> {
	await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
	return (http.address() as AddressInfo).port;
}

/** Waits for something to become true, looking every few milliseconds. @throws {Error} when it does not in time */
export async function until(isSo: () => boolean, what: string, timeoutMs = 15_000): Promise<void> {
	const endMs = performance.now() + timeoutMs; // a test may hold the clock that Date reads
	while (!isSo()) {
		if (performance.now() > endMs) throw new Error(`never happened: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 3));
	}
}

/** The team's wording of the goal: a text of a team document, as good as any other. */
export function goalOf(doc: Y.Doc): Y.Text {
	return doc.getText('goal/team');
}

export function textOf(doc: Y.Doc): string {
	return goalOf(doc).toString();
}
