/**
 * Every key a document may hold, what may stand behind it and who may put it there. One table for three users:
 * readers skip what does not match, the shape check refuses it, and a test pins its fingerprint to the version.
 */
import { isUuid } from '../domain/ids.ts';
import type { DecisionId, ObservationId, PersonId, TrackId } from '../domain/ids.ts';
import { isIsoWeek } from '../domain/iso-week.ts';
import { GOAL_KINDS } from '../domain/goal/goal.ts';
import { isChecklistLine } from '../domain/meeting/checklist.ts';
import { OBSERVATION_KINDS } from '../domain/observation/observation.ts';
import { TRACK_STATES } from '../domain/track/track.ts';
import { DIRECTIONS } from '../domain/week/week-status.ts';
import { parseCompartment } from './compartments.ts';
import { LABEL_MAX_LENGTH, TEXT_LIMITS, TRACK_TYPE_MAX_LENGTH } from './limits.ts';
import { isRank } from './rank.ts';
import type { DocumentKind, MapRoot } from './schema.ts';
import * as values from './values.ts';
import type { Guard } from './values.ts';

/**
 * - `choice`: one entry per person, written by that person, deleted by anyone who chooses after them
 * - `own`: one entry per person, written and deleted by that person alone
 * - `birth`: a mark of its author, never changed · `fact`: a plain value, never changed
 * - `mark`: a mark of its author, which anybody may take away again
 * - `signed`: carries `by`, its author; anybody may change it in their own name
 * - `value`: anybody's, never taken away · `server`: written by the server alone
 */
export type KeyRuleKind = 'choice' | 'own' | 'birth' | 'fact' | 'mark' | 'signed' | 'value' | 'server';

export interface KeyRule {
	/** Segments in angle brackets stand for an id, a week, a person or a line of the checklist; the others for themselves. */
	readonly pattern: string;
	readonly kind: KeyRuleKind;
	readonly accepts: Guard<unknown>;
	readonly segments: readonly string[];
}

export interface TextRule {
	readonly pattern: string;
	readonly maxLength: number;
	readonly segments: readonly string[];
}

export interface DocumentRules {
	readonly maps: Readonly<Partial<Record<MapRoot, readonly KeyRule[]>>>;
	readonly texts: readonly TextRule[];
}

const isPerson = values.isIdValue<PersonId>();
const isTrackType = values.isShortText(TRACK_TYPE_MAX_LENGTH);
const isShareable: Guard<string> = (raw): raw is string =>
	typeof raw === 'string' && !['private', undefined].includes(parseCompartment(raw)?.kind);

const META = [rule('schemaVersion', 'server', values.isVersion)];
const TASKS = [
	rule('<id>/created', 'birth', values.isMark),
	rule('<id>/rank', 'value', isRank),
	rule('<id>/track', 'value', values.isNullOr(values.isIdValue<TrackId>())),
	rule('<id>/finished', 'mark', values.isMark),
	rule('<id>/dropped', 'mark', values.isMark),
	rule('<id>/removed', 'mark', values.isMark),
	rule('<id>/owner/<person>', 'choice', isPerson),
	rule('<id>/dueOn/<person>', 'choice', values.isDayValue),
];
const TASK_TEXTS = [text('task/<id>', TEXT_LIMITS.task), text('dropped/<id>', TEXT_LIMITS.dropped)];

