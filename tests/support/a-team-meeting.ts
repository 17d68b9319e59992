/** A team that meets: two of its cases are on the agenda, and everybody a command may be asked by. */
import { addTask } from '../../board/edit/task.ts';
import { type Database, transaction } from '../../db/client.ts';
import { findMeeting } from '../../db/repo/meeting.ts';
import { insertTeamMember } from '../../db/repo/team.ts';
import type { NewPerson } from '../../db/repo/person.ts';
import type { CaseId, MeetingId, TeamId } from '../../domain/ids.ts';
import { handleOpenMeeting } from '../../server/commands/meeting/open.ts';
import { handlePlanMeeting } from '../../server/commands/meeting/plan.ts';
import { aCitizenCase, aGrant, aTeam, aTeamLead, NOON } from './case-builders.ts';
import { edit } from './full-case.ts';
import { aStaffedBoard } from './staffed-board.ts';

export async function aTeamMeeting(db: Database) {
	const board = await aStaffedBoard(db);
	const { people, keys, municipality } = board;
	const log = board.as(people.lead).log;

	/** A team of its own with a lead, two members and two cases, so that tests do not share a meeting. */
	const aMeetingTeam = async () => {
		const team = await aTeam(db.orm, { organisationId: municipality.id });
		const lead = await aTeamLead(db.orm, team);
		for (const { id: personId } of [people.teacher, people.caseWorker]) {
			await insertTeamMember(db.orm, { teamId: team.id, personId, isLead: false, fromDay: '2020-01-01', untilDay: null });
		}
		const [amina, emre] = [
			await aCitizenCase(db.orm, { team, keys, name: 'Amina Holm' }),
			await aCitizenCase(db.orm, { team, keys, name: 'Emre Yildiz' }),
		].map(({ id }) => id) as [CaseId, CaseId];
		await transaction(db, async (tx) => {
			for (const caseId of [amina, emre]) await log.ensureDocuments(tx, caseId);
		});
		await aGrant(db.orm, { caseId: amina, personId: people.teacher.id, grantedBy: lead.id });
		const asLead = board.as(lead, [team.id]);
		const meetingId = await planned(asLead, team.id);
		return { team, lead, amina, emre, meetingId, asLead, asTeacher: board.as(people.teacher) };
	};

	/** {@link aMeetingTeam} whose meeting is on, with its lead in the chair. */
	const anOpenTeamMeeting = async () => {
		const meeting = await aMeetingTeam();
		const opened = await handleOpenMeeting(meeting.asLead, meeting.meetingId);
		if (!opened.ok) throw new Error(opened.error.code);
		return meeting;
	};

	const aTask = (caseId: CaseId, by: NewPerson, text: string) =>
		edit(
			log,
			{ caseId, compartment: { kind: 'team' }, by: by.id, at: NOON },
			(doc, editor) => void addTask(doc, editor, { text }),
		);

	const meetingNow = async (meetingId: MeetingId) => {
		const found = await findMeeting(db.orm, meetingId);
		if (!found) throw new Error('no such meeting');
		return found;
	};

	return { ...board, log, aMeetingTeam, anOpenTeamMeeting, aTask, meetingNow };
}

async function planned(ctx: Parameters<typeof handlePlanMeeting>[0], teamId: TeamId): Promise<MeetingId> {
	const result = await handlePlanMeeting(ctx, { teamId });
	if (!result.ok) throw new Error(result.error.code);
	return result.value.meetingId;
}
