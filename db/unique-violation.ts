/** The name of the unique index that refused a row, if that is what went wrong; PostgreSQL's 23505. */
export function violatedUniqueIndex(error: unknown): string | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ('code' in cause && cause.code === '23505' && 'constraint' in cause) return String(cause.constraint);
	}
	return undefined;
}
