import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { product } from './scripts/vite-product.ts';

/** What Yjs prints on a console needs no colours: the browser's variant brings 5 kB gzip of DOM building and schemas. */
const PLAIN_LOGGING = fileURLToPath(new URL('node_modules/lib0/logging.node.js', import.meta.url));

const FORMS = /web.lib.forms./;

export default defineConfig({
	resolve: { alias: { 'lib0/logging': PLAIN_LOGGING } },
	plugins: [
		sveltekit({
			adapter: adapter({ precompress: true }),
			files: { src: 'web', assets: 'web/static' },
			csp: {
				mode: 'nonce',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					// Positions on the time axis are style attributes of server-rendered elements.
					'style-src-attr': ['unsafe-inline'],
					'img-src': ['self', 'data:'],
					'connect-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none'],
				},
			},
			// One tab asks for a newer version once an hour; the meeting room announces restarts.
			version: { pollInterval: 3_600_000 },
		}),
		frameInOneChunk(),
		product(),
	],
});

/**
 * What many pages share travels as one file: 3 kB gzip less on a board, and some twenty requests fewer, than in small pieces.
 * Not what many forms share: a board has none.
 */
function frameInOneChunk(): Plugin {
	return {
		name: 'faellestavle-frame',
		apply: 'build',
		configResolved({ environments }) {
			const { output } = environments['client']?.build.rolldownOptions ?? {};
			if (!output || Array.isArray(output) || typeof output.codeSplitting !== 'object') return;
			output.codeSplitting.groups?.push({ name: 'frame', minShareCount: 6, test: (id) => !FORMS.test(id) });
		},
	};
}
