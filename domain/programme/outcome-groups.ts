/** How a case ended, in groups; apart from the schema, so that a browser that lists them does not fetch zod. */
export const OUTCOME_GROUPS = ['positive', 'no-visible-result', 'other'] as const;
