import { transaction, type Database, type Executor } from '../../../db/client.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';
import type { NotFound, QueryContext } from '../query-context.ts';
import { loadBoardFacts } from './board-facts.ts';
import { viewBoard } from './board-view.ts';
import type { CaseBoard } from './case-board.ts';
import { recordOpeningsBy, type ReadingBy } from './opening.ts';
import { audienceFor } from './reader.ts';
import { perDatabase, Together } from './together.ts';

interface Asked {
	readonly ctx: QueryContext;
	readonly caseId: CaseId;
}

const readings = perDatabase((db) => new Together<Asked, Result<CaseBoard, NotFound>>((asked) => readBoards(db, asked)));

/** The whole board of one case for one reader, and the row in the access log, in one transaction. */
export function readCaseBoard(ctx: QueryContext, caseId: CaseId): Promise<Result<CaseBoard, NotFound>> {
	return readings(ctx.db).ask(caseId, { ctx, caseId });
}

/** Of one case, for all who wait for it: their rows in the access log are stored together, or nobody is answered. */
async function readBoards(db: Database, asked: readonly Asked[]): Promise<Result<CaseBoard, NotFound>[]> {
	const { ctx, caseId } = asked[0]!; // nobody is served who has not asked
	const at = ctx.now();
	return transaction(db, async (tx) => {
		const askers = asked.map((each) => each.ctx);
		const read = await boardsWithin(tx, caseId, askers, at);
		const opened = askers.flatMap((each) => read.get(each)?.reading ?? []);
		await recordOpeningsBy(
			tx,
			opened.map((each) => ({ ...each, purpose: 'board' })),
			at,
		);
		return askers.map((each) => boardOr(read.get(each)));
	});
}

export function boardOr(read: ReadBoard | undefined): Result<CaseBoard, NotFound> {
	return read ? ok(read.board) : refuse({ code: 'not-found' });
}

export interface ReadBoard {
	readonly board: CaseBoard;
	/** What is to be logged of it. */
	readonly reading: Omit<ReadingBy, 'purpose'>;
}

/** The boards themselves; whoever asks writes down why. Who may not know of the case gets none. */
export async function boardsWithin(
	tx: Executor,
	caseId: CaseId,
	askers: readonly QueryContext[],
	at: Date,
): Promise<ReadonlyMap<QueryContext, ReadBoard>> {
	const personOf = ({ signedIn }: QueryContext) => signedIn.actor.personId;
	const [ctx] = askers;
	const facts = ctx && (await loadBoardFacts(ctx, tx, caseId, askers.map(personOf), at));
	const read = new Map<QueryContext, ReadBoard>();
	for (const asker of facts ? askers : []) {
		const audience = audienceFor(facts!.everybody, personOf(asker)); // facts: there is somebody to answer
		if (!audience) continue;
		const reading = { by: asker.signedIn, caseId, reach: audience.me.reach };
		read.set(asker, { board: viewBoard(facts!, audience, at), reading });
	}
	return read;
}
