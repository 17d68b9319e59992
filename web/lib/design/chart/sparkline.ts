import { runsOf, tenth, type Point } from './runs.ts';

/** Where a sparkline's lines and rings stand, in a box of 84 by 30: two paths, whatever the number of weeks. */
export interface SparklineDrawing {
	readonly area: string;
	readonly line: string;
	/** Where a value is missing; the last one is `end`. */
	readonly gaps: readonly number[];
	readonly end: { readonly x: number; readonly y: number; readonly told: boolean } | undefined;
}

const LEFT = 3;
const RIGHT = 77;
const FLOOR = 26;
const HEIGHT = 23;

export function sparkline(values: readonly (number | null)[]): SparklineDrawing {
	const last = values.length - 1;
	const x = (index: number): number => tenth(last > 0 ? LEFT + (index * (RIGHT - LEFT)) / last : RIGHT);
	const y = (value: number): number => tenth(FLOOR - Math.min(1, Math.max(0, value)) * HEIGHT);
	const runs = runsOf(values);
	const point = ({ index, value }: Point): string => `${x(index)} ${y(value)}`;
	return {
		// A lone week is drawn as a dot: a line of no length with round ends.
		line: runs.map((run) => `M${run.map(point).join('L')}${run.length === 1 ? 'h0' : ''}`).join(''),
		area: runs
			.map((run) => `M${x(run[0]!.index)} ${FLOOR}L${run.map(point).join('L')}L${x(run.at(-1)!.index)} ${FLOOR}Z`) // a run has a point
			.join(''),
		gaps: values.flatMap((value, index) => (value === null && index < last ? [x(index)] : [])),
		end: last < 0 ? undefined : endOf(values[last] ?? null, x(last), y),
	};
}

function endOf(value: number | null, x: number, y: (value: number) => number): SparklineDrawing['end'] {
	return value === null ? { x, y: FLOOR, told: false } : { x, y: y(value), told: true };
}
