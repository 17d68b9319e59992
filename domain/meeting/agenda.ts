import type { CaseId } from '../ids.ts';

/** What the proposal knows of one open case: about the team's work, never about the person. */
export interface AgendaCase {
	readonly caseId: CaseId;
	/** When a meeting that talked of it last ended; undefined when none has. */
	readonly discussedAt: Date | undefined;
	/** Something changed since, or waits on the team. Yes or no: what it is, and how much of it, orders nobody. */
	readonly hasReason: boolean;
}

/** What the team's last meeting leaves to the next agenda. */
export interface LastAgenda {
	readonly startedWith: CaseId | null;
	/** In the order they waited. */
	readonly notReached: readonly CaseId[];
}

/** Whoever was not talked of for so long comes before those with a reason, in milliseconds: three weeks. */
export const LONG_UNDISCUSSED_MS = 21 * 86_400_000;

/**
 * The agenda nobody had to make. Who was not reached last time comes first, so that a meeting that runs out of time leaves
 * nobody out twice in a round; then who was not talked of for long; then where something changed or waits on the team; then
 * the others. Within each, in the order their cases began, from behind the one the last meeting started with, so that nobody
 * is always last. Need plays no part in it.
 *
 * @param cases the team's open ones; ids are version 7, so they sort by when the case began
 */
export function proposeAgenda(cases: readonly AgendaCase[], last: LastAgenda | undefined, at: Date): CaseId[] {
	const open = new Map(cases.map((each) => [each.caseId, each]));
	const first = (last?.notReached ?? []).filter((caseId) => open.delete(caseId));
	const turns = Map.groupBy(rotated([...open.values()], last?.startedWith ?? null), (each) => turnOf(each, at));
	return [...first, ...TURNS.flatMap((turn) => (turns.get(turn) ?? []).map(({ caseId }) => caseId))];
}

const TURNS = ['long undiscussed', 'reason', 'others'] as const;

function turnOf({ discussedAt, hasReason }: AgendaCase, at: Date): (typeof TURNS)[number] {
	if (!discussedAt || at.getTime() - discussedAt.getTime() >= LONG_UNDISCUSSED_MS) return 'long undiscussed';
	return hasReason ? 'reason' : 'others';
}

function rotated(cases: readonly AgendaCase[], startedWith: CaseId | null): readonly AgendaCase[] {
	const inOrder = cases.toSorted((one, other) => (one.caseId < other.caseId ? -1 : 1));
	if (!startedWith) return inOrder;
	const isAfter = ({ caseId }: AgendaCase) => caseId > startedWith;
	return [...inOrder.filter(isAfter), ...inOrder.filter((each) => !isAfter(each))];
}
