import * as Y from 'yjs';

/**
 * The words somebody typed, from the bytes alone: for when the document they were typed in is not there any more. Each run
 * of typing is a text; what was taken back again is left out.
 */
export function wordsInUpdate(update: Uint8Array): readonly string[] {
	const { structs, ds } = Y.decodeUpdate(update);
	const runs: string[] = [];
	let end: Y.ID | undefined;
	for (const struct of structs) {
		if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
		const { client, clock } = struct.id;
		const left = keptOf(struct.content.str, client, clock, ds);
		const goesOn = end && struct.origin && Y.compareIDs(end, struct.origin);
		if (goesOn) runs.push((runs.pop() ?? '') + left);
		else runs.push(left);
		end = Y.createID(client, clock + struct.length - 1);
	}
	return runs.filter((words) => words.trim() !== '');
}

/** One clock for each UTF-16 unit. */
function keptOf(words: string, client: number, clock: number, ds: ReturnType<typeof Y.decodeUpdate>['ds']): string {
	const deleted = ds.clients.get(client) ?? [];
	const isKept = (at: number) => !deleted.some((range) => at >= range.clock && at < range.clock + range.len);
	return words
		.split('')
		.filter((_, index) => isKept(clock + index))
		.join('');
}
