import { newId } from '../../../board/new-id.ts';
import { type Executor, transaction } from '../../../db/client.ts';
import { lastAgendaOf, openCasesOfTeam } from '../../../db/repo/meeting-agenda.ts';
import { meetingsHeldIn } from '../../../db/repo/meeting-record.ts';
import { insertMeeting, unclosedMeetingOf } from '../../../db/repo/meeting.ts';
import { isMemberOn } from '../../../db/repo/team-membership.ts';
import { lockTeam } from '../../../db/repo/team.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { dayOf, weekOf } from '../../../domain/iso-week.ts';
import { proposeAgenda } from '../../../domain/meeting/agenda.ts';
import { planMeeting } from '../../../domain/meeting/plan.ts';
import { mayAttendMeeting, mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { type CommandContext, record } from '../context.ts';
import { agendaCases } from './agenda-cases.ts';
import type { NewMeetingInput } from './meeting.ts';
import type { MeetingSaved } from './transaction-on-meeting.ts';

export type PlanMeetingFailure =
	| { readonly code: 'not-found' | 'forbidden' }
	/** A team has one meeting at a time. */
	| { readonly code: 'meeting-exists'; readonly meetingId: MeetingId }
	/** This week’s was closed: another one is never an accident. */
	| { readonly code: 'meeting-held'; readonly meetingId: MeetingId };

export interface PlannedAnswer extends MeetingSaved {
	readonly meetingId: MeetingId;
}

/** This week's meeting of a team, with the agenda that proposes itself. */
export async function handlePlanMeeting(
	ctx: CommandContext,
	input: NewMeetingInput,
): Promise<Result<PlannedAnswer, PlanMeetingFailure>> {
	const result = await transaction(ctx.db, (tx) => plan(ctx, tx, input));
	if (result.ok) ctx.announce({ kind: 'meeting', teamId: input.teamId, ...result.value });
	return result;
}

async function plan(
	ctx: CommandContext,
	tx: Executor,
	{ teamId, extra = false }: NewMeetingInput,
): Promise<Result<PlannedAnswer, PlanMeetingFailure>> {
	const { actor } = ctx.signedIn;
	const at = ctx.now();
	const found = await lockTeam(tx, teamId);
	const team = { teamId, isMember: await isMemberOn(tx, teamId, actor.personId, dayOf(at)) };
	if (!found || !mayAttendMeeting(actor, team)) return refuse({ code: 'not-found' });
	if (!mayLeadMeeting(actor, team)) return refuse({ code: 'forbidden' });
	const running = await unclosedMeetingOf(tx, teamId);
	if (running) return refuse({ code: 'meeting-exists', meetingId: running });
	const week = weekOf(at);
	const held = (await meetingsHeldIn(tx, [teamId], week)).get(teamId);
	if (held && !extra) return refuse({ code: 'meeting-held', meetingId: held });

	const cases = await agendaCases(ctx, tx, await openCasesOfTeam(tx, teamId), at);
	const agenda = proposeAgenda(cases, await lastAgendaOf(tx, teamId), at);
	const meetingId = newId<MeetingId>(at.getTime());
	const planned = planMeeting({ id: meetingId, teamId, week }, agenda);
	const revision = await insertMeeting(tx, planned, found.organisationId, at);
	await record(ctx, tx, found.organisationId, { action: 'meeting.plan', subject: { meetingId, teamId } });
	return ok({ meetingId, revision });
}
