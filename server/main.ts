/**
 * The only file that wires the parts of the server together: data, then who may, then the doors
 * (API, documents, meeting room), then the pages.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import { wipeDestroyedKeys } from '../db/repo/data-key.ts';
import { findInstallation, finishDemo } from '../db/repo/installation.ts';
import { publishPageGateway, type DemoInstallation } from '../web/page-gateway.ts';
import { createApi } from './api/app.ts';
import { type Unexpected, withoutValues } from './api/unexpected.ts';
import { createAdmission } from './auth/admission.ts';
import { createAuth } from './auth/auth.ts';
import { createLiveSessions } from './auth/live-sessions.ts';
import { createRightsWatch } from './auth/rights-watch.ts';
import { signInSecret } from './auth/secret.ts';
import type { Announcement } from './commands/announcement.ts';
import { parkForgottenMeetings } from './commands/meeting/park-forgotten.ts';
import { createAttendanceStamp } from './commands/meeting/stamp-attendance.ts';
import { purgeUnsentTexts } from './commands/unsent-text/purge.ts';
import { isDurable, openMigratedDatabase, type OpenedDatabase } from './database.ts';
import type { DemoDeps } from './demo/load-demo.ts';
import type { Environment } from './env.ts';
import { createFailureReport } from './failure-report.ts';
import { clientAddressOf, createRouting, type Routing } from './http-server.ts';
import { createBoardLog } from './log/board-log.ts';
import { createCaseKeys } from './log/case-keys.ts';
import { MasterKeyFailed, openInstallation, type OpenInstallation } from './log/master-key.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { createMeetingRoom } from './meeting-room/create-meeting-room.ts';
import { createCaseloads, createCaseReaders } from './queries/case/case-readers.ts';
import { createMeetingPlaces } from './queries/meeting/meeting-places.ts';
import { createWallPictures } from './queries/wall/wall-pictures.ts';
import { isReadyInTime } from './readiness.ts';
import { StartFailure, type StartNote } from './start-failure.ts';
import { createSync } from './sync/create-sync.ts';

export interface Product extends Routing {
	/** Resolves when its database is gone and cannot be taken back; the process is of no use then. */
	readonly databaseLost: Promise<StartFailure>;
	/** Stores what is under way, says goodbye to everybody, gives the database back. */
	stop(): Promise<void>;
}

export type Pages = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Sockets are told to come back spread over some seconds; longer than that nobody waits for a stop. */
const DRAIN_DEADLINE_MS = 10_000;

/** What is to go for good, sealed texts whose time is over and keys that were destroyed, is gone within the hour. */
const PURGE_EVERY_MS = 3_600_000;
/** A meeting that everybody has left is laid aside within a minute of its half hour. */
const PARK_EVERY_MS = 60_000;

const now = (): Date => new Date();
const passOn: Pages = (_request, _response, next) => next();

export interface Round {
	/** Where browsers find this process when no proxy stands in front. */
	readonly origin: string;
	/** Loaded while the database starts: each takes some tenths of a second of its own. */
	readonly pages?: Promise<Pages>;
	/** What an operator should know although nothing is wrong. */
	readonly tell: (note: StartNote) => void;
}

/** @throws {StartFailure} with what an operator must put right */
export async function startProduct(environment: Environment, { origin, pages, tell }: Round): Promise<Product> {
	const logger = createLogger(environment.logLevel);
	const data = await openMigratedDatabase(environment);
	try {
		const installation = await unlock(data, environment);
		if (installation.madeKeyFile) tell({ key: 'key-made', params: { file: installation.madeKeyFile } });
		return await assemble({
			...{ environment, tell, logger, data, installation },
			origin: environment.publicOrigin ?? origin,
			pages: (await pages) ?? passOn,
		});
	} catch (error) {
		await data.close();
		throw error;
	}
}

async function unlock({ db, embedded }: OpenedDatabase, environment: Environment): Promise<OpenInstallation> {
	const isDemo = embedded !== undefined;
	const source = { value: environment.masterKey, file: environment.masterKeyFile, dataDir: environment.dataDir };
	try {
		return await openInstallation(db, { source, isDemo, now });
	} catch (error) {
		throw error instanceof MasterKeyFailed ? new StartFailure(error.code, { file: error.from }, error) : error;
	}
}

interface Foundation {
	readonly environment: Environment;
	readonly origin: string;
	readonly pages: Pages;
	readonly tell: Round['tell'];
	readonly logger: Logger;
	readonly data: OpenedDatabase;
	readonly installation: OpenInstallation;
}

