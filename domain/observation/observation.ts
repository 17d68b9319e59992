/** Danish: fakta, tolkning, forslag. What an observation claims to be, chosen by its author. */
export const OBSERVATION_KINDS = ['fact', 'interpretation', 'suggestion'] as const;
export type ObservationKind = (typeof OBSERVATION_KINDS)[number];

/** Compartments an observation can be shared to; `private` is what it was before. */
export const SHAREABLE_COMPARTMENTS = ['team', 'placement', 'clinical', 'justice'] as const;
export type ShareableCompartment = (typeof SHAREABLE_COMPARTMENTS)[number];

/** Longest observation, comment or amendment, in UTF-16 code units. */
export const OBSERVATION_MAX_LENGTH = 8_000;
