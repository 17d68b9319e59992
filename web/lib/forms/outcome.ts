/** What a form's action answers: done, or refused with everything needed to show the form again as it was left. */
import { fail, type ActionFailure } from '@sveltejs/kit';
import type { ProblemCode } from '../../../server/api/problem.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { problemOf } from '../api/answer.ts';
import { parseDay } from '../../../domain/day-words.ts';

export interface FormRefusal {
	readonly form: string;
	readonly code: ProblemCode;
	/** Names of the fields the refusal is about; empty when it is about the whole. */
	readonly fields: readonly string[];
	/** What was typed, but for what is secret. */
	readonly values: Readonly<Record<string, string>>;
}

export interface FormOutcome {
	readonly refused?: FormRefusal;
	readonly done?: { readonly form: string; readonly id?: string };
}

/** Refusals that speak of one field. */
const FIELD_OF: Partial<Record<ProblemCode, string>> = {
	'name-taken': 'name',
	'email-taken': 'email',
	'cpr-exists': 'cpr',
	'initials-differ': 'initials',
	'access-too-long': 'untilDay',
	'access-ends-before-it-starts': 'untilDay',
	'access-for-admin': 'personId',
	'person-ended': 'personId',
	'already-member': 'personId',
	'already-coordinator': 'personId',
	'coordinator-needs-access': 'personId',
	'day-in-the-past': 'fromDay',
	'no-placement': 'placementId',
	'placement-not-for-profession': 'placementId',
};
/** Typed again by whoever typed it; never written into a page. */
const SECRET = new Set(['password', 'cpr']);

export async function outcomeOf(
	form: string,
	response: Response,
	typed: FormData,
): Promise<FormOutcome | ActionFailure<FormOutcome>> {
	if (response.ok) return { done: { form } };
	const { code, fields } = await problemOf(response);
	const own = FIELD_OF[code];
	const named = fields?.flatMap(({ path }) => (path ? [path.split('.')[0]!] : [])) ?? (own ? [own] : []);
	return fail(response.status, { refused: { form, code, fields: named, values: textsOf(typed) } });
}

function textsOf(typed: FormData): Record<string, string> {
	const texts: Record<string, string> = {};
	for (const [name, value] of typed) if (typeof value === 'string' && !SECRET.has(name)) texts[name] = value;
	return texts;
}

/** A field's text, or null when it was left empty. */
export function textOrNull(typed: FormData, name: string): string | null {
	const value = typed.get(name);
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A field's text; empty when it is missing, and then refused by the API. */
export function textOf(typed: FormData, name: string): string {
	return textOrNull(typed, name) ?? '';
}

/** A day as people write it, `27.11.2026`, as the API wants it; what is no day goes on as it stands and is refused there. */
export function dayOrNull(typed: FormData, name: string): string | null {
	const text = textOrNull(typed, name);
	return text && (parseDay(text, dayOf(new Date())) ?? text);
}

export function dayTextOf(typed: FormData, name: string): string {
	return dayOrNull(typed, name) ?? '';
}
