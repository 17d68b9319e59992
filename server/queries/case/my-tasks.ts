import { z } from 'zod';
import { isOpen } from '../../../board/rows.ts';
import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import { transaction, type Executor } from '../../../db/client.ts';
import { loadStandings } from '../../../db/repo/case-standing.ts';
import { idSchema, type CaseId, type PersonId, type TaskId } from '../../../domain/ids.ts';
import { dayOf, isDay } from '../../../domain/iso-week.ts';
import { mayRead, maySeeCase, type Reach } from '../../../domain/policy.ts';
import { labelSchema, type Label, type TemplateContent } from '../../../domain/programme/template.ts';
import type { QueryContext } from '../query-context.ts';
import { headOf, openCases } from './case-header.ts';
import { loadDocuments, readableAmong } from './documents.ts';
import { recordOpenings, recordWithinOpenings, type Reading } from './opening.ts';
import { projectionOf } from './projections.ts';
import { readerOf, type Reader } from './reader.ts';
import { loadTemplates } from './template-contents.ts';

const day = z.string().refine(isDay);

/** Open tasks of one person in one document, with what it takes to answer for them. */
export const taskDocumentSchema = z.object({
	caseId: idSchema<CaseId>(),
	citizenName: z.string(),
	/** The path under /sync/; the answers are written into the document itself. */
	name: z.string(),
	compartment: z.enum(['team', 'placement']),
	access: z.enum(['read', 'write']),
	/** Who reads the document, so may be handed a task. */
	people: z.array(z.object({ id: idSchema<PersonId>(), name: z.string() })),
	tasks: z.array(
		z.object({
			id: idSchema<TaskId>(),
			text: z.string(),
			/** Null for a task of the whole plan, and on a placement. */
			track: labelSchema.nullable(),
			/** Null where there is none, or where two have been chosen. */
			dueOn: day.nullable(),
		}),
	),
});
export type TaskDocument = z.infer<typeof taskDocumentSchema>;

export const myTasksSchema = z.object({
	documents: z.array(taskDocumentSchema),
	/** Names of all documents looked in: where no task of one's own is left, what was answered on a page may go on standing there. */
	readable: z.array(z.string()),
	today: day,
	now: z.iso.datetime(),
});
export type MyTasks = z.infer<typeof myTasksSchema>;

/** A person's open tasks across their cases; each case one of them stands in is logged as read, in the same transaction. */
export function listMyTasks(ctx: QueryContext): Promise<MyTasks> {
	return list(ctx, undefined, (tx, shown, at) =>
		recordOpenings(
			ctx,
			tx,
			shown.map((read) => ({ ...read, purpose: 'tasks' })),
			at,
		),
	);
}

/** Those of some cases again, after an announcement: covered by what the opening of the list wrote, or writing it. */
export function listMyTasksAgain(ctx: QueryContext, caseIds: readonly CaseId[]): Promise<MyTasks> {
	return list(ctx, caseIds, (tx, shown, at) => recordWithinOpenings(ctx, tx, 'tasks', shown, at));
}

async function list(
	ctx: QueryContext,
	caseIds: readonly CaseId[] | undefined,
	log: (tx: Executor, shown: readonly Omit<Reading, 'purpose'>[], at: Date) => Promise<void>,
): Promise<MyTasks> {
	const at = ctx.now();
	const self = ctx.signedIn.actor.personId;
	const today = dayOf(at);
	return transaction(ctx.db, async (tx) => {
		const mine = (await loadStandings(tx, { personIds: [self], ...(caseIds && { caseIds }) }, at)).map(readerOf);
		const readers = mine.filter(({ reach, facts }) => maySeeCase(reach) && !facts.closed);
		const opened = await openCases(
			ctx,
			tx,
			readers.map(({ facts }) => facts.caseId),
		);
		const stored = await loadDocuments(ctx, tx, [...opened.keys()], [self]);
		const versions = new Set(Array.from(opened.values(), ({ row }) => row.templateVersionId));
		const templates = await loadTemplates(tx, [...versions]);
		const labels = new Map(Array.from(templates, ([id, content]) => [id, trackLabels(content)]));
		const readable: string[] = [];
		const found = readers.flatMap((me) => {
			const { caseId } = me.facts;
			const open = opened.get(caseId);
			if (!open) return [];
			return readableAmong(stored, me).flatMap((document) => {
				const { compartment, name, access } = document;
				if (compartment.kind === 'private') return [];
				readable.push(name);
				const rows = projectionOf(document, open.caseKey) as TeamProjection | PlacementProjection | null;
				const tasks = tasksOf(rows, self, labels.get(open.row.templateVersionId));
				const { citizenName } = headOf(open, me.reach, today);
				return tasks.length === 0 ? [] : [{ me, document, caseId, citizenName, name, access, compartment, tasks }];
			});
		});
		const everybody = await readersOfCases(
			found.map(({ caseId }) => caseId),
			(caseIds) => loadStandings(tx, { caseIds }, at),
		);
		await log(tx, readingsOf(found), at);
		const documents = found.map(({ caseId, citizenName, name, access, compartment, tasks }) => ({
			...{ caseId, citizenName, name, access, tasks },
			compartment: compartment.kind,
			people: everybody
				.filter(
					({ facts, actor, reach }) => facts.caseId === caseId && actor.personId !== self && mayRead(actor, reach, compartment),
				)
				.map(({ actor, name: called }) => ({ id: actor.personId, name: called })),
		}));
		return { documents, readable, today, now: at.toISOString() };
	});
}

async function readersOfCases(
	caseIds: readonly CaseId[],
	load: (caseIds: readonly CaseId[]) => ReturnType<typeof loadStandings>,
): Promise<Reader[]> {
	return caseIds.length === 0 ? [] : (await load([...new Set(caseIds)])).map(readerOf);
}

/** Of each case only what was shown of it: the documents a task of one's own stands in. */
function readingsOf(shown: readonly { readonly me: Reader; readonly compartment: { kind: string; placementId?: unknown } }[]) {
	return Array.from(
		Map.groupBy(shown, ({ me }) => me.facts.caseId),
		([caseId, some]) => {
			const placements = new Set(some.map(({ compartment }) => compartment.placementId));
			const { reach } = some[0]!.me; // a group has somebody
			const read: Reach = {
				team: some.some(({ compartment }) => compartment.kind === 'team'),
				placementIds: reach.placementIds.filter((id) => placements.has(id)),
				...{ clinical: false, justice: false, drafts: false, summary: false },
			};
			return { caseId, reach: read };
		},
	);
}

function tasksOf(
	rows: TeamProjection | PlacementProjection | null,
	self: PersonId,
	labels: ReadonlyMap<string, Label> | undefined,
): TaskDocument['tasks'] {
	const tracks = rows && 'tracks' in rows ? rows.tracks : [];
	const mine = (rows?.tasks ?? []).filter((task) => isOpen(task) && task.owner.values.some(({ value }) => value === self));
	return mine.map(({ id, text, track, dueOn }) => {
		const type = tracks.find((each) => each.id === track)?.type;
		const [first, ...others] = dueOn.values;
		const agreedDay = others.every(({ value }) => value === first?.value) ? first?.value : undefined;
		return { id, text, track: (type === undefined ? undefined : labels?.get(type)) ?? null, dueOn: agreedDay ?? null };
	});
}

function trackLabels(content: TemplateContent): ReadonlyMap<string, Label> {
	return new Map(content.trackTypes.map(({ id, label }) => [id, label]));
}
