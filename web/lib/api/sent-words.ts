import { newId } from '../../../board/new-id.ts';

/** Words with the id they are sent under. */
export interface SentWords {
	readonly id: string;
	readonly text: string;
}

/** @param before what was sent last: the same words keep their id, so that an answer that was lost makes nothing stand twice */
export function sentWords(text: string, before: SentWords | undefined): SentWords {
	return before?.text === text ? before : { id: newId(), text };
}
