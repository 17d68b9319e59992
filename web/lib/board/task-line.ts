import type { Day } from '../../../domain/iso-week.ts';
import { parseDay } from './day-input.ts';

/** A task written in one stroke: `@Mette tors ring til Løvbjerg` has an owner, a day and the words that are left. */
export interface TaskLine<PersonId> {
	readonly text: string;
	readonly owner: PersonId | undefined;
	readonly dueOn: Day | undefined;
}

export function parseTaskLine<PersonId>(
	raw: string,
	people: readonly { readonly id: PersonId; readonly name: string }[],
	today: Day,
): TaskLine<PersonId> {
	const words = raw.trim().replaceAll(/\s+/g, ' ');
	const named = /^@(\S+) ?(.*)$/.exec(words);
	const owner = named?.[1] ? ownerNamed(named[1], people) : undefined;
	if (!owner) return { text: words, owner: undefined, dueOn: undefined };
	const rest = named?.[2] ?? '';
	const first = /^((?:uge|week) \d{1,2}|\S+) (.+)$/i.exec(rest);
	const dueOn = first?.[1] ? parseDay(first[1], today) : undefined;
	return { text: dueOn && first?.[2] ? first[2] : rest, owner: owner.id, dueOn };
}

/** The one person whose first name begins like this; nobody when several do, so that nobody gets another's task. */
function ownerNamed<PersonId>(
	begin: string,
	people: readonly { readonly id: PersonId; readonly name: string }[],
): { readonly id: PersonId } | undefined {
	const wanted = begin.toLocaleLowerCase('da');
	const exact = people.filter(({ name }) => name.toLocaleLowerCase('da').split(' ')[0] === wanted);
	const close = exact.length > 0 ? exact : people.filter(({ name }) => name.toLocaleLowerCase('da').startsWith(wanted));
	return close.length === 1 ? close[0] : undefined;
}
