import { findWallScreen, findWallScreenBySecret } from '../../../db/repo/wall-screen.ts';
import type { MeetingId, WallScreenId } from '../../../domain/ids.ts';
import { composeWall, type ComposedWall, type WallDeps } from './compose-wall.ts';

/** What a screen shows now, and what that depends on. */
export interface WallPicture extends ComposedWall {
	readonly meetingId: MeetingId | undefined;
}

/** For the room that pushes to screens: which one this is, and its whole picture. */
export interface WallPictures {
	/** @param secretHash of what the screen's cookie holds; undefined when no screen has it */
	find(secretHash: Buffer): Promise<WallScreenId | undefined>;
	compose(id: WallScreenId): Promise<WallPicture>;
}

export function createWallPictures(deps: WallDeps): WallPictures {
	return {
		find: async (secretHash) => (await findWallScreenBySecret(deps.db.orm, secretHash))?.id,
		async compose(id) {
			const screen = await findWallScreen(deps.db.orm, id);
			if (screen?.state === 'approved') return { ...(await composeWall(deps, screen)), meetingId: screen.meetingId };
			const at = deps.now();
			const now = at.toISOString();
			const isWaiting = screen?.state === 'waiting' && screen.codeExpiresAt > at;
			const frame = isWaiting ? ({ shows: 'pairing', code: screen.code, now } as const) : ({ shows: 'nothing', now } as const);
			return { frame, meetingId: undefined, caseId: undefined };
		},
	};
}
