import type { TeamProjection } from './project.ts';

/** A plan nobody has written in. Apart from project.ts, so that a page that shows one brings no readers along. */
export const EMPTY_TEAM: TeamProjection = {
	goal: { team: '', citizen: '', kind: { values: [] }, targetDay: { values: [] }, saidInWeek: { values: [] } },
	tracks: [],
	tasks: [],
	weeks: [],
	decisions: [],
	agreed: {},
};
