/** Puts together what the minutes of one case say, from what stands at the moment its meeting closes. */
import { agreed, type Choice } from '../../../board/choice.ts';
import type { TeamProjection } from '../../../board/project.ts';
import { isOpen, type DecisionRow, type TaskRow, type TrackRow } from '../../../board/rows.ts';
import { trackFacts, WeekRows } from '../../../board/track-facts.ts';
import type { CoordinatorRow } from '../../../db/repo/case-read.ts';
import type { AttendeeRow } from '../../../db/repo/meeting-attendance.ts';
import type { MeetingToClose } from '../../../db/repo/meeting-closing.ts';
import type { ShownPersonRow } from '../../../db/repo/shown-person.ts';
import type { StoredSnapshot } from '../../../db/repo/snapshot.ts';
import type { PersonId, PlacementId } from '../../../domain/ids.ts';
import { coordinatorOn } from '../../../domain/case/coordinator-on.ts';
import { weekOfDay, type Day, type IsoWeek } from '../../../domain/iso-week.ts';
import type { ClosedMeeting } from '../../../domain/meeting/meeting.ts';
import type { MinutesFacts } from '../../../domain/meeting/minutes-facts.ts';
import type { Reconciliation, StampedTask } from '../../../domain/meeting/reconcile.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import { isOverdue } from '../../../domain/task/overdue.ts';
import { pauseAt } from '../../../domain/week/track-weeks.ts';
import { decisionsSince, linesSince } from '../../../board/said-since.ts';

/** A task with the company it lies with; null for one of the team's. */
export interface PlacedTask {
	readonly placementId: PlacementId | null;
	readonly row: TaskRow;
}

export interface ClosingFacts {
	readonly place: Pick<MeetingToClose, 'organisationName' | 'teamName'>;
	readonly meeting: ClosedMeeting;
	readonly attendance: readonly AttendeeRow[];
	/** The team's members on the day. */
	readonly members: readonly PersonId[];
	readonly today: Day;
}

export interface ClosingCase {
	readonly snapshot: StoredSnapshot;
	readonly citizenName: string;
	readonly template: TemplateContent;
	readonly phase: string | null;
	readonly coordinators: readonly CoordinatorRow[];
	readonly plan: TeamProjection;
	/** As the case's last snapshot has it; undefined where it has none. */
	readonly planBefore: TeamProjection | undefined;
	readonly tasks: readonly PlacedTask[];
	/** Of this case alone. */
	readonly reconciliation: Reconciliation;
	readonly writers: readonly PersonId[];
}

export type MinutesWithoutPeople = Omit<MinutesFacts, 'people'>;

export function minutesOf(closing: ClosingFacts, of: ClosingCase): MinutesWithoutPeople {
	const { meeting, place } = closing;
	const { caseId, id: snapshotId, hash } = of.snapshot;
	const index = meeting.items.findIndex((item) => item.caseId === caseId);
	const came = new Set(closing.attendance.map(({ personId }) => personId));
	return {
		version: 1,
		meetingId: meeting.id,
		caseId,
		organisation: place.organisationName,
		team: { id: meeting.teamId, name: place.teamName },
		week: meeting.week,
		openedAt: meeting.openedAt.toISOString(),
		closedAt: meeting.closedAt.toISOString(),
		position: index + 1,
		of: meeting.items.length,
		spentMs: meeting.items[index]!.spentMs, // it was discussed, so it is on the agenda
		citizenName: of.citizenName,
		...planFacts(of, meeting.week),
		...coordinatorFacts(of.coordinators, closing.today),
		tasks: of.tasks.filter(({ row }) => isOpen(row)).map((task) => taskFacts(task, of.reconciliation, closing.today)),
		equation: equationFacts(of),
		chair: meeting.chairId,
		attendance: closing.attendance.map(({ personId, firstSeenAt, lastSeenAt }) => ({
			personId,
			firstSeenAt: firstSeenAt.toISOString(),
			lastSeenAt: lastSeenAt.toISOString(),
		})),
		absent: closing.members.filter((id) => !came.has(id)),
		writers: [...of.writers],
		snapshotId,
		snapshotHash: hash.toString('hex'),
	};
}

/** Everybody the minutes name. */
export function peopleNamed(minutes: MinutesWithoutPeople): readonly PersonId[] {
	const { chair, coordinator, coordinatorBefore, decisions, tasks, equation, attendance, absent, writers } = minutes;
	return [
		...new Set([
			chair,
			...(coordinator ? [coordinator] : []),
			...(coordinatorBefore ? [coordinatorBefore.personId] : []),
			...decisions.flatMap(({ owners, by }) => [...owners, by]),
			...tasks.flatMap(({ owners }) => owners),
			...equation.dropped.map(({ by }) => by),
			...attendance.map(({ personId }) => personId),
			...absent,
			...writers,
		]),
	];
}

