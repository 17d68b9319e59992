import { ok, refuse, type Result } from '../result.ts';
import type { AgendaItem, Meeting, OpenMeeting } from './meeting.ts';
import { atSomebody, type OnCurrentRefusal } from './run-clock.ts';

const MINUTE_MS = 60_000;

export type BorrowRefusal = OnCurrentRefusal | { readonly code: 'no-time-to-borrow' };

/**
 * Gives the current citizen minutes of those who wait, so that the meeting still ends when it should. Each minute comes from
 * whoever waits with the most time, the last of them on the agenda; nobody is left with less than one.
 */
export function borrowTime(meeting: Meeting, minutes: number): Result<OpenMeeting, BorrowRefusal> {
	const open = atSomebody(meeting);
	if (!open.ok) return open;
	let items = open.value.items;
	for (let borrowed = 0; borrowed < minutes; borrowed++) {
		const lender = richest(items);
		if (!lender) return refuse({ code: 'no-time-to-borrow' });
		items = items.map((item) => {
			if (item === lender) return { ...item, budgetMs: item.budgetMs - MINUTE_MS };
			return item.state === 'current' ? { ...item, budgetMs: item.budgetMs + MINUTE_MS } : item;
		});
	}
	return ok({ ...open.value, items });
}

function richest(items: readonly AgendaItem[]): AgendaItem | undefined {
	return items
		.filter(({ state, budgetMs }) => state === 'waiting' && budgetMs >= 2 * MINUTE_MS)
		.reduce<AgendaItem | undefined>((most, item) => (most && most.budgetMs > item.budgetMs ? most : item), undefined);
}
