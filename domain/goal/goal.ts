/** Danish: fælles beskæftigelsesrettet mål. A goal is a job or an education, never a diagnosis cured. */
export const GOAL_KINDS = ['job', 'education'] as const;
export type GoalKind = (typeof GOAL_KINDS)[number];
