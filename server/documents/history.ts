/** What somebody changed in a document, as words: which thing, what of it, and how it read before and after. */
import type { Attendance } from '../../domain/week/week-status.ts';
import { isUuid } from '../../domain/ids.ts';
import type { Day, IsoWeek } from '../../domain/iso-week.ts';
import { isIsoWeek } from '../../domain/iso-week.ts';
import type { Direction } from '../../domain/week/week-status.ts';
import type { GoalKind } from '../../domain/goal/goal.ts';
import type { ChecklistLine } from '../../domain/meeting/checklist.ts';
import type { TrackState } from '../../domain/track/track.ts';
import type { TextKey } from '../../messages/text-key.ts';
import { said, text, type Words } from './content.ts';

/** What stands in a field: a text, the values people chose, or what stands under a key. Undefined where nothing does. */
type FieldValue = string | readonly unknown[] | undefined;

/** A field by its name in the document, `tasks/<id>/owner`, and what stood in it. */
export interface FieldChange {
	readonly field: string;
	readonly before: FieldValue;
	readonly after: FieldValue;
}

interface Pause {
	readonly from: IsoWeek;
	readonly until: IsoWeek | null;
}

/** How things are called that a document knows by id alone; undefined for what nobody can name any more. */
export interface NamesThen {
	person(id: string): string | undefined;
	track(id: string): Words | undefined;
	task(id: string): string | undefined;
	decision(id: string): string | undefined;
}

export interface ChangeWords {
	/** The goal, a track, a task: changes of one thing stand together under it. */
	readonly subject: Words;
	/** What of it: its deadline, its words. */
	readonly what: Words;
	/** Null where nothing stood, and where `what` says it all. */
	readonly before: Words | null;
	readonly after: Words | null;
}

type Say = (value: never, names: NamesThen) => Words;
interface Field {
	readonly what: TextKey;
	/** What it says when the mark is taken away again. */
	readonly undone?: TextKey;
	/** Absent for a mark: `what` says it all. */
	readonly say?: Say;
}

const person: Say = (id: string, names) => nameOf(names.person(id));
const day: Say = (value: Day) => ({ day: value });
const week: Say = (value: IsoWeek) => ({ week: value });
const plain: Say = (value: string | number) => said(String(value));
const times: Say = (value: number) =>
	value === 0 ? text('board.track.asNeeded') : text('board.track.timesPerWeek', { times: said(String(value).replace('.', ',')) });

/** By the field's pattern; fields that only keep order, or were never anything else, are told by nobody. */
const FIELDS: Readonly<Record<string, Field>> = {
	'goal/team': { what: 'history.words', say: plain },
	'goal/citizen': { what: 'history.ownWords', say: plain },
	'goal/kind': { what: 'board.goal.kindLabel', say: (kind: GoalKind) => text(`board.goal.kind.${kind}`) },
	'goal/targetDay': { what: 'board.goal.targetDay', say: day },
	'goal/saidInWeek': { what: 'board.goal.saidLabel', say: week },
	'tracks/<id>/created': { what: 'history.created' },
	'tracks/<id>/removed': { what: 'history.removed', undone: 'history.restored' },
	'tracks/<id>/owner': { what: 'history.owner', say: person },
	'tracks/<id>/state': { what: 'track.state', say: (state: TrackState) => text(`board.state.${state}`) },
	'tracks/<id>/timesPerWeek': { what: 'track.often', say: times },
	'tracks/<id>/startsOn': { what: 'track.startsOn', say: day },
	'tracks/<id>/endsOn': { what: 'track.endsOn', say: day },
	'tracks/<id>/label': { what: 'history.label', say: plain },
	'tracks/<id>/pause/<id>': { what: 'history.pause', say: pause },
	'tasks/<id>/created': { what: 'history.created' },
	'tasks/<id>/finished': { what: 'history.finished', undone: 'history.reopened' },
	'tasks/<id>/dropped': { what: 'history.dropped', undone: 'history.restored' },
	'tasks/<id>/removed': { what: 'history.removed', undone: 'history.restored' },
	'tasks/<id>/owner': { what: 'history.owner', say: person },
	'tasks/<id>/dueOn': { what: 'history.dueOn', say: day },
	'tasks/<id>/track': { what: 'history.track', say: (id: string | null, names) => trackOf(names, id) },
	'task/<id>': { what: 'history.words', say: plain },
	'dropped/<id>': { what: 'history.droppedReason', say: plain },
	'weeks/<week>/<id>/direction': { what: 'history.direction', say: (value: Direction) => text(`common.status.${value}`) },
	'weeks/<week>/<id>/attended': {
		what: 'history.attended',
		say: (value: Attendance) => text('board.lanes.cameOf', { ...value }),
	},
	'weeks/<week>/<id>/raise': { what: 'history.raised', undone: 'history.raiseTaken' },
	'line/<week>/<id>': { what: 'history.line', say: plain },
	'decisions/<id>/created': { what: 'history.created' },
	'decisions/<id>/removed': { what: 'history.removed', undone: 'history.restored' },
	'decisions/<id>/owner': { what: 'history.owner', say: person },
	'decisions/<id>/dueOn': { what: 'history.dueOn', say: day },
	'decision/<id>': { what: 'history.words', say: plain },
	'agreed/<week>/<line>': { what: 'history.words', say: plain },
	purpose: { what: 'history.words', say: plain },
	'hours/<week>/planned': { what: 'history.hoursPlanned', say: plain },
	'hours/<week>/actual': { what: 'history.hoursActual', say: plain },
	'accommodations/<id>/created': { what: 'history.created' },
	'accommodations/<id>/removed': { what: 'history.removed', undone: 'history.restored' },
	'accommodation/<id>': { what: 'history.words', say: plain },
};

