import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Our own Node 24, vite, tsc and so on before whatever the machine has. */
process.env.PATH = join(ROOT, 'node_modules/.bin') + delimiter + process.env.PATH;

const language = (process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '').startsWith('da') ? 'da' : 'en';
const texts = JSON.parse(readFileSync(join(ROOT, 'messages', language, 'start.json'), 'utf8'));

/** Everything the house says on a terminal goes to stderr, so that a program's own output stays its own. */
export function say(key) {
	process.stderr.write(`${texts.message[key]}\n`);
}

/** Ends with one clear line: what is wrong and what to do. */
export function die(code, params = {}) {
	const line = texts.failure[code].replace(/\{\{(\w+)\}\}/g, (_, name) => String(params[name] ?? ''));
	process.stderr.write(`${line}\n`);
	process.exit(1);
}

/** Runs a program in the foreground, passes signals on, and gives its exit code. */
export function run(command, args, options = {}) {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: 'inherit', ...options });
		const pass = (signal) => child.kill(signal);
		process.on('SIGINT', pass);
		process.on('SIGTERM', pass);
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			process.off('SIGINT', pass);
			process.off('SIGTERM', pass);
			resolve(signal ? 1 : (code ?? 1));
		});
	});
}
