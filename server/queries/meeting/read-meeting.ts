import { transaction, type Executor } from '../../../db/client.ts';
import { attendanceOf } from '../../../db/repo/meeting-attendance.ts';
import type { ShownPersonRow } from '../../../db/repo/shown-person.ts';
import { loadMembersOn } from '../../../db/repo/team-membership.ts';
import { findTeam } from '../../../db/repo/team.ts';
import { screensOf } from '../../../db/repo/wall-screen.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { chairOf, isPresent } from '../../../domain/meeting/chair.ts';
import type { Meeting } from '../../../domain/meeting/meeting.ts';
import { mayChairMeeting, mayLeadMeeting } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { PersonOnCase } from '../case/case-board.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import { attendedMeeting, type AttendedMeeting } from './attended-meeting.ts';
import { viewItems } from './meeting-items.ts';
import type { MeetingView } from './meeting-view.ts';

/** A meeting for one of its team. */
export async function readMeeting(ctx: QueryContext, meetingId: MeetingId): Promise<Result<MeetingView, NotFound>> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const found = await attendedMeeting(ctx, tx, meetingId, at);
		return found ? ok(await view(ctx, tx, found, at)) : refuse({ code: 'not-found' });
	});
}

async function view(ctx: QueryContext, tx: Executor, found: AttendedMeeting, at: Date): Promise<MeetingView> {
	const { meeting, revision, team } = found;
	const { actor } = ctx.signedIn;
	const { id, teamId, week, phase } = meeting;
	return {
		...{ id, revision, week, phase },
		team: { id: teamId, name: (await findTeam(tx, teamId))?.name ?? '' },
		...startOf(meeting),
		items: await viewItems(ctx, tx, meeting, at),
		attendance: await viewAttendance(tx, meeting, at),
		wallScreens: (await screensOf(tx, id)).length,
		may: { lead: mayLeadMeeting(actor, team), chair: mayChairMeeting(actor, team, chairOf(meeting)) },
		meId: actor.personId,
		now: at.toISOString(),
	};
}

/** Before it begins and after it closed there is no wall to hide from, and nobody asks for the chair. */
function startOf(meeting: Meeting) {
	const running = meeting.phase === 'open' || meeting.phase === 'parked' ? meeting : undefined;
	return {
		openedAt: meeting.phase === 'planned' ? null : meeting.openedAt.toISOString(),
		closedAt: meeting.phase === 'closed' ? meeting.closedAt.toISOString() : null,
		chairId: chairOf(meeting),
		askedBy: running?.askedBy ?? null,
		isCurtainDown: running?.isCurtainDown ?? true,
		isCitizenPresent: running?.isCitizenPresent ?? false,
	};
}

async function viewAttendance(tx: Executor, { id, teamId, phase }: Meeting, at: Date): Promise<MeetingView['attendance']> {
	const came = await attendanceOf(tx, id);
	const seen = new Set(came.map(({ personId }) => personId));
	const absent =
		phase === 'closed' ? [] : (await loadMembersOn(tx, teamId, dayOf(at))).filter(({ personId }) => !seen.has(personId));
	const rows = [
		...came.map(({ firstSeenAt, lastSeenAt, ...person }) => ({
			person: shown(person),
			firstSeenAt: firstSeenAt.toISOString(),
			lastSeenAt: lastSeenAt.toISOString(),
			isPresent: phase !== 'closed' && isPresent(lastSeenAt, at),
		})),
		...absent.map((person) => ({ person: shown(person), firstSeenAt: null, lastSeenAt: null, isPresent: false })),
	];
	return rows.sort((one, other) => one.person.name.localeCompare(other.person.name, 'da'));
}

/** Who sits in one meeting knows who the others are. */
function shown({ personId, name, profession, organisationName, external }: ShownPersonRow): PersonOnCase {
	return { id: personId, name, profession, organisation: organisationName, external };
}
