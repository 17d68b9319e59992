import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Sync } from './sync/create-sync.ts';
import type { SyncMetrics } from './sync/metrics.ts';

const MILLISECONDS = [0.5, 1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000];

export interface Metrics {
	readonly sync: SyncMetrics;
	/** Reads the engine when it is scraped, so that nothing is counted twice. */
	watch(sync: Pick<Sync, 'stats'>): void;
	text(): Promise<string>;
}

/** One registry per product, so that a restart in development starts from nothing. */
export function createMetrics(): Metrics {
	const registry = new Registry();
	const registers = [registry];
	collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
	const histogram = (name: string, help: string, buckets = MILLISECONDS): Histogram =>
		new Histogram({ name: `tavle_${name}`, help, buckets, registers });
	const counter = (name: string, help: string): Counter => new Counter({ name: `tavle_${name}`, help, registers });
	const refusals = new Counter({
		name: 'tavle_refusals_total',
		help: 'Frames and sockets refused',
		labelNames: ['reason'],
		registers,
	});
	return {
		sync: {
			appendMs: histogram('append_ms', 'One commit of the update log'),
			ackLagMs: histogram('ack_lag_ms', 'From receiving a frame to acknowledging it'),
			batchUpdates: histogram('append_batch_updates', 'Updates in one commit', [1, 2, 5, 10, 25, 50, 100, 500, 2_000]),
			revocationMs: histogram('revocation_ms', 'From a change of rights to the last socket reviewed'),
			refusals: { inc: (labels = {}) => refusals.inc(labels) },
			resyncs: counter('resyncs_total', 'Slow readers given a fresh difference'),
			notDurable: counter('not_durable_total', 'Times a room could not store'),
		},
		watch: (sync) => watchSync(registry, sync),
		text: () => registry.metrics(),
	};
}

function watchSync(registry: Registry, sync: Pick<Sync, 'stats'>): void {
	const gauges = {
		rooms: 'Documents in memory',
		sockets: 'Open sync sockets',
		notDurableRooms: 'Rooms that cannot store',
		bufferedBytes: 'Bytes waiting for slow readers',
	};
	for (const [key, help] of Object.entries(gauges)) {
		const name = `tavle_${key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
		new Gauge({
			name,
			help,
			registers: [registry],
			collect() {
				this.set(sync.stats()[key as keyof typeof gauges]);
			},
		});
	}
}
