import { transaction } from '../../db/client.ts';
import { stampAttendance } from '../../db/repo/meeting-attendance.ts';
import type { MeetingId } from '../../domain/ids.ts';
import { handleCarryTask } from '../commands/meeting/carry-task.ts';
import { handleChangeAgenda } from '../commands/meeting/change-agenda.ts';
import { handleCloseMeeting } from '../commands/meeting/close.ts';
import { handleMoveMeeting } from '../commands/meeting/move.ts';
import { handleOpenMeeting } from '../commands/meeting/open.ts';
import { handlePlanMeeting } from '../commands/meeting/plan.ts';
import { readReconciliation } from '../queries/meeting/reconciliation.ts';
import { CAST, type TeamKey } from './cast.ts';
import { Chance } from './chance.ts';
import { meetingHours } from './meeting-hours.ts';
import type { Municipality } from './municipality.ts';
import type { CasePlan } from './play-case.ts';
import { done, type Role, type Stage } from './stage.ts';
import { MEETINGS_BACK } from './story.ts';
import { Timeline } from './timeline.ts';

/** Lets a team's stories happen, week by week, with its meeting every Wednesday. @param onMeeting told after each */
export async function playTeam(
	stage: Stage,
	municipality: Municipality,
	team: TeamKey,
	cases: readonly CasePlan[],
	onMeeting: () => void,
): Promise<void> {
	const timeline = new Timeline(cases.flatMap(({ happenings }) => happenings));
	for (let weeksAgo = MEETINGS_BACK; weeksAgo > 0; weeksAgo--) {
		await meet(stage, municipality, team, cases, timeline, weeksAgo);
		onMeeting();
	}
	await timeline.until(stage, stage.now);
}

async function meet(
	stage: Stage,
	municipality: Municipality,
	team: TeamKey,
	cases: readonly CasePlan[],
	timeline: Timeline,
	weeksAgo: number,
): Promise<void> {
	const { opens, closes } = meetingHours(stage.now, weeksAgo);
	const members = membersOf(municipality, team);
	const lead = members.find(({ leads }) => leads.length > 0)!; // every team of the cast has one
	const discussed = cases.filter(({ story }) => story.meetings.some((each) => each.weeksAgo === weeksAgo));
	await timeline.until(stage, opens);

	const { meetingId, revision } = done(await handlePlanMeeting(stage.as(lead, opens), { teamId: municipality.teams[team] }));
	const caseIds = discussed.map(({ caseId }) => caseId);
	done(await handleChangeAgenda(stage.as(lead, opens), meetingId, { revision, caseIds }));
	done(await handleOpenMeeting(stage.as(lead, opens), meetingId));
	await attend(stage, meetingId, members, opens, closes);
	const each = (closes.getTime() - opens.getTime()) / (caseIds.length + 1);
	for (const [index, caseId] of caseIds.entries()) {
		done(await handleMoveMeeting(stage.as(lead, new Date(opens.getTime() + index * each)), meetingId, { caseId }));
	}
	await timeline.until(stage, closes);
	await answerOverdue(stage, lead, meetingId, closes);
	done(await handleCloseMeeting(stage.as(lead, closes), meetingId));
}

function membersOf({ people }: Municipality, team: TeamKey): readonly Role[] {
	return CAST.filter((member) => member.team === team).map(({ account }) => people.get(account)!); // the cast is employed
}

/** Now and then somebody cannot come; the lead always does. */
async function attend(stage: Stage, meetingId: MeetingId, members: readonly Role[], opens: Date, closes: Date): Promise<void> {
	const chance = new Chance(`attendance ${opens.toISOString()}`);
	const came = members.filter(({ leads }) => leads.length > 0 || chance.happens(0.88));
	const rows = came.map(({ personId }) => ({ meetingId, personId }));
	await transaction(stage.db, (tx) => stampAttendance(tx, rows, opens));
	await transaction(stage.db, (tx) => stampAttendance(tx, rows, closes));
}

async function answerOverdue(stage: Stage, lead: Role, meetingId: MeetingId, at: Date): Promise<void> {
	const { unanswered } = done(await readReconciliation(stage.as(lead, at), meetingId));
	for (const { documentId, taskId } of unanswered) {
		done(await handleCarryTask(stage.as(lead, at), meetingId, { documentId, taskId }));
	}
}
