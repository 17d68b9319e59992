import type * as Y from 'yjs';
import type { EditOrigin } from '../edit-origin.ts';
import { textOf } from '../entries.ts';

export { textOf };

/**
 * Makes a text read `next` by the smallest splice: what stands the same at both ends is left alone, so what others
 * type there at the same moment stays. For fields that only know their whole value.
 */
export function replaceText(doc: Y.Doc, name: string, next: string, origin: EditOrigin): void {
	const now = textOf(doc, name);
	if (now === next) return;
	const start = commonStart(now, next);
	const end = commonEnd(now, next, start);
	const text = doc.getText(name);
	doc.transact(() => {
		text.delete(start, now.length - start - end);
		text.insert(start, next.slice(start, next.length - end));
	}, origin);
}

/** UTF-16 code units both begin with; never ends inside a character, for Yjs would store half of it as a question mark. */
function commonStart(now: string, next: string): number {
	let start = 0;
	while (start < now.length && now[start] === next[start]) start++;
	return isHighSurrogate(now, start - 1) ? start - 1 : start;
}

function commonEnd(now: string, next: string, start: number): number {
	const most = Math.min(now.length, next.length) - start;
	let end = 0;
	while (end < most && now[now.length - 1 - end] === next[next.length - 1 - end]) end++;
	return end > 0 && isLowSurrogate(now, now.length - end) ? end - 1 : end;
}

function isHighSurrogate(text: string, index: number): boolean {
	return (text.charCodeAt(index) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, index: number): boolean {
	return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}
