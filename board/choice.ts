/**
 * A single choice several people may make at once. It is a family of keys `<path>/<personId>`, one per person.
 * Choosing deletes the entries one has seen and writes one's own, so two people choosing at the same time leave
 * both, and both are shown with names until somebody picks one.
 */
import type { PersonId } from '../domain/ids.ts';

/** Ordered by person, so that every reader lists them alike; empty when nobody has chosen. */
export interface Choice<Value> {
	readonly values: readonly ChoiceValue<Value>[];
}

export interface ChoiceValue<Value> {
	readonly value: Value;
	readonly by: PersonId;
}

export function choiceOf<Value>(values: readonly ChoiceValue<Value>[]): Choice<Value> {
	return { values: values.toSorted((left, right) => (left.by < right.by ? -1 : 1)) };
}

/** The value everybody who chose agrees on; `undefined` when nobody chose or they differ. */
export function agreed<Value>(choice: Choice<Value>): Value | undefined {
	return isContested(choice) ? undefined : choice.values[0]?.value;
}

/** True while people have chosen differently and nobody has picked. */
export function isContested<Value>(choice: Choice<Value>): boolean {
	const [first, ...rest] = choice.values;
	return first !== undefined && rest.some((other) => !sameValue(other.value, first.value));
}

/** Equality of plain JSON values as they stand in a document. */
export function sameValue(left: unknown, right: unknown): boolean {
	if (Object.is(left, right)) return true;
	if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
	const [ours, theirs] = [Object.entries(left), Object.entries(right)];
	return ours.length === theirs.length && ours.every(([key, value]) => sameValue(value, (right as Record<string, unknown>)[key]));
}
