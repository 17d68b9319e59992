/** A process that owns an embedded database until it is killed, or told to stop by a line on stdin. */
import { EmbeddedFailed } from '../../db/embedded/failure.ts';
import { startEmbedded } from '../../db/embedded.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
	const embedded = await startEmbedded({ dataDir });
	process.stdout.write(`${JSON.stringify({ url: embedded.url })}\n`);
	process.stdin.once('data', () => void embedded.stop().then(() => process.exit(0)));
} catch (error) {
	process.stdout.write(`${JSON.stringify({ code: error instanceof EmbeddedFailed ? error.code : String(error) })}\n`);
	process.exit(1);
}
