/** Danish: spor. What a track may be in; words for people stand in messages/. */
export const TRACK_STATES = ['planned', 'running', 'paused', 'finished'] as const;
export type TrackState = (typeof TRACK_STATES)[number];
