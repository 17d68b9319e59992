/** Readers of the team document and of the tasks a placement document also has. They never throw: see entries.ts. */
import type * as Y from 'yjs';
import type { GoalKind } from '../domain/goal/goal.ts';
import type { DecisionId, PauseId, PersonId, TaskId, TrackId } from '../domain/ids.ts';
import type { Day, IsoWeek } from '../domain/iso-week.ts';
import type { TrackState } from '../domain/track/track.ts';
import type { Attendance, Direction } from '../domain/week/week-status.ts';
import { Entries, entriesOf, pathsWithWords, textOf } from './entries.ts';
import { NO_RANK, byRank, isRank } from './rank.ts';
import type { GoalRow, PauseRow, TaskRow, TrackRow, WeekRow } from './rows.ts';
import { silentWeek } from './rows.ts';
import { droppedTextName, goalTextName, lineTextName, taskTextName } from './schema.ts';
import type { Pause } from './values.ts';
import { isIdValue, isMark, isShortText, isVersion } from './values.ts';

const isText = isShortText(Infinity);
const isTrackId = isIdValue<TrackId>();
const isDecisionId = isIdValue<DecisionId>();

/** The shape a document was last brought to; `undefined` before it is seeded. */
export function readSchemaVersion(doc: Y.Doc): number | undefined {
	const version = doc.share.has('meta') ? doc.getMap('meta').get('schemaVersion') : undefined;
	return isVersion(version) ? version : undefined;
}

export function readGoal(doc: Y.Doc): GoalRow {
	const entries = entriesOf(doc, 'team', 'goal', 0).get('') ?? new Entries();
	return {
		team: textOf(doc, goalTextName('team')),
		citizen: textOf(doc, goalTextName('citizen')),
		kind: entries.choice<GoalKind>('kind'),
		targetDay: entries.choice<Day>('targetDay'),
		saidInWeek: entries.choice<IsoWeek>('saidInWeek'),
	};
}

/** In order; removed ones too, with who removed them. */
export function readTracks(doc: Y.Doc): TrackRow[] {
	return [...entriesOf(doc, 'team', 'tracks', 1)].flatMap(([id, entries]) => trackOf(id as TrackId, entries)).sort(byRank);
}

/** In order; finished, dropped and removed ones too. Works on every document that has tasks. */
export function readTasks(doc: Y.Doc): TaskRow[] {
	return [...entriesOf(doc, 'team', 'tasks', 1)].flatMap(([id, entries]) => taskOf(doc, id as TaskId, entries)).sort(byRank);
}

/** Both weeks included; all weeks without them. Ordered by week, then by track. */
export function readWeeks(doc: Y.Doc, from?: IsoWeek, to?: IsoWeek): WeekRow[] {
	const wanted = (week: string): boolean => (from === undefined || week >= from) && (to === undefined || week <= to);
	const groups = entriesOf(doc, 'team', 'weeks', 2, (path) => wanted(weekIn(path)));
	for (const path of pathsWithWords(doc, 'team', 'line')) {
		if (wanted(weekIn(path)) && !groups.has(path)) groups.set(path, new Entries());
	}
	return [...groups.keys()].sort().map((path) => weekOf(doc, path, groups.get(path)!));
}

function weekIn(path: string): string {
	return path.slice(0, path.indexOf('/'));
}

function trackOf(id: TrackId, entries: Entries): TrackRow[] {
	const created = entries.value('created', isMark);
	const type = entries.value('type', isText);
	if (!created || !type) return [];
	return [
		{
			id,
			type,
			created,
			rank: entries.value('rank', isRank) ?? NO_RANK,
			removed: entries.value('removed', isMark) ?? null,
			owner: entries.choice<PersonId>('owner'),
			state: entries.choice<TrackState>('state'),
			timesPerWeek: entries.choice<number>('timesPerWeek'),
			startsOn: entries.choice<Day>('startsOn'),
			endsOn: entries.choice<Day>('endsOn'),
			label: entries.choice<string>('label'),
			pauses: entries
				.under<Pause>('pause')
				.map(({ key, value }) => ({ id: key as PauseId, ...value }))
				.sort(byStart),
		},
	];
}

function byStart(left: PauseRow, right: PauseRow): number {
	return left.from === right.from ? Number(left.id > right.id) - Number(left.id < right.id) : left.from < right.from ? -1 : 1;
}

function taskOf(doc: Y.Doc, id: TaskId, entries: Entries): TaskRow[] {
	const created = entries.value('created', isMark);
	const dropped = entries.value('dropped', isMark) ?? null;
	if (!created) return [];
	return [
		{
			id,
			created,
			dropped,
			droppedReason: dropped ? textOf(doc, droppedTextName(id)) : '',
			text: textOf(doc, taskTextName(id)),
			rank: entries.value('rank', isRank) ?? NO_RANK,
			track: entries.value('track', isTrackId) ?? null,
			decision: entries.value('decision', isDecisionId) ?? null,
			finished: entries.value('finished', isMark) ?? null,
			removed: entries.value('removed', isMark) ?? null,
			owner: entries.choice<PersonId>('owner'),
			dueOn: entries.choice<Day>('dueOn'),
		},
	];
}

function weekOf(doc: Y.Doc, path: string, entries: Entries): WeekRow {
	const [week, trackId] = path.split('/') as [IsoWeek, TrackId]; // safe: both stood in a key the rules matched
	return {
		...silentWeek(week, trackId),
		direction: entries.choice<Direction>('direction'),
		attended: entries.choice<Attendance>('attended'),
		raisedBy: entries.choice<true>('raise').values.map(({ by }) => by),
		line: textOf(doc, lineTextName(week, trackId)),
	};
}
