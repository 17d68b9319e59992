import { transaction, type Executor } from '../../../db/client.ts';
import { loadCaseHeaders } from '../../../db/repo/case-read.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { mayRead } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { CaseBoard, ObservationView, PersonOnCase } from './case-board.ts';
import type { CaseProgramme } from './case-programme.ts';
import { openCase } from './case-header.ts';
import { loadMassDeletionsFor, type MassDeletionView } from './mass-deletions.ts';
import { loadObservationViews } from './observations.ts';
import { loadOfflineKeys, type OfflineKeys } from './offline-keys.ts';
import { recordWithinOpening } from './opening.ts';
import { loadRatingsView } from './ratings.ts';
import type { RatingsView } from './ratings-view.ts';
import { shownFromStanding, viewPerson } from './person-view.ts';
import { loadTemplate } from './template-contents.ts';
import { loadUnsentTextsFor } from './unsent-texts.ts';
import { loadAudience, readersOf, type CaseAudience } from './reader.ts';

/** The stream again, after an announcement. */
export async function readObservations(ctx: QueryContext, caseId: CaseId): Promise<Result<ObservationView[], NotFound>> {
	return within(ctx, caseId, async (tx, audience) => {
		const opened = await openCase(ctx, tx, caseId);
		return opened && loadObservationViews(tx, audience, opened.caseKey);
	});
}

/** The faces before the click: who will be able to read what is shared to a compartment. */
export async function readReaders(
	ctx: QueryContext,
	caseId: CaseId,
	compartment: Compartment,
): Promise<Result<PersonOnCase[], NotFound>> {
	return within(ctx, caseId, async (_tx, { me, everybody }) => {
		if (compartment.kind === 'private' || !mayRead(me.actor, me.reach, compartment)) return undefined;
		return readersOf(everybody, compartment).map((each) => viewPerson(me.reach, shownFromStanding(each), me.actor.personId));
	});
}

/** The milestones' ratings; for who reads the plan they belong to. */
export async function readRatings(ctx: QueryContext, caseId: CaseId): Promise<Result<RatingsView, NotFound>> {
	return within(ctx, caseId, async (tx, audience) => {
		const opened = audience.me.reach.team ? await openCase(ctx, tx, caseId) : undefined;
		return opened && loadRatingsView(tx, audience, opened, ctx.now());
	});
}

/** What waits sealed, without its words. */
export async function readUnsentTexts(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseBoard['unsentTexts'], NotFound>> {
	return within(ctx, caseId, (tx, { me }) => loadUnsentTextsFor(tx, me));
}

/** Of who deleted much of what, for who may take it back. */
export async function readMassDeletions(ctx: QueryContext, caseId: CaseId): Promise<Result<MassDeletionView[], NotFound>> {
	return within(ctx, caseId, (tx, { me }) => loadMassDeletionsFor(tx, me, ctx.now()));
}

/** For whoever may open the case now: what they wrote there and could not send is theirs no longer than that. */
export async function readOfflineKeys(ctx: QueryContext, caseId: CaseId): Promise<Result<OfflineKeys, NotFound>> {
	return within(ctx, caseId, (tx, { me }) => loadOfflineKeys(ctx, tx, me));
}

/** Why each track is there. */
export async function readProgramme(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseProgramme, NotFound>> {
	return within(ctx, caseId, async (tx, { me }) => {
		const row = me.reach.team ? (await loadCaseHeaders(tx, [caseId]))[0] : undefined;
		if (!row) return undefined;
		const { trackTypes, milestones, mechanisms, contexts } = await loadTemplate(tx, row.templateVersionId);
		return { trackTypes, milestones, mechanisms, contexts };
	});
}

/** Something an open board fetches: covered by the row its opening wrote, or writing one. */
async function within<Answer>(
	ctx: QueryContext,
	caseId: CaseId,
	read: (tx: Executor, audience: CaseAudience) => Promise<Answer | undefined>,
): Promise<Result<Answer, NotFound>> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const audience = await loadAudience(ctx, tx, caseId, at);
		const answer = audience && (await read(tx, audience));
		if (!audience || answer === undefined) return refuse({ code: 'not-found' });
		await recordWithinOpening(ctx, tx, { caseId, purpose: 'board', reach: audience.me.reach }, at);
		return ok(answer);
	});
}
