import { OBSERVATION_MAX_LENGTH } from '../domain/observation/observation.ts';
import type { MapRoot } from './schema.ts';

/** What a field lets a person write, in UTF-16 code units. */
export const TEXT_LIMITS = {
	goal: 2_000,
	purpose: 2_000,
	task: 500,
	dropped: 500,
	decision: 500,
	agreed: 500,
	line: 500,
	accommodation: 500,
	draft: OBSERVATION_MAX_LENGTH,
} as const;

/**
 * The server refuses at this many times the field's limit: two people who both filled a field while offline have
 * done nothing wrong, and a refusal would cost them their session.
 */
export const TEXT_LIMIT_SLACK = 2;

/**
 * Keys a map root may ever hold, deleted ones included (a Yjs map remembers them). About 500 tracks, 5 000 tasks,
 * 2 500 decisions, ten years of weeks.
 */
export const MAX_KEYS: Readonly<Record<MapRoot, number>> = {
	meta: 10,
	goal: 1_000,
	tracks: 20_000,
	tasks: 40_000,
	weeks: 60_000,
	decisions: 20_000,
	hours: 10_000,
	accommodations: 5_000,
	drafts: 20_000,
};

/** Roots a document may hold: mostly texts, one per task and per line. */
export const MAX_ROOTS = 40_000;

export const LABEL_MAX_LENGTH = 80;
export const TRACK_TYPE_MAX_LENGTH = 64;
export const RANK_MAX_LENGTH = 128;

/** How far a mark's `at` may lie ahead of the server's clock, in milliseconds. */
export const CLOCK_LEAD_MS = 60_000;
