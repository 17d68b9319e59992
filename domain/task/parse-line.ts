/**
 * A task written in one stroke: `@Mette tors ring til Løvbjerg` has an owner, a day and the words that are left. Nothing is
 * guessed: a name that could be two people's is asked about, and whoever writes sees what was understood before it counts.
 */
import { parseDay } from '../day-words.ts';
import { initialsOf } from '../initials.ts';
import type { Day } from '../iso-week.ts';

export interface NamedPerson<Id> {
	readonly id: Id;
	readonly name: string;
}

/** After the `@`: one person, several it could be, or nobody by that name. */
export type Named<Id> =
	| { readonly kind: 'person'; readonly id: Id }
	| { readonly kind: 'which'; readonly ids: readonly Id[] }
	| { readonly kind: 'unknown'; readonly word: string };

export interface TaskLine<Id> {
	readonly text: string;
	/** Undefined where the line names nobody. */
	readonly named: Named<Id> | undefined;
	readonly dueOn: Day | undefined;
}

interface Mention<Id> {
	readonly before: string;
	readonly named: Named<Id>;
	readonly after: string;
}

/** The longest day there is: `fredag i uge 49`. */
const MOST_DAY_WORDS = 4;
/** Words that lead to a day and say nothing more. */
const LEADS_TO_DAY = /^(?:på|senest|inden|den|on|by) (.+)$/i;
/** What a line ends with is no due day when it is what the task is about: "tale om uge 49". */
const IS_ABOUT = /(?:^| )(?:om|fra|siden|mellem|for|i|til|about|from|since|between|in|to)$/i;

/** @param raw as typed; without an `@` it is a task in so many words */
export function parseTaskLine<Id>(raw: string, people: readonly NamedPerson<Id>[], today: Day): TaskLine<Id> {
	const line = raw.trim().replaceAll(/\s+/g, ' ');
	const mention = mentionIn(line, people);
	if (!mention) return { text: line, named: undefined, dueOn: undefined };
	const { before, named, after } = mention;
	if (named.kind === 'unknown') return { text: line, named, dueOn: undefined };
	const first = dayFirst(after, today);
	const words = [before, first?.rest ?? after].filter(Boolean).join(' ');
	const last = first ? undefined : dayLast(words, today);
	return { text: last?.rest ?? words, named, dueOn: (first ?? last)?.day };
}

/** The line with the whole name of whom its author meant. */
export function withName(raw: string, name: string): string {
	return raw.replace(/(^|\s)@\S+/, (_, space: string) => `${space}@${name}`);
}

function mentionIn<Id>(line: string, people: readonly NamedPerson<Id>[]): Mention<Id> | undefined {
	const found = /^(?:(.*?) )?@(\S.*)$/.exec(line);
	const [, before = '', rest = ''] = found ?? [];
	if (!found) return undefined;
	const whole = [...people].sort(byLength).find(({ name }) => startsWithWords(rest, name));
	if (whole) return { before, named: { kind: 'person', id: whole.id }, after: afterName(rest.slice(whole.name.length)) };
	const [word = ''] = rest.split(/[ ,:;]/);
	return { before, named: namedBy(word, people), after: afterName(rest.slice(word.length)) };
}

function afterName(rest: string): string {
	return rest.replace(/^[\s,:;]+/, '');
}

/** First name, else initials, else how a first name begins. */
function namedBy<Id>(word: string, people: readonly NamedPerson<Id>[]): Named<Id> {
	const wanted = lower(word);
	const ways = [
		(name: string) => firstName(name) === wanted,
		(name: string) => lower(initialsOf(name)) === wanted,
		(name: string) => wanted.length > 1 && firstName(name).startsWith(wanted),
	];
	for (const fits of ways) {
		const ids = people.filter(({ name }) => fits(lower(name))).map(({ id }) => id);
		if (ids.length > 1) return { kind: 'which', ids };
		if (ids[0] !== undefined) return { kind: 'person', id: ids[0] };
	}
	return { kind: 'unknown', word };
}

function dayFirst(line: string, today: Day): { readonly day: Day; readonly rest: string } | undefined {
	const words = (LEADS_TO_DAY.exec(line)?.[1] ?? line).split(' ');
	for (let count = Math.min(MOST_DAY_WORDS, words.length); count > 0; count--) {
		const day = parseDay(
			words
				.slice(0, count)
				.join(' ')
				.replace(/[,:;]$/, ''),
			today,
		);
		if (day) return { day, rest: words.slice(count).join(' ') };
	}
	return undefined;
}

function dayLast(line: string, today: Day): { readonly day: Day; readonly rest: string } | undefined {
	const words = line.split(' ');
	for (let count = Math.min(MOST_DAY_WORDS, words.length - 1); count > 0; count--) {
		const day = parseDay(words.slice(-count).join(' '), today);
		const rest = words.slice(0, -count).join(' ');
		if (day) return IS_ABOUT.test(rest) ? undefined : { day, rest: rest.replace(/ (?:på|senest|inden|den|on|by)$/i, '') };
	}
	return undefined;
}

function startsWithWords(line: string, name: string): boolean {
	return lower(line).startsWith(lower(name)) && !/^[\p{L}\p{N}]/u.test(line.slice(name.length));
}

function byLength(left: { readonly name: string }, right: { readonly name: string }): number {
	return right.name.length - left.name.length;
}

function lower(words: string): string {
	return words.toLocaleLowerCase('da');
}

function firstName(name: string): string {
	return name.split(' ')[0] ?? name;
}
