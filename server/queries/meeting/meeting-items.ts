import type { Executor } from '../../../db/client.ts';
import { loadLastWrites } from '../../../db/repo/case-told.ts';
import { loadLatestObservations } from '../../../db/repo/document-read.ts';
import { lastDiscussed } from '../../../db/repo/meeting-agenda.ts';
import type { Compartment } from '../../../domain/compartments.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { agendaSignal } from '../../../domain/meeting/agenda-signal.ts';
import type { AgendaItem, Meeting } from '../../../domain/meeting/meeting.ts';
import { mayRead } from '../../../domain/policy.ts';
import { compartmentOfObservation } from '../case/observations.ts';
import type { QueryContext } from '../query-context.ts';
import type { MeetingItemView } from './meeting-view.ts';
import { nameCases, type NamedCase } from './named-cases.ts';

interface Told {
	readonly caseId: CaseId;
	readonly compartment: Compartment;
	readonly at: Date;
}

/** The agenda as its reader gets it. */
export async function viewItems(ctx: QueryContext, tx: Executor, { items }: Meeting, at: Date): Promise<MeetingItemView[]> {
	const named = await nameCases(
		ctx,
		tx,
		items.map(({ caseId }) => caseId),
		at,
	);
	const ids = [...named.keys()];
	const told = Map.groupBy(await loadTold(tx, ids), ({ caseId }) => caseId);
	const discussed = await lastDiscussed(tx, ids);
	return items.map((item, index) => {
		const known = named.get(item.caseId);
		const last = discussed.get(item.caseId);
		const signal = known && agendaSignal(lastToldTo(known, told.get(item.caseId) ?? []), last?.closedAt, at);
		return {
			...clockOf(item, index),
			caseId: known ? item.caseId : null,
			citizenName: known?.citizenName ?? null,
			isNews: signal?.isNews ?? false,
			isSilent: signal?.isSilent ?? false,
			lastDiscussed: last?.week ?? null,
		};
	});
}

function clockOf(item: AgendaItem, index: number) {
	const { state, budgetMs, spentMs } = item;
	const since = item.state === 'current' ? (item.since?.toISOString() ?? null) : null;
	return { position: index + 1, state, budgetMs, spentMs, since };
}

async function loadTold(tx: Executor, caseIds: readonly CaseId[]): Promise<Told[]> {
	if (caseIds.length === 0) return [];
	const written = (await loadLastWrites(tx, caseIds)).map(({ caseId, placementId, at }) => {
		const compartment: Compartment = placementId ? { kind: 'placement', placementId } : { kind: 'team' };
		return { caseId, at, compartment };
	});
	const shared = (await loadLatestObservations(tx, caseIds)).map((row) => ({
		caseId: row.caseId,
		at: row.sharedAt,
		compartment: compartmentOfObservation(row),
	}));
	return [...written, ...shared];
}

/** What a reader may not read tells them nothing: a mark would say that something is there. */
function lastToldTo({ me }: NamedCase, told: readonly Told[]): Date | undefined {
	const times = told.filter(({ compartment }) => mayRead(me.actor, me.reach, compartment)).map(({ at }) => at.getTime());
	return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}
