/** What the clocks of a meeting come to on a page, by the server's time. */
import { ITEM_BUDGET_MS } from '../../../domain/meeting/plan.ts';
import type { MeetingItemView, MeetingView } from '../../../server/api/meetings.ts';

const MINUTE_MS = 60_000;

export interface ItemTime {
	readonly usedMs: number;
	readonly budgetMs: number;
	/** What was set aside from the start; borrowed minutes come on top. */
	readonly ownMs: number;
	readonly borrowedMs: number;
	/** Whole minutes it has lent to others. */
	readonly lentMinutes: number;
}

type Clock = Pick<MeetingItemView, 'budgetMs' | 'spentMs' | 'since'>;

/** @param nowMs the server's clock */
export function timeOf({ budgetMs, spentMs, since }: Clock, nowMs: number): ItemTime {
	const running = since === null ? 0 : Math.max(0, nowMs - Date.parse(since));
	const borrowedMs = Math.max(0, budgetMs - ITEM_BUDGET_MS);
	return {
		usedMs: spentMs + running,
		budgetMs,
		ownMs: budgetMs - borrowedMs,
		borrowedMs,
		lentMinutes: Math.round(Math.max(0, ITEM_BUDGET_MS - budgetMs) / MINUTE_MS),
	};
}

/** When the meeting ends if whoever waits takes what is set aside for them, in milliseconds. */
export function endsAtMs({ items }: Pick<MeetingView, 'items'>, nowMs: number): number {
	const left = items.map((item) => {
		if (item.state === 'waiting') return item.budgetMs;
		return item.state === 'current' ? Math.max(0, item.budgetMs - timeOf(item, nowMs).usedMs) : 0;
	});
	return nowMs + left.reduce((sum, ms) => sum + ms, 0);
}

/** Whole minutes after the end that was planned; negative is before. */
export function minutesLate(view: Pick<MeetingView, 'items' | 'openedAt'>, nowMs: number): number {
	if (view.openedAt === null) return 0;
	const planned = Date.parse(view.openedAt) + view.items.reduce((sum, { budgetMs }) => sum + budgetMs, 0);
	return Math.round((endsAtMs(view, nowMs) - planned) / MINUTE_MS);
}

/** `3.06` or `3:06`; an hour and more goes on in minutes. */
export function saysClock(ms: number, language: 'da' | 'en'): string {
	const seconds = Math.floor(ms / 1_000);
	return `${Math.floor(seconds / 60)}${language === 'da' ? '.' : ':'}${String(seconds % 60).padStart(2, '0')}`;
}

export function minutesOf(ms: number): number {
	return Math.round(ms / MINUTE_MS);
}
