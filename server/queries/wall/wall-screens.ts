import { z } from 'zod';
import { transaction } from '../../../db/client.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import { screensOf } from '../../../db/repo/wall-screen.ts';
import { idSchema, type MeetingId, type WallScreenId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { attendedMeeting } from '../meeting/attended-meeting.ts';
import type { NotFound, QueryContext } from '../query-context.ts';

export const wallScreenViewSchema = z.object({
	id: idSchema<WallScreenId>(),
	approvedAt: z.iso.datetime(),
	/** By name. */
	approvedBy: z.string(),
});
export type WallScreenView = z.infer<typeof wallScreenViewSchema>;

/** The screens that show a meeting, for those who attend it. */
export async function listWallScreens(ctx: QueryContext, meetingId: MeetingId): Promise<Result<WallScreenView[], NotFound>> {
	return transaction(ctx.db, async (tx) => {
		if (!(await attendedMeeting(ctx, tx, meetingId, ctx.now()))) return refuse({ code: 'not-found' });
		const screens = await screensOf(tx, meetingId);
		const people = await loadShownPeople(
			tx,
			screens.map(({ approvedBy }) => approvedBy),
		);
		const names = new Map(people.map(({ personId, name }) => [personId, name]));
		return ok(
			screens.map(({ id, approvedAt, approvedBy }) => ({
				id,
				approvedAt: approvedAt.toISOString(),
				approvedBy: names.get(approvedBy) ?? '',
			})),
		);
	});
}
