import { transaction } from '../../../db/client.ts';
import { meetingsHeldIn } from '../../../db/repo/meeting-record.ts';
import { loadMeetings, unclosedMeetings, type StoredMeeting } from '../../../db/repo/meeting.ts';
import { teamsOfMember } from '../../../db/repo/team-membership.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { dayOf, weekOf } from '../../../domain/iso-week.ts';
import { currentCase } from '../../../domain/meeting/move.ts';
import { mayLeadMeeting, type Actor } from '../../../domain/policy.ts';
import type { QueryContext } from '../query-context.ts';
import type { MeetingBrief, MeetingList } from './meeting-view.ts';
import { nameCases, type NamedCase } from './named-cases.ts';

/** The meetings of one's teams, as they are seen from elsewhere, and the ones that may be started. */
export async function listMeetings(ctx: QueryContext): Promise<MeetingList> {
	const at = ctx.now();
	const { actor } = ctx.signedIn;
	return transaction(ctx.db, async (tx) => {
		const teams = await teamsOfMember(tx, actor.personId, dayOf(at));
		const teamIds = teams.map(({ id }) => id);
		const meetings = await loadMeetings(tx, await unclosedMeetings(tx, teamIds));
		const named = await nameCases(
			ctx,
			tx,
			meetings.flatMap(({ meeting }) => currentCase(meeting) ?? []),
			at,
		);
		const byTeam = new Map(meetings.map((stored) => [stored.meeting.teamId, stored]));
		const running = teams.flatMap((team) => {
			const stored = byTeam.get(team.id);
			return stored ? [briefOf(stored, team, named, actor)] : [];
		});
		const startable = teams.filter(({ id }) => !byTeam.has(id) && mayLeadMeeting(actor, { teamId: id, isMember: true }));
		const week = weekOf(at);
		const startableIds = startable.map(({ id }) => id);
		const held = await meetingsHeldIn(tx, startableIds, week);
		return { running, startable: startable.map((team) => ({ team, week, heldId: held.get(team.id) ?? null })) };
	});
}

function briefOf(
	{ meeting, revision }: StoredMeeting,
	team: MeetingBrief['team'],
	named: ReadonlyMap<CaseId, NamedCase>,
	actor: Actor,
): MeetingBrief {
	const { id, week, phase, items } = meeting;
	const index = items.findIndex(({ state }) => state === 'current');
	const current = named.get(items[index]?.caseId as CaseId); // undefined finds nothing
	return {
		...{ id, revision, team, week, phase, count: items.length },
		position: index < 0 ? null : index + 1,
		current: current ? { caseId: current.me.facts.caseId, citizenName: current.citizenName } : null,
		mayLead: mayLeadMeeting(actor, { teamId: team.id, isMember: true }),
	};
}
