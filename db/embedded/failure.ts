export type EmbeddedFailureCode =
	/** The data folder, or one above it, cannot be made or written. */
	| 'data-dir-not-writable'
	/** There is no room for the data. */
	| 'disk-full'
	/** Another process of ours serves this data. */
	| 'data-in-use'
	/** The data folder says its database lies elsewhere, and there is nothing there. */
	| 'data-folder-lost'
	/** The data was made by another major version of PostgreSQL. */
	| 'postgres-version-differs'
	/** npm brought no PostgreSQL for this machine; `DATABASE_URL` is the way out. */
	| 'postgres-not-installed'
	/** It would not start, or does not answer; `detail` is PostgreSQL's own last word. */
	| 'postgres-failed';

/** Why there is no embedded database; `main` turns the code into one line. */
export class EmbeddedFailed extends Error {
	readonly code: EmbeddedFailureCode;
	readonly path: string;
	readonly detail: string;
	constructor(code: EmbeddedFailureCode, path: string, detail = '') {
		super([code, path, detail].filter(Boolean).join(' · '));
		this.code = code === 'postgres-failed' && /No space left on device/.test(detail) ? 'disk-full' : code;
		this.path = path;
		this.detail = detail;
	}
}