export function withPeople(minutes: MinutesWithoutPeople, rows: readonly ShownPersonRow[]): MinutesFacts {
	const named = new Set(peopleNamed(minutes));
	const people = rows
		.filter(({ personId }) => named.has(personId))
		.map(({ personId, name, profession, organisationName, external }) => [
			personId,
			{ name, profession, organisation: external ? organisationName : null },
		]);
	return { ...minutes, people: Object.fromEntries(people) as MinutesFacts['people'] };
}

function planFacts({ plan, planBefore, template, phase }: ClosingCase, week: IsoWeek) {
	const { goal } = plan;
	const phases = template.phases.items;
	const index = phases.findIndex(({ id }) => id === phase);
	const weeks = new WeekRows(plan.weeks);
	return {
		goal: {
			team: goal.team,
			citizen: goal.citizen,
			kinds: valuesOf(goal.kind),
			targetDays: valuesOf(goal.targetDay),
			saidInWeeks: valuesOf(goal.saidInWeek),
		},
		phase: index < 0 ? null : { label: phases[index]!.label, position: index + 1, of: phases.length },
		decisions: decisionsSince(plan, planBefore).map(decisionFacts),
		agreed: linesSince(plan, planBefore),
		tracks: plan.tracks
			.filter((track) => !track.removed && (agreed(track.state) !== 'finished' || weeks.of(week, track.id)))
			.map((track) => trackStatus(track, plan, weeks, template, week)),
	};
}

function trackStatus(
	track: TrackRow,
	{ weeks: rows }: TeamProjection,
	weeks: WeekRows,
	template: TemplateContent,
	week: IsoWeek,
): MinutesFacts['tracks'][number] {
	const row = weeks.of(week, track.id);
	const said = rows.filter(
		(each) => each.trackId === track.id && each.week <= week && each.direction.values.length + each.attended.values.length > 0,
	);
	return {
		type: template.trackTypes.find(({ id }) => id === track.type)?.label ?? { da: track.type, en: track.type },
		label: valuesOf(track.label).join(' / '),
		state: agreed(track.state) ?? null,
		pausedFrom: pauseAt(trackFacts(track, weeks), week)?.from ?? null,
		directions: row ? valuesOf(row.direction) : [],
		attended: row ? valuesOf(row.attended) : [],
		line: row?.line ?? '',
		lastSaid:
			said
				.map((each) => each.week)
				.toSorted()
				.at(-1) ?? null,
	};
}

function decisionFacts({ text, owner, dueOn, created }: DecisionRow): MinutesFacts['decisions'][number] {
	return { text, owners: valuesOf(owner), dueOn: valuesOf(dueOn), by: created.by, at: created.at };
}

function taskFacts({ placementId, row }: PlacedTask, { carried }: Reconciliation, today: Day): MinutesFacts['tasks'][number] {
	const dueOn = valuesOf(row.dueOn);
	return {
		text: row.text,
		owners: valuesOf(row.owner),
		dueOn,
		isOverdue: isOverdue(dueOn, today),
		placementId,
		isNew: !carried.some(({ taskId }) => taskId === row.id),
	};
}

function equationFacts({ reconciliation, tasks }: ClosingCase): MinutesFacts['equation'] {
	const { open, done, carried, dropped } = reconciliation;
	const textOf = ({ taskId }: StampedTask) => tasks.find(({ row }) => row.id === taskId)?.row.text ?? '';
	return {
		open,
		done: done.length,
		carried: carried.length,
		dropped: dropped.map((task) => ({ text: textOf(task), by: task.by, at: task.at, reason: task.reason })),
	};
}

function coordinatorFacts(history: readonly CoordinatorRow[], today: Day) {
	const now = coordinatorOn(history, today);
	const before = history[now ? history.indexOf(now) + 1 : 0];
	return {
		coordinator: now?.personId ?? null,
		coordinatorBefore: before?.until ? { personId: before.personId, until: weekOfDay(before.until) } : null,
	};
}

/** What somebody chose, each value once: one where they agree. */
function valuesOf<Value>(choice: Choice<Value>): Value[] {
	const seen = new Map(choice.values.map(({ value }) => [JSON.stringify(value), value]));
	return [...seen.values()];
}
