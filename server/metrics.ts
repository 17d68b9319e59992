import { collectDefaultMetrics, Registry } from 'prom-client';

/** One registry per product, so that a restart in development starts from nothing. */
export function createMetrics(): Registry {
	const registry = new Registry();
	collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
	return registry;
}
