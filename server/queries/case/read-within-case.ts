import { transaction, type Executor } from '../../../db/client.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { mayRead } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { CaseBoard, ObservationView, PersonOnCase } from './case-board.ts';
import { openCase } from './case-header.ts';
import { loadObservationViews } from './observations.ts';
import { recordWithinOpening } from './opening.ts';
import { shownFromStanding, viewPerson } from './person-view.ts';
import { unsentTextsFor } from './unsent-texts.ts';
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

/** What waits sealed, without its words. */
export async function readUnsentTexts(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseBoard['unsentTexts'], NotFound>> {
	return within(ctx, caseId, (tx, { me }) => unsentTextsFor(tx, me));
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
