import type { Logger } from 'pino';
import type { Unexpected } from './api/unexpected.ts';

/** How far it went: the engine went on without it, a request was answered with an apology, or a page was. */
export type FailureKind = 'survived' | 'unexpected' | 'page failed';

/** Tells the operator: a line in the log and one more in the metrics, neither with anybody's data. */
export type ReportFailure = (kind: FailureKind, failure: Unexpected, where?: object) => void;

export function createFailureReport(logger: Logger, count: (kind: FailureKind, code: string) => void): ReportFailure {
	return (kind, failure, where = {}) => {
		logger.error({ failure, ...where }, kind);
		count(kind, codeOf(failure));
	};
}

/** PostgreSQL's or Node's, of the error itself or of what led to it; the name of what has none. */
function codeOf(failure: Unexpected): string {
	for (let each: Unexpected | undefined = failure; each; each = each.cause) if (each.code !== undefined) return each.code;
	return failure.name;
}
