import type { PersonId } from '../../../domain/ids.ts';
import type { HistoryView } from '../../../server/api/history-view.ts';

/** Undefined for the server itself, and for who is nobody any more. */
export function whoOf({ people }: HistoryView, id: PersonId | null): string | undefined {
	return people.find((person) => person.id === id)?.name;
}
