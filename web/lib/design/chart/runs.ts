/** One week of a line. */
export interface Point {
	readonly index: number;
	readonly value: number;
}

/** Weeks in a row that have a value: a line is drawn through each run and never over a gap, because silence is no value. */
export function runsOf(values: readonly (number | null)[]): Point[][] {
	const runs: Point[][] = [];
	values.forEach((value, index) => {
		if (value === null) return;
		const run = runs.at(-1);
		if (run?.at(-1)?.index === index - 1) run.push({ index, value });
		else runs.push([{ index, value }]);
	});
	return runs;
}

/** Enough for a screen, and shorter in the page. */
export function tenth(value: number): number {
	return Math.round(value * 10) / 10;
}
