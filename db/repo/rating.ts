import { and, asc, eq, getTableColumns, gte, inArray, sql } from 'drizzle-orm';
import type { CaseId, PersonId, RatingId } from '../../domain/ids.ts';
import type { IsoWeek } from '../../domain/iso-week.ts';
import type { Profession } from '../../domain/people.ts';
import type { Executor } from '../client.ts';
import { rating, ratingRound } from '../schema/ratings.ts';

export interface RatingRound {
	readonly caseId: CaseId;
	readonly week: IsoWeek;
	/** A milestone id of the case's template version. */
	readonly milestone: string;
	readonly revealedAt: Date | null;
	readonly revealedBy: PersonId | null;
}

/** One answer, its value sealed with the case's key. */
export interface Rating {
	readonly id: RatingId;
	readonly caseId: CaseId;
	readonly week: IsoWeek;
	readonly milestone: string;
	/** Null for the citizen. */
	readonly personId: PersonId | null;
	/** At the time; null for the citizen. */
	readonly profession: Profession | null;
	readonly recordedBy: PersonId;
	readonly sealedValue: Buffer;
	readonly givenAt: Date;
	readonly afterReveal: boolean;
}

/** Which rounds: some milestones of one case in one week. */
export interface RoundsOf {
	readonly caseId: CaseId;
	readonly week: IsoWeek;
	readonly milestones: readonly string[];
}

/** Makes the rounds that nobody has answered in yet; in sorted order, so that two who make several never wait for each other. */
export async function ensureRounds(tx: Executor, { caseId, week, milestones }: RoundsOf): Promise<void> {
	const rows = milestones.toSorted().map((milestone) => ({ caseId, week, milestone }));
	await tx.insert(ratingRound).values(rows).onConflictDoNothing();
}

/** Giving and revealing wait for each other here, so that no answer given before the reveal is stored as one given after it. */
export async function lockRounds(tx: Executor, of: RoundsOf): Promise<readonly RatingRound[]> {
	const rows = await tx
		.select()
		.from(ratingRound)
		.where(amongRounds(ratingRound, of))
		.orderBy(asc(ratingRound.milestone))
		.for('update');
	return rows as RatingRound[]; // safe: written by us
}

export async function ratingsIn(tx: Executor, of: RoundsOf): Promise<readonly Rating[]> {
	return (await tx.select().from(rating).where(amongRounds(rating, of))) as Rating[]; // safe: written by us
}

/** Stores answers, each in place of the one the same rater gave before; their rounds are locked by the caller. */
export async function saveRatings(tx: Executor, rows: readonly Rating[]): Promise<void> {
	const { id, ...changeable } = getTableColumns(rating);
	const set = Object.fromEntries(
		Object.entries(changeable).map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
	);
	await tx
		.insert(rating)
		.values([...rows])
		.onConflictDoUpdate({ target: id, set });
}

export async function saveRevealed(
	tx: Executor,
	rounds: RoundsOf,
	{ revealedAt, revealedBy }: { readonly revealedAt: Date; readonly revealedBy: PersonId },
): Promise<void> {
	await tx.update(ratingRound).set({ revealedAt, revealedBy }).where(amongRounds(ratingRound, rounds));
}

/** Since a week, oldest first. */
export async function loadRounds(tx: Executor, caseId: CaseId, since: IsoWeek): Promise<readonly RatingRound[]> {
	const rows = await tx
		.select()
		.from(ratingRound)
		.where(and(eq(ratingRound.caseId, caseId), gte(ratingRound.week, since)))
		.orderBy(asc(ratingRound.week), asc(ratingRound.milestone));
	return rows as RatingRound[]; // safe: written by us
}

/** Since a week, in the order they were given. */
export async function loadRatings(tx: Executor, caseId: CaseId, since: IsoWeek): Promise<readonly Rating[]> {
	const rows = await tx
		.select()
		.from(rating)
		.where(and(eq(rating.caseId, caseId), gte(rating.week, since)))
		.orderBy(asc(rating.givenAt), asc(rating.id));
	return rows as Rating[]; // safe: written by us
}

function amongRounds(table: typeof rating | typeof ratingRound, { caseId, week, milestones }: RoundsOf) {
	return and(eq(table.caseId, caseId), eq(table.week, week), inArray(table.milestone, [...milestones]));
}
