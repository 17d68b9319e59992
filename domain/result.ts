/** What a rule answers: a value, or a refusal with a code. Broken invariants throw instead. */
export type Result<Value, Refusal> =
	{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Refusal };

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
	return { ok: true, value };
}

export function refuse<const Refusal>(error: Refusal): { readonly ok: false; readonly error: Refusal } {
	return { ok: false, error };
}

/** Makes the compiler prove that a switch is exhaustive. @throws {Error} when it was not. */
export function unreachable(value: never): never {
	throw new Error(`Unreachable: ${JSON.stringify(value)}`);
}
