import { transaction, type Executor } from '../../../db/client.ts';
import { loadCoordinators, loadOnceGranted, loadPlacements, loadTemplateContents } from '../../../db/repo/case-read.ts';
import { loadWriters } from '../../../db/repo/document-read.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { dayOf, weekOf, type Day } from '../../../domain/iso-week.ts';
import { leadsCase, mayManageAccess, mayRevealCpr, mayShareTo } from '../../../domain/policy.ts';
import { templateContentSchema } from '../../../domain/programme/template.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import type { CaseBoard, PersonOnCase } from './case-board.ts';
import { coordinatorOn, headOf, openCase, type OpenedCase } from './case-header.ts';
import { loadReadableDocuments, type ReadableDocument } from './documents.ts';
import { loadObservationViews } from './observations.ts';
import { recordOpening } from './opening.ts';
import { shownFromStanding, viewPerson } from './person-view.ts';
import { boardDocument } from './projections.ts';
import { compartmentsOf, loadAudience, readersOf, type CaseAudience, type Reader } from './reader.ts';
import { unsentTextsFor } from './unsent-texts.ts';

/** The whole board of one case for one reader, and the row in the access log, in one transaction. */
export async function readCaseBoard(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseBoard, NotFound>> {
	const at = ctx.now();
	return transaction(ctx.db, async (tx) => {
		const audience = await loadAudience(ctx, tx, caseId, at);
		const opened = audience && (await openCase(ctx, tx, caseId));
		if (!opened) return refuse({ code: 'not-found' });
		const board = await assemble(ctx, tx, audience, opened, at);
		await recordOpening(ctx, tx, { caseId, purpose: 'board', reach: audience.me.reach }, at);
		return ok(board);
	});
}

async function assemble(
	ctx: QueryContext,
	tx: Executor,
	audience: CaseAudience,
	opened: OpenedCase,
	at: Date,
): Promise<CaseBoard> {
	const { me } = audience;
	const { caseKey, row } = opened;
	const { caseId } = me.facts;
	const today = dayOf(at);
	const documents = await loadReadableDocuments(tx, me);
	const people = peopleFor(audience);
	const rights = rightsOf(me);
	return {
		case: {
			id: caseId,
			citizenId: rights.may.revealCpr ? row.citizenId : null,
			...headOf(opened, me.reach, today),
			openedAt: row.openedAt.toISOString(),
			closedAt: row.closedAt?.toISOString() ?? null,
		},
		...rights,
		coordinators: await coordinatorsFor(tx, me, today),
		people,
		formerPeople: await formerPeople(tx, me, documents, people),
		placements: (await loadPlacements(tx, [caseId]))
			.filter(({ id }) => me.reach.placementIds.includes(id))
			.map(({ caseId: _, ...each }) => each),
		template: await templateFor(tx, me, opened),
		documents: await inTurn(documents, (each) => boardDocument(ctx, tx, each, caseKey, at)),
		observations: await loadObservationViews(tx, audience, caseKey),
		unsentTexts: await unsentTextsFor(tx, me),
		now: at.toISOString(),
		today,
		week: weekOf(at),
	};
}

function rightsOf(me: Reader): Pick<CaseBoard, 'me' | 'reach' | 'may' | 'shareTo'> {
	const { actor, facts, reach, standing } = me;
	const shareable = compartmentsOf(reach).filter((each) => mayShareTo(actor, facts, reach, each));
	return {
		me: { ...viewPerson(reach, shownFromStanding(me), actor.personId), isCoordinator: standing.isCoordinator, isLead: me.isLead },
		reach: { ...reach, placementIds: [...reach.placementIds] },
		may: { manageAccess: mayManageAccess(actor, facts), revealCpr: mayRevealCpr(actor, facts, standing, reach) },
		shareTo: shareable.flatMap((each) =>
			each.kind === 'private'
				? []
				: [{ compartment: each.kind, placementId: each.kind === 'placement' ? each.placementId : null }],
		),
	};
}

/** Whoever may read something the reader may read; the rest of a case's people are none of the reader's business. */
function peopleFor({ me, everybody }: CaseAudience): CaseBoard['people'] {
	const shared = new Set(compartmentsOf(me.reach).flatMap((each) => readersOf(everybody, each)));
	const managing = mayManageAccess(me.actor, me.facts);
	return everybody
		.filter((each) => shared.has(each) || each === me)
		.map((each) => ({
			...viewPerson(me.reach, shownFromStanding(each), me.actor.personId),
			isLead: leadsCase(each.actor, each.facts),
			isCoordinator: each.standing.isCoordinator,
			access: managing ? [...each.accesses] : [],
		}));
}

async function formerPeople(
	tx: Executor,
	me: Reader,
	documents: readonly ReadableDocument[],
	present: readonly PersonOnCase[],
): Promise<PersonOnCase[]> {
	const writers = await loadWriters(
		tx,
		documents.flatMap(({ stored }) => (stored ? [stored.id] : [])),
	);
	const granted = me.reach.team ? await loadOnceGranted(tx, me.facts.caseId) : [];
	const here = new Set(present.map(({ id }) => id));
	const gone = new Map([...writers, ...granted].filter(({ personId }) => !here.has(personId)).map((row) => [row.personId, row]));
	return Array.from(gone.values(), (row) => viewPerson(me.reach, row, me.actor.personId)).sort((a, b) =>
		a.name.localeCompare(b.name, 'da'),
	);
}

async function coordinatorsFor(tx: Executor, me: Reader, today: Day): Promise<CaseBoard['coordinators']> {
	const history = await loadCoordinators(tx, [me.facts.caseId]);
	const current = coordinatorOn(history, today);
	const shown = me.reach.team ? history : current ? [current] : [];
	return shown.map((row) => ({ person: viewPerson(me.reach, row, me.actor.personId), from: row.from, until: row.until }));
}

async function templateFor(tx: Executor, me: Reader, { row }: OpenedCase): Promise<CaseBoard['template']> {
	if (!me.reach.team) return { name: null, trackTypes: [], phases: [], milestones: [] };
	const contents = await loadTemplateContents(tx, [row.templateVersionId]);
	const { name, trackTypes, phases, milestones } = templateContentSchema.parse(contents.get(row.templateVersionId));
	return { name, trackTypes, phases: phases.items, milestones };
}

/** One after the other: a transaction is one connection. */
async function inTurn<From, To>(list: readonly From[], each: (item: From) => Promise<To>): Promise<To[]> {
	const done: To[] = [];
	for (const item of list) done.push(await each(item));
	return done;
}
