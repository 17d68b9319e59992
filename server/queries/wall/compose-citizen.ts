import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { agreed } from '../../../board/choice.ts';
import type { WallCitizen } from '../../../board/wall-events.ts';
import { wallPlan, type WallLine } from '../../../board/wall-plan.ts';
import type { Executor } from '../../../db/client.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import { dayOf, type IsoWeek } from '../../../domain/iso-week.ts';
import type { AgendaItem, OpenMeeting } from '../../../domain/meeting/meeting.ts';
import { dottedInitialsOf, firstNameOf } from '../../../domain/meeting/wall.ts';
import type { TemplateContent } from '../../../domain/programme/template.ts';
import { headOf, openCases, type OpenedCase } from '../case/case-header.ts';
import { loadReadableDocuments } from '../case/documents.ts';
import { projectionOf } from '../case/projections.ts';
import type { Reader } from '../case/reader.ts';
import type { QueryContext } from '../query-context.ts';

export interface CitizenOnTheWall {
	readonly meeting: OpenMeeting;
	/** The approver, as far as the wall may show what they read. */
	readonly me: Reader;
	readonly opened: OpenedCase;
	readonly template: TemplateContent;
	readonly at: Date;
}

export async function composeCitizen(ctx: QueryContext, tx: Executor, on: CitizenOnTheWall): Promise<WallCitizen> {
	const { meeting, me, opened, template, at } = on;
	const { week, isCitizenPresent } = meeting;
	const { team, placements } = await readPlan(ctx, tx, on);
	const placementTasks = placements.flatMap(({ tasks }) => tasks);
	const plan = wallPlan(team, placementTasks, template.trackTypes, week, isCitizenPresent);
	const names = await firstNames(tx, [...(plan.decision ? [plan.decision] : []), ...plan.tasks]);
	const named = ({ text, owner, dueOn }: WallLine) => ({ text, who: owner ? (names.get(owner) ?? null) : null, dueOn });
	const head = headOf(opened, me.reach, dayOf(at));
	return {
		shows: 'citizen',
		firstName: firstNameOf(head.citizenName),
		phase: phaseOf(template, head.phase),
		goal: { team: team.goal.team, citizen: team.goal.citizen },
		week,
		tracks: [...plan.tracks],
		moreTracks: plan.moreTracks,
		decision: plan.decision && named(plan.decision),
		isCitizenPresent,
		tasks: plan.tasks.map(named),
		moreTasks: plan.moreTasks,
		hours: isCitizenPresent ? hoursOf(placements, week) : null,
		agenda: isCitizenPresent ? [] : await agendaOf(ctx, tx, meeting, at),
		timer: timerOf(meeting.items),
		now: at.toISOString(),
	};
}

async function readPlan(ctx: QueryContext, tx: Executor, { me, opened }: CitizenOnTheWall) {
	const documents = await loadReadableDocuments(ctx, tx, me);
	const rowsOf = (kind: 'team' | 'placement') =>
		documents.filter(({ compartment }) => compartment.kind === kind).map((document) => projectionOf(document, opened.caseKey));
	const [team] = rowsOf('team');
	if (!team) throw new Error(`No plan of case ${me.facts.caseId}`);
	return {
		team: team as TeamProjection, // safe: of a document of that kind
		placements: rowsOf('placement').filter((rows) => rows !== null) as PlacementProjection[],
	};
}

function phaseOf({ phases }: TemplateContent, phase: string | null): WallCitizen['phase'] {
	const index = phases.items.findIndex(({ id }) => id === phase);
	const found = phases.items[index];
	return found ? { label: found.label, number: index + 1, of: phases.items.length } : null;
}

async function firstNames(tx: Executor, lines: readonly WallLine[]): Promise<ReadonlyMap<string, string>> {
	const people = await loadShownPeople(
		tx,
		lines.flatMap(({ owner }) => owner ?? []),
	);
	return new Map(people.map(({ personId, name }) => [personId, firstNameOf(name)]));
}

/** Of all placements together; null where nobody wrote any. */
function hoursOf(placements: readonly PlacementProjection[], week: IsoWeek): WallCitizen['hours'] {
	const rows = placements.flatMap(({ hours }) => hours.filter((row) => row.week === week));
	const sum = (of: 'planned' | 'actual') => {
		const told = rows.flatMap((row) => agreed(row[of]) ?? []);
		return told.length > 0 ? told.reduce((left, right) => left + right, 0) : null;
	};
	return rows.length > 0 ? { planned: sum('planned'), actual: sum('actual') } : null;
}

/** Nobody is named on the wall but whoever it is about: initials, and none of a case whose keys are gone. */
async function agendaOf(ctx: QueryContext, tx: Executor, { items }: OpenMeeting, at: Date): Promise<WallCitizen['agenda']> {
	const opened = await openCases(
		ctx,
		tx,
		items.map(({ caseId }) => caseId),
	);
	return items.map(({ caseId, state }, index) => {
		const open = opened.get(caseId);
		const name = open ? headOf(open, NAME_ONLY, dayOf(at)).citizenName : '';
		return { position: index + 1, initials: dottedInitialsOf(name), state };
	});
}

/** Nothing but the name, of which two letters are shown. */
const NAME_ONLY = { team: false, clinical: false, justice: false, placementIds: [], drafts: false, summary: false } as const;

function timerOf(items: readonly AgendaItem[]): WallCitizen['timer'] {
	const current = items.find((item) => item.state === 'current');
	if (!current) throw new Error('Nobody is current'); // the caller found their case
	const { budgetMs, spentMs, since } = current;
	return { budgetMs, spentMs, since: since?.toISOString() ?? null };
}
