import type { TeamProjection } from '../../../board/project.ts';
import { decisionsSince, linesSince } from '../../../board/said-since.ts';
import { transaction, type Executor } from '../../../db/client.ts';
import { findDocument } from '../../../db/repo/document.ts';
import { findMinutes, loadDiscussed, loadMinutesAmendments } from '../../../db/repo/minutes.ts';
import { newestSnapshots, partsOf, snapshotsOf } from '../../../db/repo/snapshot.ts';
import type { CaseId, MeetingId } from '../../../domain/ids.ts';
import { mayShareTo } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { openMinutes } from '../../log/minutes.ts';
import { planIn } from '../../log/snapshot.ts';
import { MINUTES_AMENDMENT, unsealText } from '../../log/sealed-text.ts';
import { verifySnapshots } from '../../log/snapshot-chain.ts';
import { openCase } from '../case/case-header.ts';
import { recordOpening } from '../case/opening.ts';
import { viewPerson } from '../case/person-view.ts';
import { loadAudience, type Reader } from '../case/reader.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { MinutesView } from './minutes-view.ts';
import { planOnly } from './plan-only.ts';

/** The minutes of one case, for who reads its plan today; the chain of its snapshots is recomputed each time. */
export async function readMinutes(
	ctx: QueryContext,
	meetingId: MeetingId,
	caseId: CaseId,
): Promise<Result<MinutesView, NotFound>> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const audience = await loadAudience(ctx, tx, caseId, at);
		const opened = audience?.me.reach.team ? await openCase(ctx, tx, caseId) : undefined;
		const stored = opened && (await findMinutes(tx, meetingId, caseId));
		if (!audience || !stored) return refuse({ code: 'not-found' });
		const { me } = audience;
		const mayAmend = mayShareTo(me.actor, me.facts, me.reach, { kind: 'team' });
		const { count, brokenAt } = await verifySnapshots(tx, opened.caseKey, caseId);
		await recordOpening(ctx, tx, { caseId, purpose: 'minutes', reach: planOnly(me.reach) }, at);
		return ok({
			facts: openMinutes(opened.caseKey, stored),
			amendments: await amendmentsOf(tx, me, opened.caseKey, meetingId),
			snapshots: await snapshotReferences(tx, caseId),
			chain: { count, brokenAt },
			mayAmend,
			saidLater: mayAmend ? await saidLater(ctx, tx, opened.caseKey, { meetingId, caseId }) : [],
		});
	});
}

/**
 * What was decided and agreed after the meeting had closed, as long as it is the newest that talked of the case: the next one
 * writes it down, and until then it is offered as an amendment.
 */
async function saidLater(
	{ log }: QueryContext,
	tx: Executor,
	caseKey: Buffer,
	{ meetingId, caseId }: { readonly meetingId: MeetingId; readonly caseId: CaseId },
): Promise<readonly string[]> {
	const newest = (await newestSnapshots(tx, [caseId])).get(caseId);
	const document = newest?.meetingId === meetingId ? await findDocument(tx, caseId, { kind: 'team' }) : undefined;
	const now = document && ((await log.readProjection(tx, document.id))?.projection as TeamProjection | undefined); // safe: the team's
	const then = newest && planIn(caseKey, await partsOf(tx, [newest.id]));
	if (!now || !then) return [];
	const words = [...decisionsSince(now, then).map(({ text }) => text), ...Object.values(linesSince(now, then))];
	return words.filter((each) => each.trim() !== '');
}

/** All of a case, newest first. */
export async function snapshotReferences(tx: Executor, caseId: CaseId): Promise<MinutesView['snapshots']> {
	const hashes = new Map((await snapshotsOf(tx, caseId)).map(({ id, hash }) => [id, hash]));
	return (await loadDiscussed(tx, [caseId])).flatMap(({ snapshotId, meetingId, week, closedAt }) => {
		const hash = hashes.get(snapshotId);
		return hash ? [{ id: snapshotId, meetingId, week, takenAt: closedAt.toISOString(), hash: hash.toString('hex') }] : [];
	});
}

async function amendmentsOf(
	tx: Executor,
	{ facts: { caseId }, reach, actor }: Reader,
	caseKey: Buffer,
	meetingId: MeetingId,
): Promise<MinutesView['amendments']> {
	return (await loadMinutesAmendments(tx, meetingId, caseId)).map((row) => ({
		id: row.id,
		author: viewPerson(reach, row, actor.personId),
		text: unsealText(caseKey, row.sealedText, MINUTES_AMENDMENT, row.id),
		amendedAt: row.amendedAt.toISOString(),
	}));
}
