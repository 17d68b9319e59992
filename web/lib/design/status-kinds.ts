/** A week's status of a track. `silent` is its own state: it never looks like zero or "fine". */
export const STATUS_KINDS = ['forward', 'unchanged', 'back', 'silent', 'paused', 'not-running', 'missing'] as const;
export type StatusKind = (typeof STATUS_KINDS)[number];
