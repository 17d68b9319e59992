import { transaction, type Executor } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import { findMeeting, type StoredMeeting } from '../../../db/repo/meeting.ts';
import { findPerson } from '../../../db/repo/person.ts';
import { findTeam, leadsOf } from '../../../db/repo/team.ts';
import type { ApprovedScreen } from '../../../db/repo/wall-screen.ts';
import type { WallFrame } from '../../../board/wall-events.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { currentCase } from '../../../domain/meeting/move.ts';
import { hasOutlivedApproval } from '../../../domain/meeting/wall.ts';
import { mayLeadMeeting, type Actor } from '../../../domain/policy.ts';
import { openCase } from '../case/case-header.ts';
import { recordWithinOpening } from '../case/opening.ts';
import { readerOf } from '../case/reader.ts';
import { loadTemplate } from '../case/template-contents.ts';
import type { QueryContext } from '../query-context.ts';
import { composeCitizen } from './compose-citizen.ts';

export type WallDeps = Omit<QueryContext, 'signedIn'>;

export interface ComposedWall {
	readonly frame: WallFrame;
	/** Whose picture it is: it is composed again when that case changes. */
	readonly caseId: CaseId | undefined;
}

/**
 * The whole picture of a screen, as the person who approved it may read it now. Each case is logged as read by them, for
 * the purpose `wall`, before anything of it leaves.
 */
export async function composeWall(deps: WallDeps, screen: ApprovedScreen): Promise<ComposedWall> {
	const at = deps.now();
	const nothing: ComposedWall = { frame: { shows: 'nothing', now: at.toISOString() }, caseId: undefined };
	if (hasOutlivedApproval(screen.approvedAt, at)) return nothing;
	return transaction(deps.db, async (tx) => {
		const actor = await approverOf(tx, screen, at);
		const stored = await findMeeting(tx, screen.meetingId);
		if (!actor || !stored || !mayLeadMeeting(actor, { teamId: stored.meeting.teamId, isMember: true })) return nothing;
		const ctx = { ...deps, signedIn: { sessionId: screen.id, actor } };
		return (await citizenOf(ctx, tx, stored, at)) ?? curtain(tx, stored, at);
	});
}

async function approverOf(tx: Executor, { approvedBy }: ApprovedScreen, at: Date): Promise<Actor | undefined> {
	const person = await findPerson(tx, approvedBy);
	if (!person || person.endedAt) return undefined;
	const leads = await leadsOf(tx, approvedBy, dayOf(at));
	return { personId: person.id, profession: person.profession, organisationId: person.organisationId, leads };
}

async function curtain(tx: Executor, { meeting }: StoredMeeting, at: Date): Promise<ComposedWall> {
	const team = await findTeam(tx, meeting.teamId);
	const { week, phase } = meeting;
	return { frame: { shows: 'curtain', team: team?.name ?? '', week, phase, now: at.toISOString() }, caseId: undefined };
}

/** Undefined while there is nobody to show: the curtain is down, or the meeting is between citizens. */
async function citizenOf(
	ctx: QueryContext,
	tx: Executor,
	{ meeting }: StoredMeeting,
	at: Date,
): Promise<ComposedWall | undefined> {
	const caseId = meeting.phase === 'open' && !meeting.isCurtainDown ? currentCase(meeting) : undefined;
	if (meeting.phase !== 'open' || !caseId) return undefined;
	const [standing] = await loadStandings(tx, { caseIds: [caseId], personIds: [ctx.signedIn.actor.personId] }, at);
	const me = standing && readerOf(standing);
	const opened = me?.reach.team ? await openCase(ctx, tx, caseId) : undefined;
	if (!me || !opened) return undefined;
	const template = await loadTemplate(tx, opened.row.templateVersionId);
	const placementIds = meeting.isCitizenPresent ? me.reach.placementIds : [];
	const shown = { ...me, reach: { ...me.reach, clinical: false, justice: false, drafts: false, placementIds } };
	await recordWithinOpening(ctx, tx, { caseId, purpose: 'wall', reach: shown.reach }, at);
	return { frame: await composeCitizen(ctx, tx, { meeting, me: shown, opened, template, at }), caseId };
}
