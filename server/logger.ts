import { destination, pino, type Logger } from 'pino';
import type { Environment } from './env.ts';

/** One JSON object a line on stderr. Ids and codes only: no names, no words of a case, no CPR number. */
export function createLogger(level: Environment['logLevel']): Logger {
	return pino(
		{ level, base: null, redact: ['cookie', 'password', 'headers', '*.cookie', '*.password', '*.headers', '*.cpr'] },
		destination({ fd: 2, sync: true }),
	);
}
