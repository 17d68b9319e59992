/** The clock of one item. It runs only forward, also when the server's own clock is set back. */
import type { AgendaItem } from './meeting.ts';

/** How long an item has been talked of, in milliseconds. */
export function usedMs(item: AgendaItem, at: Date): number {
	if (item.state !== 'current' || item.since === null) return item.spentMs;
	return item.spentMs + Math.max(0, at.getTime() - item.since.getTime());
}

/** Any other item stays as it is, and so does one whose clock stands. */
export function itemStopped(item: AgendaItem, at: Date): AgendaItem {
	return item.state === 'current' && item.since ? { ...item, spentMs: usedMs(item, at), since: null } : item;
}

/** Any other item stays as it is, and so does one whose clock runs. */
export function itemStarted(item: AgendaItem, at: Date): AgendaItem {
	return item.state === 'current' && !item.since ? { ...item, since: at } : item;
}

/** The current item becomes done; any other stays as it is. */
export function itemEnded(item: AgendaItem, at: Date): AgendaItem {
	if (item.state !== 'current') return item;
	const { caseId, budgetMs } = item;
	return { caseId, budgetMs, spentMs: usedMs(item, at), state: 'done' };
}
