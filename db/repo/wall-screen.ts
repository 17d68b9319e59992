import { and, count, eq, isNull, lt, sql } from 'drizzle-orm';
import type { MeetingId, PersonId, WallScreenId } from '../../domain/ids.ts';
import type { Executor } from '../client.ts';
import { wallScreen } from '../schema/meetings.ts';

/** A screen that waits for a lead to type its code. */
export interface WaitingScreen {
	readonly id: WallScreenId;
	readonly code: string;
	readonly codeExpiresAt: Date;
}

/** A screen that shows a meeting, in somebody's name. */
export interface ApprovedScreen {
	readonly id: WallScreenId;
	readonly meetingId: MeetingId;
	readonly approvedBy: PersonId;
	readonly approvedAt: Date;
}

export type WallScreen =
	| ({ readonly state: 'waiting' } & WaitingScreen)
	| ({ readonly state: 'approved' } & ApprovedScreen)
	| { readonly state: 'ended'; readonly id: WallScreenId };

/** False when another screen shows that code now. */
export async function insertWallScreen(tx: Executor, screen: WaitingScreen, secretHash: Buffer): Promise<boolean> {
	const made = await tx
		.insert(wallScreen)
		.values({ ...screen, secretHash })
		.onConflictDoNothing({ target: wallScreen.code })
		.returning({ id: wallScreen.id });
	return made.length > 0;
}

/** Screens whose code nobody typed in time are forgotten. */
export async function forgetUnapprovedScreens(tx: Executor, at: Date): Promise<void> {
	await tx.delete(wallScreen).where(and(isNull(wallScreen.approvedBy), lt(wallScreen.codeExpiresAt, at)));
}

export async function countWaitingScreens(tx: Executor): Promise<number> {
	const [row] = await tx.select({ screens: count() }).from(wallScreen).where(isNull(wallScreen.approvedBy));
	return row?.screens ?? 0;
}

export async function findWallScreenBySecret(tx: Executor, secretHash: Buffer): Promise<WallScreen | undefined> {
	const [row] = await tx.select().from(wallScreen).where(eq(wallScreen.secretHash, secretHash));
	return row && stateOf(row);
}

export async function findWallScreen(tx: Executor, id: WallScreenId): Promise<WallScreen | undefined> {
	const [row] = await tx.select().from(wallScreen).where(eq(wallScreen.id, id));
	return row && stateOf(row);
}

/** Locked: two leads who type one code do not both get the screen. */
export async function findWaitingScreenByCode(tx: Executor, code: string, at: Date): Promise<WallScreenId | undefined> {
	const waiting = and(
		eq(wallScreen.code, code),
		isNull(wallScreen.approvedBy),
		sql`${wallScreen.codeExpiresAt} > ${at.toISOString()}`,
	);
	const [row] = await tx.select({ id: wallScreen.id }).from(wallScreen).where(waiting).for('update');
	return row?.id as WallScreenId | undefined; // safe: written by us
}

export async function approveWallScreen(tx: Executor, { id, ...approval }: ApprovedScreen): Promise<void> {
	await tx
		.update(wallScreen)
		.set({ ...approval, code: null })
		.where(eq(wallScreen.id, id));
}

/** False when it does not show that meeting now. */
export async function endWallScreen(tx: Executor, meetingId: MeetingId, id: WallScreenId, at: Date): Promise<boolean> {
	const showing = and(eq(wallScreen.id, id), eq(wallScreen.meetingId, meetingId), isNull(wallScreen.endedAt));
	const ended = await tx.update(wallScreen).set({ endedAt: at }).where(showing).returning({ id: wallScreen.id });
	return ended.length > 0;
}

/** Screens that show the meeting now, oldest first. */
export async function screensOf(tx: Executor, meetingId: MeetingId): Promise<ApprovedScreen[]> {
	const rows = await tx
		.select()
		.from(wallScreen)
		.where(and(eq(wallScreen.meetingId, meetingId), isNull(wallScreen.endedAt)))
		.orderBy(wallScreen.approvedAt);
	return rows.map(approved);
}

type Row = typeof wallScreen.$inferSelect;

function stateOf(row: Row): WallScreen {
	const id = row.id as WallScreenId; // safe: written by us
	if (row.endedAt) return { state: 'ended', id };
	if (row.code === null) return { state: 'approved', ...approved(row) };
	return { state: 'waiting', id, code: row.code, codeExpiresAt: row.codeExpiresAt };
}

/** The table's check makes the three columns present together. */
function approved(row: Row): ApprovedScreen {
	return {
		id: row.id as WallScreenId, // safe: written by us
		meetingId: row.meetingId as MeetingId,
		approvedBy: row.approvedBy as PersonId,
		approvedAt: row.approvedAt!,
	};
}