/** Undefined for what is no news to a person: an order, the shape. */
export function changeWords({ field, before, after }: FieldChange, names: NamesThen): ChangeWords | undefined {
	const segments = field.split('/');
	const known = FIELDS[patternOf(segments)];
	if (!known) return undefined;
	const { what, undone, say } = known;
	const subject = subjectOf(segments, names);
	if (!say) return { subject, what: text(after === undefined ? (undone ?? what) : what), before: null, after: null };
	return { subject, what: text(what), before: valueWords(before, say, names), after: valueWords(after, say, names) };
}

function valueWords(value: FieldValue, say: Say, names: NamesThen): Words | null {
	if (value === undefined) return null;
	const values = typeof value === 'string' ? [value] : value;
	const words = values.map((each) => say(each as never, names)); // safe: the key rules let nothing else in
	return words.length === 1 ? words[0]! : { list: words };
}

function patternOf(segments: readonly string[]): string {
	if (segments[0] === 'agreed') return 'agreed/<week>/<line>';
	return segments.map((each) => (isUuid(each) ? '<id>' : isIsoWeek(each) ? '<week>' : each)).join('/');
}

function subjectOf([root = '', one = '', other = '']: readonly string[], names: NamesThen): Words {
	switch (root) {
		case 'goal':
			return text('board.goal.label');
		case 'tracks':
			return trackOf(names, one);
		case 'weeks':
		case 'line':
			return text('history.inWeek', { what: trackOf(names, other), week: { week: one as IsoWeek } }); // safe: matched the pattern
		case 'tasks':
		case 'task':
		case 'dropped':
			return text('history.task', { words: quoted(names.task(one)) });
		case 'decisions':
		case 'decision':
			return text('history.decision', { words: quoted(names.decision(one)) });
		case 'agreed':
			return text('history.inWeek', { what: text(`minutes.line.${other as ChecklistLine}`), week: { week: one as IsoWeek } }); // safe: matched the pattern
		case 'hours':
			return text('history.inWeek', { what: text('history.hours'), week: { week: one as IsoWeek } }); // safe: matched the pattern
		case 'accommodation':
		case 'accommodations':
			return text('history.accommodation');
		default:
			return text('history.purpose');
	}
}

function pause({ from, until }: Pause): Words {
	return until
		? text('history.pauseUntil', { from: { week: from }, until: { week: until } })
		: text('history.pauseFrom', { from: { week: from } });
}

function trackOf(names: NamesThen, id: string | null): Words {
	return id === null ? text('board.tasks.noTrack') : (names.track(id) ?? text('history.someTrack'));
}

function nameOf(name: string | undefined): Words {
	return name ? said(name) : text('board.someone');
}

function quoted(words: string | undefined): Words {
	return words ? text('minutes.quoted', { words: said(words) }) : text('board.tasks.wordless');
}
