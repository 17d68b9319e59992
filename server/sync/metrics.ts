/** What the engine counts. Structural, so that prom-client's counters and histograms fit and tests need none. */
export interface SyncMetrics {
	readonly appendMs: Histogram;
	/** From receiving a frame to acknowledging it. */
	readonly ackLagMs: Histogram;
	readonly batchUpdates: Histogram;
	/** From a change of rights being told to the last socket having been reviewed. */
	readonly revocationMs: Histogram;
	readonly refusals: Counter<'reason'>;
	readonly resyncs: Counter<never>;
	readonly notDurable: Counter<never>;
	readonly massDeletions: Counter<never>;
}

export interface Histogram {
	observe(value: number): void;
}

export interface Counter<Label extends string> {
	inc(labels?: Partial<Record<Label, string>>): void;
}

const nothing = { observe() {}, inc() {} };

export const NO_METRICS: SyncMetrics = {
	appendMs: nothing,
	ackLagMs: nothing,
	batchUpdates: nothing,
	revocationMs: nothing,
	refusals: nothing,
	resyncs: nothing,
	notDurable: nothing,
	massDeletions: nothing,
};
