/**
 * Whether a page goes where the meeting goes. A focused field is sacred: whoever writes stays, and is told where the
 * meeting is; so does whoever has words nobody has stored yet.
 */
export interface Standing {
	/** The citizen on the page. */
	readonly at: string | undefined;
	/** The citizen the meeting is at; null between two, and where the reader may not know. */
	readonly pointer: string | null;
	readonly follows: boolean;
	/** A field of the citizen's has the focus. */
	readonly writing: boolean;
	/** Things of the citizen's the server does not have. */
	readonly unsent: number;
	/** The pointer one was asked about: whoever leaves the field is not carried off. */
	readonly offered: string | undefined;
	/** The pointer one chose not to go to. */
	readonly stayedFrom: string | undefined;
}

export type Step = 'go' | 'stay' | 'offer';

/** `offer` asks by the ribbon. Between two citizens a page stays with the one before. */
export function stepOf({ at, pointer, follows, writing, unsent, offered, stayedFrom }: Standing): Step {
	if (pointer === null || pointer === at) return 'stay';
	if (at === undefined) return 'go';
	if (stayedFrom === pointer) return 'stay';
	if (!follows || writing || unsent > 0 || offered === pointer) return 'offer';
	return 'go';
}
