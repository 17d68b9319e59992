/** Tells a story into documents the way people would have: through board/edit, one update for each person's sitting. */
import * as Y from 'yjs';
import type { Editor } from '../../board/edit/editor.ts';
import { addDecision } from '../../board/edit/decision.ts';
import { addDraft } from '../../board/edit/draft.ts';
import { setGoalKind, setSaidInWeek, setTargetDay } from '../../board/edit/goal.ts';
import { addAccommodation, setActualHours, setPlannedHours } from '../../board/edit/placement.ts';
import { addTask, dropTask, finishTask } from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import { addTrack, pauseTrack, setTrackState } from '../../board/edit/track.ts';
import { setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { readTracks } from '../../board/read.ts';
import { agreedTextName, goalTextName, lineTextName, PURPOSE_TEXT } from '../../board/schema.ts';
import type { GoalKind } from '../../domain/goal/goal.ts';
import type { PersonId, TaskId, TrackId } from '../../domain/ids.ts';
import { addDays, addWeeks, dayOf, mondayOf, weekOf } from '../../domain/iso-week.ts';
import type { ChecklistLine } from '../../domain/meeting/checklist.ts';
import type { Profession } from '../../domain/people.ts';
import { about, WEEKS_BACK, type CaseStory, type TrackStory } from './story.ts';
import { Chance } from './chance.ts';
import { meetingHours } from './meeting-hours.ts';
import texts from './texts.json' with { type: 'json' };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Who does what part of a case's work. */
export type Crew = (profession: Profession) => PersonId;

export interface WrittenUpdate {
	readonly bytes: Uint8Array;
	readonly personId: PersonId;
	readonly receivedAt: Date;
	/** The Yjs client the person wrote as. */
	readonly clientId: number;
}

interface Act {
	readonly personId: PersonId;
	readonly atMs: number;
	readonly write: (doc: Y.Doc, by: Editor) => void;
}

/** The plan's whole history, oldest first. @param seeded the document as the server made it */
export function writeTeamBoard(story: CaseStory, crew: Crew, seeded: Uint8Array, now: Date): readonly WrittenUpdate[] {
	const doc = docOf(seeded);
	const told = perform(doc, [
		...goalActs(story, crew, now),
		...story.tracks.flatMap((track) => trackActs(track, crew, now)),
		...meetingActs(story, crew, now),
	]);
	return [...told, ...disagreement(doc, story, crew, now)];
}

/** @param mentor the company mentor who writes the hours, or the job consultant where there is none with access */
export function writePlacement(
	story: CaseStory,
	crew: Crew,
	mentor: PersonId,
	seeded: Uint8Array,
	now: Date,
): readonly WrittenUpdate[] {
	const chance = new Chance(`${story.citizen.name} placement`);
	const consultant = crew('job-consultant');
	const weeks = story.tracks.find(({ type }) => type === 'company-placement')?.startedWeeksAgo ?? 4;
	const purpose = chance.oneOf(texts.purposes);
	const agree = (doc: Y.Doc, by: Editor) => {
		replaceText(doc, PURPOSE_TEXT, purpose, by.origin);
		for (const text of texts.accommodations.slice(0, chance.between(1, 3))) addAccommodation(doc, by, { text });
		for (const text of texts.placementTasks.slice(0, chance.between(2, 4)))
			addTask(doc, by, { text, owner: mentor, dueOn: dayOf(daysFrom(now, chance.between(2, 20))) });
	};
	const hours = Array.from({ length: weeks + 1 }, (_, index): Act => ({
		personId: mentor,
		atMs: weeksAgo(now, weeks - index) + HOUR_MS,
		write: (doc, by) => {
			const week = addWeeks(weekOf(now), index - weeks);
			const planned = Math.min(12, 4 + index);
			setPlannedHours(doc, by, week, planned);
			if (index < weeks) setActualHours(doc, by, week, Math.max(0, planned - chance.between(0, 2)));
		},
	}));
	return perform(docOf(seeded), [{ personId: consultant, atMs: weeksAgo(now, weeks), write: agree }, ...hours]);
}

/** One unfinished thought, so that its author finds a draft. */
export function writeDraft(story: CaseStory, author: PersonId, seeded: Uint8Array, now: Date): readonly WrittenUpdate[] {
	const text = about(texts.drafts[0]!, story.citizen);
	const write = (doc: Y.Doc, by: Editor) => void addDraft(doc, by, { kind: 'fact', track: null, compartment: 'team', text });
	return perform(docOf(seeded), [{ personId: author, atMs: now.getTime() - HOUR_MS, write }]);
}

function goalActs(story: CaseStory, crew: Crew, now: Date): readonly Act[] {
	const { citizen } = story;
	const lead = crew('case-worker');
	return [
		{
			personId: lead,
			atMs: weeksAgo(now, WEEKS_BACK + 1),
			write: (doc, by) => {
				replaceText(doc, goalTextName('citizen'), citizen.own, by.origin);
				replaceText(doc, goalTextName('team'), citizen.team, by.origin);
				setGoalKind(doc, by, citizen.kind as GoalKind); // safe: citizens.json holds kinds only
				setSaidInWeek(doc, by, addWeeks(weekOf(now), -WEEKS_BACK + 1));
				setTargetDay(doc, by, addDays(dayOf(now), 28 + (citizen.born % 90)));
			},
		},
	];
}

function trackActs(track: TrackStory, crew: Crew, now: Date): readonly Act[] {
	const keeper = crew(track.keeper);
	const thisWeek = weekOf(now);
	let id: TrackId;
	const begin = (doc: Y.Doc, by: Editor) => {
		({ id } = addTrack(doc, by, {
			type: track.type,
			owner: keeper,
			state: 'running',
			timesPerWeek: track.timesPerWeek,
			startsOn: addDays(dayOf(now), -7 * track.startedWeeksAgo),
			endsOn: addDays(dayOf(now), 7 * track.endsInWeeks),
			...(track.label ? { label: track.label } : {}),
		}));
	};
	const report = track.weeks.map((week): Act => ({
		personId: keeper,
		atMs: weeksAgo(now, week.weeksAgo),
		write: (doc, by) => {
			const of = addWeeks(thisWeek, -week.weeksAgo);
			setDirection(doc, by, of, id, week.direction);
			setAttended(doc, by, of, id, week.attended);
			if (week.raise) setRaise(doc, by, of, id, true);
			if (week.line) replaceText(doc, lineTextName(of, id), week.line, by.origin);
		},
	}));
	const rest: Act[] =
		track.pausedWeeksAgo === null
			? []
			: [
					{
						personId: keeper,
						atMs: weeksAgo(now, track.pausedWeeksAgo) + 1,
						write: (doc, by) => {
							setTrackState(doc, by, id, 'paused');
							pauseTrack(doc, by, id, addWeeks(thisWeek, -track.pausedWeeksAgo!));
						},
					},
				];
	return [
		{ personId: keeper, atMs: weeksAgo(now, WEEKS_BACK) - DAY_MS, write: begin },
		...report,
		...rest,
		...taskActs(track, keeper, () => id, now),
	];
}

function taskActs(track: TrackStory, keeper: PersonId, trackId: () => TrackId, now: Date): readonly Act[] {
	return track.tasks.flatMap((task): Act[] => {
		let id: TaskId;
		const make = (doc: Y.Doc, by: Editor): void => {
			const dueOn = dayOf(daysFrom(now, task.dueInDays));
			({ id } = addTask(doc, by, { text: task.text, track: trackId(), owner: keeper, dueOn }));
		};
		const end = (doc: Y.Doc, by: Editor) => {
			if (task.finished) finishTask(doc, by, id);
			else dropTask(doc, by, id, task.dropReason);
		};
		const week = Math.max(task.madeWeeksAgo, track.tasksWeeksAgo);
		const made: Act = { personId: keeper, atMs: weeksAgo(now, week) + 2 * HOUR_MS, write: make };
		if (!task.finished && !task.removed) return [made];
		return [made, { personId: keeper, atMs: duringMeeting(now, week), write: end }];
	});
}

/** What the weekly meetings wrote while they were at this citizen. */
function meetingActs(story: CaseStory, crew: Crew, now: Date): readonly Act[] {
	const spoken = story.meetings.filter(({ decision, agreed }) => decision !== '' || Object.keys(agreed).length > 0);
	return spoken.map(({ weeksAgo: ago, decision, agreed }): Act => ({
		personId: crew('team-lead'),
		atMs: duringMeeting(now, ago),
		write: (doc, by) => {
			const week = addWeeks(weekOf(now), -ago);
			for (const [line, words] of Object.entries(agreed)) {
				replaceText(doc, agreedTextName(week, line as ChecklistLine), words, by.origin); // safe: texts.json holds lines only
			}
			if (!decision) return;
			const dueOn = addDays(dayOf(new Date(by.at)), 9);
			addDecision(doc, by, { week, text: decision, owner: crew(story.coordinator), dueOn });
		},
	}));
}

/** Does the acts in order of time; what one person does in one sitting is one update, as a meeting would leave it. */
function perform(doc: Y.Doc, acts: readonly Act[]): readonly WrittenUpdate[] {
	const written: WrittenUpdate[] = [];
	const clients = new Map<PersonId, number>();
	for (const sitting of sittings(acts)) {
		const { personId, atMs } = sitting[0]!;
		doc.clientID = clients.get(personId) ?? doc.clientID + 1;
		clients.set(personId, doc.clientID);
		written.push(sit(doc, personId, atMs, (by) => sitting.forEach((act) => act.write(doc, by))));
	}
	return written;
}

/** One person's sitting as one update. @throws {Error} when it changed nothing */
function sit(doc: Y.Doc, personId: PersonId, atMs: number, write: (by: Editor) => void): WrittenUpdate {
	const by: Editor = { personId, at: new Date(atMs).toISOString(), origin: { source: 'field', personId } };
	let bytes: Uint8Array | undefined;
	doc.once('update', (update: Uint8Array) => (bytes = update));
	doc.transact(() => write(by), by.origin);
	if (!bytes) throw new Error('A sitting of the demo changed nothing');
	return { bytes, personId, receivedAt: new Date(atMs), clientId: doc.clientID };
}

/** Two colleagues who choose at the same moment: both choices stand, with names, until one is picked. */
function disagreement(doc: Y.Doc, story: CaseStory, crew: Crew, now: Date): readonly WrittenUpdate[] {
	const disputed = readTracks(doc).find(({ type }) => type === 'social-mentor');
	if (!story.disagreement || !disputed) return [];
	const week = weekOf(now);
	const choices = [
		['social-mentor', 'forward'],
		['case-worker', 'unchanged'],
	] as const;
	return choices.map(([profession, direction]) => {
		const own = docOf(Y.encodeStateAsUpdate(doc));
		return sit(own, crew(profession), now.getTime() - HOUR_MS, (by) => setDirection(own, by, week, disputed.id, direction));
	});
}

function sittings(acts: readonly Act[]): readonly (readonly Act[])[] {
	const groups: Act[][] = [];
	for (const act of acts.toSorted((left, right) => left.atMs - right.atMs)) {
		const current = groups.at(-1);
		const same = current?.[0]?.personId === act.personId && act.atMs - current[0].atMs < HOUR_MS;
		if (same) current!.push(act);
		else groups.push([act]);
	}
	return groups;
}

function docOf(seeded: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, seeded);
	return doc;
}

/** Tuesday afternoon in the week so many weeks ago, the day before the meeting; for the current week, shortly before now. */
function weeksAgo(now: Date, weeks: number): number {
	if (weeks === 0) return now.getTime() - 3 * HOUR_MS;
	return Date.parse(`${addDays(mondayOf(addWeeks(weekOf(now), -weeks)), 1)}T13:00:00Z`);
}

function duringMeeting(now: Date, weeks: number): number {
	return meetingHours(now, weeks).opens.getTime() + HOUR_MS / 4;
}

function daysFrom(now: Date, days: number): Date {
	return new Date(now.getTime() + days * DAY_MS);
}
