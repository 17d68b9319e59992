import { HOCUSPOCUS, HOCUSPOCUS_SQLITE, OURS } from './contenders.ts';
import { median } from './quantile.ts';
import type { Measure, Scenario } from './scenario.ts';

/** What each round measured, by the contender's name. */
export type Rounds = readonly ReadonlyMap<string, readonly number[]>[];

const PEER_OF = { memory: HOCUSPOCUS.name, sqlite: HOCUSPOCUS_SQLITE.name } as const;

/** Medians of the rounds, then what we need for each thing a peer needs, in the same round. */
export function tableOf({ name, story, measures }: Scenario, rounds: Rounds): string {
	const contenders = [...new Set(rounds.flatMap((round) => [...round.keys()]))];
	const ratios = [HOCUSPOCUS.name, HOCUSPOCUS_SQLITE.name].filter((peer) => contenders.includes(peer));
	const lines = [
		`### ${name}`,
		'',
		story,
		'',
		row(['', ...measures.map((measure) => measure.name)]),
		row(['---', ...measures.map(() => '---:')]),
		...contenders.map((each) =>
			row([each, ...measures.map(({ digits }, index) => shown(median(figures(rounds, each, index)), digits))]),
		),
		...ratios.map((peer) => row([`ours ÷ ${peer}`, ...measures.map((_, index) => shown(ratioTo(rounds, peer, index), 2))])),
	];
	if (measures.some(({ goal }) => goal)) lines.push(row(['goal', ...measures.map((each, index) => goalOf(each, rounds, index))]));
	return lines.join('\n');
}

function figures(rounds: Rounds, contender: string, index: number): number[] {
	return rounds.flatMap((round) => round.get(contender)?.[index] ?? []);
}

/** The machine changes from round to round; within one, everybody has the same. */
function ratioTo(rounds: Rounds, peer: string, index: number): number {
	const pairs = rounds.map((round) => [round.get(OURS.name)?.[index], round.get(peer)?.[index]]);
	return median(pairs.flatMap(([ours, theirs]) => (ours !== undefined && theirs ? [ours / theirs] : [])));
}

function goalOf({ goal, digits }: Measure, rounds: Rounds, index: number): string {
	if (!goal) return '';
	const reached = goal.kind === 'ratio' ? ratioTo(rounds, PEER_OF[goal.to], index) : median(figures(rounds, OURS.name, index));
	const words = goal.kind === 'ratio' ? `≤ ${goal.value} × ${goal.to}` : `≤ ${goal.value.toFixed(digits)}`;
	return Number.isNaN(reached) ? words : `${words}: ${reached <= goal.value ? 'met' : 'missed'}`;
}

function shown(value: number, digits: number): string {
	return Number.isNaN(value) ? '–' : value.toFixed(digits);
}

function row(cells: readonly string[]): string {
	return `| ${cells.join(' | ')} |`;
}