async function assemble(foundation: Foundation): Promise<Product> {
	const { environment, pages, tell, data, installation } = foundation;
	const { auth, api, log, keys, rights, sync, room, metrics, report, onFailure } = createParts(foundation);
	await rights.start();
	const demoDeps = { db: data.db, keys, hashPassword: auth.passwords.hash, now };
	const demo = installation.isDemo ? await demonstrate(demoDeps, tell) : undefined;
	const purge = setInterval(() => {
		void purgeUnsentTexts(data.db, now()).catch(onFailure);
		void wipeDestroyedKeys(data.db, now()).catch(onFailure);
	}, PURGE_EVERY_MS);
	const park = setInterval(() => void parkForgottenMeetings(data.db, now(), room.announce).catch(onFailure), PARK_EVERY_MS);
	void log.projectBehind().then(({ failed }) => failed.forEach(({ error }) => onFailure(error)), onFailure);

	let isOpen = true;
	const isReady = () => isReadyInTime(async () => isOpen && rights.inTouch && (await isDurable(data.db)));
	metrics.watch({
		isReady,
		sync: sync.stats,
		roomSockets: () => room.sockets,
		databaseWaiting: () => data.db.pool.waitingCount,
	});
	publishPageGateway({
		fetchApi: async (request, clientAddress) => api.fetch(request, { clientAddress }),
		authenticate: auth.authenticate,
		reportError: (error) => report('page failed', withoutValues(error)),
		demo,
	});
	const answerApi = getRequestListener((request, { incoming }) =>
		api.fetch(request, { clientAddress: clientAddressOf(incoming as IncomingMessage) }),
	);
	const routing = createRouting({
		api: (request, response) => void answerApi(request, response),
		room: room.handleRequest,
		roomUpgrade: room.handleUpgrade,
		syncUpgrade: sync.handleUpgrade,
		pages,
		isReady,
		metrics: metrics.text,
		answered: metrics.answered,
		metricsToken: environment.metricsToken,
		publicOrigin: environment.publicOrigin,
	});
	return {
		...routing,
		databaseLost: data.lost,
		async stop() {
			isOpen = false;
			clearInterval(purge);
			clearInterval(park);
			await sync.drain(DRAIN_DEADLINE_MS);
			await room.close();
			await routing.idle();
			await rights.stop();
			await data.close();
		},
	};
}

/** Everything that knows the database; each is told what it needs and nothing else. */
function createParts({ origin, logger, data: { db }, installation: { masterKey } }: Foundation) {
	const metrics = createMetrics();
	const report = createFailureReport(logger, metrics.failed);
	const onFailure = (error: unknown): void => report('survived', withoutValues(error));
	const trustedOrigins = [origin];
	const keys = createCaseKeys(masterKey);
	const log = createBoardLog({ db, keys, now });
	const auth = createAuth({
		...{ db, now, trustedOrigins, baseUrl: origin },
		secret: signInSecret(masterKey),
		secureCookies: origin.startsWith('https:'),
		signInEnded: metrics.signInEnded,
	});
	const { authenticate } = auth;
	const admission = createAdmission({ db, authenticate, now, trustedOrigins });
	const readers = createCaseReaders(db, now);
	const room = createMeetingRoom({
		authenticate,
		liveSessions: createLiveSessions(db, now),
		readers,
		caseloads: createCaseloads(db, now),
		meetings: createMeetingPlaces(db, now),
		stampAttendance: createAttendanceStamp(db, now),
		walls: createWallPictures({ db, keys, log, now }),
		now,
		trustedOrigins,
		onFailure,
	});
	const rights = createRightsWatch({ db, now });
	const sync = createSync({
		...{ log, admission, now, onFailure },
		isInTouch: () => rights.inTouch,
		metrics: metrics.sync,
		onMuchDeleted: (documentId, deletion) => logger.warn({ documentId, ...deletion }, 'much of a document was deleted'),
		onProjected: ({ caseId, compartment }) => room.announce({ kind: 'board', caseId, compartment }),
	});
	rights.listen(sync);
	rights.listen(room);
	const announce = (announcement: Announcement): void => {
		if (announcement.kind === 'erased') announcement.documents.forEach((id) => sync.refresh(id));
		else if (announcement.kind === 'rights') rights.nudge();
		else room.announce(announcement);
		if (announcement.kind === 'board' && announcement.writtenIn) sync.refresh(announcement.writtenIn);
	};
	const reportUnexpected = (failure: Unexpected, where: object): void => report('unexpected', failure, where);
	const api = createApi({ db, keys, log, auth, now, announce, connectedTo: sync.connectedTo, trustedOrigins, reportUnexpected });
	return { auth, api, log, keys, rights, sync, room, metrics, report, onFailure };
}

/** Loaded only where it is needed: a real installation never holds a demo person. */
async function demonstrate(deps: DemoDeps, tell: Round['tell']): Promise<DemoInstallation> {
	const { DEMO_SIGN_INS, MUNICIPALITY } = await import('./demo/cast.ts');
	if ((await findInstallation(deps.db.orm))?.isDemoUnfinished) {
		tell({ key: 'demo-loading', params: {} });
		const { loadDemo } = await import('./demo/load-demo.ts');
		await loadDemo(deps);
		await finishDemo(deps.db.orm);
	}
	tell({ key: 'demo', params: { password: DEMO_SIGN_INS.password } });
	for (const address of DEMO_SIGN_INS.addresses) tell({ key: 'demo-account', params: { address } });
	return { organisationName: MUNICIPALITY, ...DEMO_SIGN_INS };
}
