/**
 * Loaded into each server under test: asked by its parent, it lets go of its garbage and tells what it still holds, in
 * kB. The resident size would tell how freely the allocator takes from a machine that has enough.
 */
process.on('message', () => {
	gc?.();
	// The bytes of buffers are given back on another thread.
	setTimeout(() => {
		gc?.();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		process.send?.((heapUsed + arrayBuffers) / 1_024);
	}, SWEEPING_MS);
});
process.channel?.unref();

const SWEEPING_MS = 200;
