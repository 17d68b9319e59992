import { and, eq, inArray, sql } from 'drizzle-orm';
import type { MeetingId } from '../../domain/ids.ts';
import type { AgendaItem } from '../../domain/meeting/meeting.ts';
import type { Executor } from '../client.ts';
import { meetingItem } from '../schema/meetings.ts';

type ItemRow = typeof meetingItem.$inferInsert;

/** Writes the items that differ, and takes off those that are gone. */
export async function saveItems(
	tx: Executor,
	meetingId: MeetingId,
	before: readonly AgendaItem[],
	after: readonly AgendaItem[],
): Promise<void> {
	const left = new Set(after.map(({ caseId }) => caseId));
	const gone = before.filter(({ caseId }) => !left.has(caseId)).map(({ caseId }) => caseId);
	if (gone.length > 0) {
		await tx.delete(meetingItem).where(and(eq(meetingItem.meetingId, meetingId), inArray(meetingItem.caseId, gone)));
	}
	const stood = new Map(before.map((item, position) => [item.caseId, { item, position }]));
	const changed = after.flatMap((item, position) => {
		const was = stood.get(item.caseId);
		return was?.item === item && was.position === position ? [] : [rowOf(meetingId, item, position)];
	});
	// Whoever was current first: the index lets no two be so, not even within a statement.
	await upsert(
		tx,
		changed.filter(({ state }) => state !== 'current'),
	);
	await upsert(
		tx,
		changed.filter(({ state }) => state === 'current'),
	);
}

async function upsert(tx: Executor, rows: ItemRow[]): Promise<void> {
	if (rows.length === 0) return;
	await tx
		.insert(meetingItem)
		.values(rows)
		.onConflictDoUpdate({
			target: [meetingItem.meetingId, meetingItem.caseId],
			set: {
				position: sql`excluded.position`,
				state: sql`excluded.state`,
				budgetMs: sql`excluded.budget_ms`,
				spentMs: sql`excluded.spent_ms`,
				since: sql`excluded.since`,
			},
		});
}

function rowOf(meetingId: MeetingId, item: AgendaItem, position: number): ItemRow {
	const { caseId, budgetMs, spentMs, state } = item;
	return { meetingId, caseId, position, state, budgetMs, spentMs, since: item.state === 'current' ? item.since : null };
}