export const DOCUMENT_RULES: Readonly<Record<DocumentKind, DocumentRules>> = {
	team: {
		maps: {
			meta: META,
			goal: [
				rule('kind/<person>', 'choice', values.isOneOf(GOAL_KINDS)),
				rule('targetDay/<person>', 'choice', values.isDayValue),
				rule('saidInWeek/<person>', 'choice', values.isWeekValue),
			],
			tracks: [
				rule('<id>/type', 'fact', isTrackType),
				rule('<id>/created', 'birth', values.isMark),
				rule('<id>/rank', 'value', isRank),
				rule('<id>/removed', 'mark', values.isMark),
				rule('<id>/owner/<person>', 'choice', isPerson),
				rule('<id>/state/<person>', 'choice', values.isOneOf(TRACK_STATES)),
				rule('<id>/timesPerWeek/<person>', 'choice', values.isAmount(14, 0.25)),
				rule('<id>/startsOn/<person>', 'choice', values.isDayValue),
				rule('<id>/endsOn/<person>', 'choice', values.isDayValue),
				rule('<id>/label/<person>', 'choice', values.isShortText(LABEL_MAX_LENGTH)),
				rule('<id>/pause/<id>', 'signed', values.isPause),
			],
			tasks: [...TASKS, rule('<id>/decision', 'fact', values.isIdValue<DecisionId>())],
			weeks: [
				rule('<week>/<id>/direction/<person>', 'choice', values.isOneOf(DIRECTIONS)),
				rule('<week>/<id>/attended/<person>', 'choice', values.isAttendance),
				rule('<week>/<id>/raise/<person>', 'own', values.isTrue),
			],
			decisions: [
				rule('<id>/week', 'fact', values.isWeekValue),
				rule('<id>/created', 'birth', values.isMark),
				rule('<id>/rank', 'value', isRank),
				rule('<id>/removed', 'mark', values.isMark),
				rule('<id>/owner/<person>', 'choice', isPerson),
				rule('<id>/dueOn/<person>', 'choice', values.isDayValue),
			],
		},
		texts: [
			text('goal/team', TEXT_LIMITS.goal),
			text('goal/citizen', TEXT_LIMITS.goal),
			...TASK_TEXTS,
			text('line/<week>/<id>', TEXT_LIMITS.line),
			text('decision/<id>', TEXT_LIMITS.decision),
			text('agreed/<week>/<line>', TEXT_LIMITS.agreed),
		],
	},
	placement: {
		maps: {
			meta: META,
			tasks: TASKS,
			hours: [
				rule('<week>/planned/<person>', 'choice', values.isAmount(60, 0.25)),
				rule('<week>/actual/<person>', 'choice', values.isAmount(60, 0.25)),
			],
			accommodations: [
				rule('<id>/created', 'birth', values.isMark),
				rule('<id>/rank', 'value', isRank),
				rule('<id>/removed', 'mark', values.isMark),
			],
		},
		texts: [text('purpose', TEXT_LIMITS.purpose), ...TASK_TEXTS, text('accommodation/<id>', TEXT_LIMITS.accommodation)],
	},
	private: {
		maps: {
			meta: META,
			drafts: [
				rule('<id>/created', 'birth', values.isMark),
				rule('<id>/removed', 'mark', values.isMark),
				rule('<id>/kind', 'value', values.isOneOf(OBSERVATION_KINDS)),
				rule('<id>/track', 'value', values.isNullOr(values.isIdValue<TrackId>())),
				rule('<id>/compartment', 'value', isShareable),
				rule('<id>/shared', 'fact', values.isIdValue<ObservationId>()),
			],
		},
		texts: [text('draft/<id>', TEXT_LIMITS.draft)],
	},
};

/** The rules of a map root, or `undefined` when this kind of document has no such map. */
export function mapRulesOf(kind: DocumentKind, root: string): readonly KeyRule[] | undefined {
	const maps = DOCUMENT_RULES[kind].maps;
	return Object.hasOwn(maps, root) ? maps[root as MapRoot] : undefined;
}

export function textRuleOf(kind: DocumentKind, root: string): TextRule | undefined {
	const segments = root.split('/');
	return DOCUMENT_RULES[kind].texts.find((candidate) => matches(candidate.segments, segments));
}

export function keyRuleOf(rules: readonly KeyRule[], segments: readonly string[]): KeyRule | undefined {
	return rules.find((candidate) => matches(candidate.segments, segments));
}

/** Words are compared before ids: of the candidates all but one differ there, and it is the cheaper half. */
function matches(pattern: readonly string[], segments: readonly string[]): boolean {
	return (
		pattern.length === segments.length &&
		pattern.every((expected, index) => expected.startsWith('<') || expected === segments[index]) &&
		pattern.every((expected, index) => stands(expected, segments[index]!))
	);
}

function stands(expected: string, actual: string): boolean {
	if (expected === '<week>') return isIsoWeek(actual);
	if (expected === '<line>') return isChecklistLine(actual);
	return !expected.startsWith('<') || isUuid(actual);
}

function rule(pattern: string, kind: KeyRuleKind, accepts: Guard<unknown>): KeyRule {
	return { pattern, kind, accepts, segments: pattern.split('/') };
}

function text(pattern: string, maxLength: number): TextRule {
	return { pattern, maxLength, segments: pattern.split('/') };
}
