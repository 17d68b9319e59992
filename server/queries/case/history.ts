import type * as Y from 'yjs';
import { momentsOf } from '../../../board/history.ts';
import { projectPlacement, projectTeam } from '../../../board/project.ts';
import { transaction } from '../../../db/client.ts';
import { loadPlacements } from '../../../db/repo/case-read.ts';
import { findDocument } from '../../../db/repo/document.ts';
import { firstWritten } from '../../../db/repo/document-history.ts';
import { loadShownPeople } from '../../../db/repo/shown-person.ts';
import type { DocumentCompartment } from '../../../domain/compartments.ts';
import { startOfDay } from '../../../domain/day-start.ts';
import type { CaseId, PlacementId } from '../../../domain/ids.ts';
import { addWeeks, dayOf, mondayOf, weekOf, type IsoWeek } from '../../../domain/iso-week.ts';
import { mayRead, mayRestore, mayWrite, type Reach } from '../../../domain/policy.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import { documentAt, readStretch } from '../../log/history.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import { viewTemplate } from './board-view.ts';
import { headOf, openCase } from './case-header.ts';
import { namesThen, peopleNamed, viewMoment } from './history-moments.ts';
import type { HistoryFacts, RowsThen } from './history-view.ts';
import { recordOpening } from './opening.ts';
import { viewPerson } from './person-view.ts';
import { loadAudience } from './reader.ts';
import { loadTemplate } from './template-contents.ts';

export interface HistoryAsked {
	/** This one when absent. */
	readonly week?: IsoWeek | undefined;
	/** The plan's past when absent. */
	readonly placementId?: PlacementId | undefined;
	/** The sequence to show the plan at. */
	readonly at?: number | undefined;
}

export type PlanCompartment = Exclude<DocumentCompartment, { readonly kind: 'private' }>;

/** Who wrote what when in one week, and the plan as it stood, for who reads that document today. Logged as read. */
export async function readHistory(
	ctx: QueryContext,
	caseId: CaseId,
	{ week: asked, placementId, at: askedSeq }: HistoryAsked,
): Promise<Result<HistoryFacts, NotFound>> {
	const at = ctx.now();
	const week = asked ?? weekOf(at);
	const compartment: PlanCompartment = placementId ? { kind: 'placement', placementId } : { kind: 'team' };
	return transaction(ctx.db, async (tx) => {
		const me = (await loadAudience(ctx, tx, caseId, at))?.me;
		const opened = me && mayRead(me.actor, me.reach, compartment) ? await openCase(ctx, tx, caseId) : undefined;
		const document = opened && (await findDocument(tx, caseId, compartment));
		if (!me || !opened || !document) return refuse({ code: 'not-found' });
		const shownSeq = askedSeq === undefined ? undefined : Math.min(askedSeq, document.seq);

		const { kind } = compartment;
		const [from, until] = [startOfDay(mondayOf(week)), startOfDay(mondayOf(addWeeks(week, 1)))];
		const written = await readStretch(tx, opened.caseKey, document.id, from, until);
		const { moments, doc } = written ? momentsOf(kind, written.doc, written.edits) : { moments: [], doc: undefined };
		const atWeeksEnd = doc && rowsOf(kind, doc);
		const then = shownSeq === undefined ? undefined : await documentAt(tx, opened.caseKey, document.id, shownSeq);
		const rows = then ? rowsOf(kind, then) : atWeeksEnd;
		const template = await loadTemplate(tx, opened.row.templateVersionId);
		const people = await loadShownPeople(tx, peopleNamed(moments, rows));
		const placements = await loadPlacements(tx, [caseId]);
		await recordOpening(ctx, tx, { caseId, purpose: 'history', reach: only(compartment) }, at);
		return ok({
			caseId,
			citizenName: headOf(opened, me.reach, dayOf(at)).citizenName,
			week,
			weeks: { earliest: weekOf((await firstWritten(tx, document.id)) ?? at), now: weekOf(at) },
			placementId: placementId ?? null,
			placements: placements
				.filter(({ id }) => mayRead(me.actor, me.reach, { kind: 'placement', placementId: id }))
				.map(({ id, company }) => ({ id, company })),
			moments: moments.map((moment) => viewMoment(kind, moment, written?.epochs ?? [])),
			names: namesThen(atWeeksEnd, people, template),
			shown: rows ? { seq: shownSeq ?? moments.at(-1)?.lastSeq ?? written!.edits.at(-1)!.seq, rows } : null, // a stretch has edits
			template: viewTemplate(template, me),
			people: people.map((row) => viewPerson(me.reach, row, me.actor.personId)),
			mayGiveBack: mayWrite(me.actor, me.facts, me.reach, compartment),
			mayRestore: mayRestore(me.actor, me.facts, me.reach, compartment),
		});
	});
}

/** Private documents have no history. The document is not needed afterwards. */
export function rowsOf(kind: 'team' | 'placement', doc: Y.Doc): RowsThen {
	const rows = kind === 'team' ? projectTeam(doc) : projectPlacement(doc);
	doc.destroy();
	return rows;
}

/** What is read here, and no more, is what the log says. */
export function only(compartment: PlanCompartment): Reach {
	const placementIds = compartment.kind === 'placement' ? [compartment.placementId] : [];
	return { team: compartment.kind === 'team', placementIds, clinical: false, justice: false, drafts: false, summary: false };
}
