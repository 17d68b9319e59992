import da from '../messages/da/start.json' with { type: 'json' };
import en from '../messages/en/start.json' with { type: 'json' };

export type StartFailureCode = keyof typeof en.failure;
type StartMessageKey = keyof typeof en.message;

/** Something to be told when all is well. */
export interface StartNote {
	readonly key: StartMessageKey;
	readonly params: Readonly<Record<string, string>>;
}

/** Why the product cannot run here, as a code and its parameters: what an operator must put right. */
export class StartFailure extends Error {
	override readonly name = 'StartFailure';
	readonly code: StartFailureCode;
	readonly params: Readonly<Record<string, string | number>>;

	constructor(code: StartFailureCode, params: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
		super(code, { cause });
		this.code = code;
		this.params = params;
	}
}

const CATALOGUE: Record<'da' | 'en', typeof en> = { da, en };

/** One line: what is wrong and what to do about it. */
export function explainFailure(failure: StartFailure, language: 'da' | 'en'): string {
	return fill(CATALOGUE[language].failure[failure.code], failure.params);
}

export function startMessage({ key, params }: StartNote, language: 'da' | 'en'): string {
	return fill(CATALOGUE[language].message[key], params);
}

function fill(template: string, params: Readonly<Record<string, string | number>>): string {
	return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}

/** What no part foresaw still ends in one line; the log level `debug` shows where it came from. */
export function asStartFailure(error: unknown): StartFailure {
	if (error instanceof StartFailure) return error;
	return new StartFailure('unexpected', { reason: reasonOf(error) || String(error) }, error);
}

/** Of PostgreSQL or of Node's sockets; the cause says it where a query failed. */
export function codeOf(error: unknown): string {
	for (let each = error; each instanceof Error; each = each.cause) {
		if ('code' in each && typeof each.code === 'string') return each.code;
	}
	return '';
}

/** One line, and never the connection string: it holds a password. */
export function reasonOf(error: unknown): string {
	let last = '';
	for (let each = error; each instanceof Error; each = each.cause) last = each.message.split('\n')[0] || codeOf(each) || last;
	return last || codeOf(error);
}
