/** What may be logged of an error nobody foresaw: a failed query's message holds its values, and those are people's. */
export interface Unexpected {
	readonly name: string;
	/** PostgreSQL's or Node's. */
	readonly code?: string;
	/** Where it was thrown, without the message. */
	readonly at: readonly string[];
	readonly cause?: Unexpected;
}

const FRAMES = 12;

export function withoutValues(error: unknown): Unexpected {
	if (!(error instanceof Error)) return { name: typeof error, at: [] };
	const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
	return {
		name: error.name,
		...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
		at: frames.slice(0, FRAMES).map((line) => line.trim()),
		...(error.cause === undefined ? {} : { cause: withoutValues(error.cause) }),
	};
}
