import { migrateDocument } from '../../../board/migrate.ts';
import { changesBetween } from '../../../board/history.ts';
import { transaction } from '../../../db/client.ts';
import { writtenAt } from '../../../db/repo/document-epoch.ts';
import { findDocument } from '../../../db/repo/document.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import type { CaseId, DocumentId, PersonId, PlacementId } from '../../../domain/ids.ts';
import { mayRestore } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { documentAt } from '../../log/history.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import { openCase } from './case-header.ts';
import { only, rowsOf, type PlanCompartment } from './history.ts';
import { namesThen, peopleNamed, viewChanges } from './history-moments.ts';
import type { HistoryNames, RestoreFacts } from './history-view.ts';
import { recordOpening } from './opening.ts';
import { loadAudience } from './reader.ts';
import { loadTemplate } from './template-contents.ts';

export interface RestoreAsked {
	/** The plan when absent. */
	readonly placementId?: PlacementId | undefined;
	readonly seq: number;
}

interface RestoreContext extends QueryContext {
	readonly connectedTo: (documentId: DocumentId) => readonly PersonId[];
}

/** What would change, and who has the document open, for who may take it back. Logged as read. */
export async function readRestoreQuestion(
	ctx: RestoreContext,
	caseId: CaseId,
	{ placementId, seq }: RestoreAsked,
): Promise<Result<RestoreFacts, NotFound>> {
	const at = ctx.now();
	const compartment: PlanCompartment = placementId ? { kind: 'placement', placementId } : { kind: 'team' };
	const { kind } = compartment;
	return transaction(ctx.db, async (tx) => {
		const me = (await loadAudience(ctx, tx, caseId, at))?.me;
		const opened = me && mayRestore(me.actor, me.facts, me.reach, compartment) ? await openCase(ctx, tx, caseId) : undefined;
		const document = opened && (await findDocument(tx, caseId, compartment));
		const backTo = document && (await writtenAt(tx, document.id, seq));
		if (!backTo) return refuse({ code: 'not-found' });

		const then = await documentAt(tx, opened.caseKey, document.id, seq);
		const now = await documentAt(tx, opened.caseKey, document.id, document.seq);
		for (const doc of [then, now]) migrateDocument(kind, doc);
		const changes = changesBetween(kind, now, then);
		const rows = [rowsOf(kind, now), rowsOf(kind, then)] as const;
		const connected = ctx.connectedTo(document.id);
		const named = rows.flatMap((each) => peopleNamed([{ personId: null, changes }], each));
		const people = await loadShownPeople(tx, [...new Set([...named, ...connected])]);
		const template = await loadTemplate(tx, opened.row.templateVersionId);
		await recordOpening(ctx, tx, { caseId, purpose: 'history', reach: only(compartment) }, at);
		return ok({
			seq,
			backTo: backTo.toISOString(),
			changes: viewChanges(kind, changes),
			names: together(rows.map((each) => namesThen(each, people, template))),
			connected: people.filter(({ personId }) => connected.includes(personId)).map(({ name }) => name),
		});
	});
}

/** What stands now is called as it is called now, and what comes back as it was called then. */
function together(names: readonly HistoryNames[]): HistoryNames {
	return {
		people: new Map(names.flatMap(({ people }) => [...people])),
		tracks: new Map(names.flatMap(({ tracks }) => [...tracks])),
		tasks: new Map(names.flatMap(({ tasks }) => [...tasks])),
		decisions: new Map(names.flatMap(({ decisions }) => [...decisions])),
	};
}
