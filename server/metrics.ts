import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SignInOutcome } from './auth/sign-in.ts';
import type { FailureKind } from './failure-report.ts';
import type { Answered } from './http-server.ts';
import type { SyncStats } from './sync/create-sync.ts';
import type { SyncMetrics } from './sync/metrics.ts';

const MILLISECONDS = [0.5, 1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000];

/** What is read when it is scraped, so that nothing is counted twice. */
export interface Gauges {
	/** As `/readyz` answers. */
	isReady(): Promise<boolean>;
	sync(): SyncStats;
	/** Pages in the meeting room: cases, meetings, walls. */
	roomSockets(): number;
	/** Requests that wait for a connection to the database. */
	databaseWaiting(): number;
}

export interface Metrics {
	readonly sync: SyncMetrics;
	readonly signInEnded: (outcome: SignInOutcome) => void;
	readonly failed: (kind: FailureKind, code: string) => void;
	readonly answered: (answer: Answered) => void;
	watch(gauges: Gauges): void;
	text(): Promise<string>;
}

/** One registry per product, so that a restart in development starts from nothing. */
export function createMetrics(): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
	const histogram = <Label extends string = never>(
		name: string,
		help: string,
		buckets = MILLISECONDS,
		labelNames: Label[] = [],
	) => new Histogram({ name: `tavle_${name}`, help, buckets, labelNames, registers });
	const counter = <Label extends string = never>(name: string, help: string, labelNames: Label[] = []) =>
		new Counter({ name: `tavle_${name}`, help, labelNames, registers });
	const refusals = counter('refusals_total', 'Frames and sockets refused', ['reason']);
	const signIns = counter('sign_ins_total', 'Attempts to sign in, by how they ended', ['outcome']);
	const failures = counter('failures_total', 'Failures nobody foresaw, each a line in the log', ['kind', 'code']);
	const answers = histogram('http_ms', 'From a request to the end of its answer', MILLISECONDS, ['door', 'status']);
	return {
		sync: {
			appendMs: histogram('append_ms', 'One commit of the update log'),
			ackLagMs: histogram('ack_lag_ms', 'From receiving a frame to acknowledging it'),
			batchUpdates: histogram('append_batch_updates', 'Updates in one commit', [1, 2, 5, 10, 25, 50, 100, 500, 2_000]),
			revocationMs: histogram('revocation_ms', 'From a change of rights to the last socket reviewed'),
			refusals: { inc: (labels = {}) => refusals.inc(labels) },
			resyncs: counter('resyncs_total', 'Slow readers given a fresh difference'),
			notDurable: counter('not_durable_total', 'Times a room could not store'),
			massDeletions: counter('mass_deletions_total', 'Times one person deleted much of a document'),
		},
		signInEnded: (outcome) => signIns.inc({ outcome }),
		failed: (kind, code) => failures.inc({ kind, code }),
		answered: ({ door, status, ms }) => answers.observe({ door, status: `${Math.floor(status / 100)}xx` }, ms),
		watch: (gauges) => watch(registry, gauges),
		text: () => registry.metrics(),
	};
}

function watch(registry: Registry, { isReady, sync, roomSockets, databaseWaiting }: Gauges): void {
	const gauge = (name: string, help: string, read: () => number | Promise<number>): void => {
		new Gauge({
			name: `tavle_${name}`,
			help,
			registers: [registry],
			async collect() {
				this.set(await read());
			},
		});
	};
	// Before the question whether it is ready, which waits for a connection itself for a moment.
	gauge('database_waiting', 'Requests waiting for a connection to the database', databaseWaiting);
	gauge('ready', 'What /readyz answers: 1 ready, 0 not', async () => Number(await isReady()));
	gauge('rooms', 'Documents in memory', () => sync().rooms);
	gauge('sockets', 'Open sync sockets', () => sync().sockets);
	gauge('not_durable_rooms', 'Rooms that cannot store', () => sync().notDurableRooms);
	gauge('waiting_ms', 'How long the oldest frame has waited to be stored or answered', () => sync().waitingMs);
	gauge('buffered_bytes', 'Bytes waiting for slow readers', () => sync().bufferedBytes);
	gauge('room_sockets', 'Open sockets of the meeting room', roomSockets);
}
