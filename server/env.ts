/**
 * The only file that reads the surroundings of the process. Everything else is told.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { StartFailure } from './start-failure.ts';

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

const environmentSchema = z.object({
	/** 0 lets the system choose, which the tests use. */
	PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
	HOST: z.string().min(1).default('127.0.0.1'),
	DATA_DIR: z.string().min(1).default('.data'),
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
	/** 32 bytes base64; what it unlocks is checked against the database. */
	MASTER_KEY: z.string().min(1).optional(),
	MASTER_KEY_FILE: z.string().min(1).optional(),
	/** The address people type, when a proxy with TLS stands in front: `https://tavle.example.dk`. */
	PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
	/** Lets a scraper that does not sit on this machine read `/metrics`. */
	METRICS_TOKEN: z.string().min(16).optional(),
	LOG_LEVEL: z.enum(LOG_LEVELS).default('warn'),
});

export interface Environment {
	readonly port: number;
	readonly host: string;
	readonly dataDir: string;
	readonly databaseUrl: string | undefined;
	readonly masterKey: string | undefined;
	readonly masterKeyFile: string | undefined;
	/** Without a trailing slash. */
	readonly publicOrigin: string | undefined;
	readonly metricsToken: string | undefined;
	readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** @throws {StartFailure} naming the variable whose value cannot be used. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
	const parsed = environmentSchema.safeParse(withoutEmpty(source));
	if (!parsed.success) {
		throw new StartFailure('setting-refused', { name: String(parsed.error.issues[0]?.path[0] ?? 'environment') });
	}
	const env = parsed.data;
	return {
		port: env.PORT,
		host: env.HOST,
		dataDir: resolve(env.DATA_DIR),
		databaseUrl: env.DATABASE_URL,
		masterKey: env.MASTER_KEY,
		masterKeyFile: env.MASTER_KEY_FILE && resolve(env.MASTER_KEY_FILE),
		publicOrigin: env.PUBLIC_URL && new URL(env.PUBLIC_URL).origin,
		metricsToken: env.METRICS_TOKEN,
		logLevel: env.LOG_LEVEL,
	};
}

/** The language an operator reads: Danish where the terminal is Danish. */
export function operatorLanguage(source: NodeJS.ProcessEnv = process.env): 'da' | 'en' {
	return (source.LC_ALL ?? source.LC_MESSAGES ?? source.LANG ?? '').startsWith('da') ? 'da' : 'en';
}

/**
 * SvelteKit's handler asks these when it is loaded; `http-server.ts` writes the headers itself on every
 * request, so a visitor cannot.
 */
export function tellPagesWhichHeadersAreOurs(names: {
	readonly protocol: string;
	readonly host: string;
	readonly address: string;
}): void {
	process.env.PROTOCOL_HEADER = names.protocol;
	process.env.HOST_HEADER = names.host;
	process.env.ADDRESS_HEADER = names.address;
}

/** An empty variable is one that nobody set: compose files and unit files write them so. */
function withoutEmpty(source: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
}
