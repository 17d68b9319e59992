import { runsOf, tenth, type Point } from './runs.ts';

/** Before the box is measured. */
export const USUAL_WIDTH = 216;
export const HEIGHT = 78;
export const LEFT = 6;
/** Room for a number with a decimal beside the last week. */
const LABEL_ROOM = 36;
const TOP = 10;
const FLOOR = 70;
/** Between the foot of one number and of the next: closer and they run into each other. */
const LINE_HEIGHT = 13;

export interface Place {
	readonly x: number;
	readonly y: number;
}

/** The newest value of a line: its mark, and where the number beside it stands. */
export interface LineEnd extends Place {
	readonly value: number;
	readonly label: Place;
}

export interface DrawnLine {
	readonly path: string;
	/** Weeks with a value between two without: no line goes through them. */
	readonly lone: readonly Place[];
	readonly end: LineEnd | undefined;
}

export interface TwoLines {
	readonly first: DrawnLine;
	readonly second: DrawnLine;
	/** The space between the lines, where both run. */
	readonly near: string;
	/** The part of that space where they are far apart. */
	readonly far: string;
	/** One height for each step of the scale. */
	readonly grid: readonly number[];
}

/** Where the last week stands in a box so wide. */
export function rightOf(width: number): number {
	return width - LABEL_ROOM;
}

export interface TwoLinesInput {
	readonly first: readonly (number | null)[];
	readonly second: readonly (number | null)[];
	/** The lowest and the highest step; one step is 1. */
	readonly low: number;
	readonly high: number;
	/** From so many steps on the lines are far apart. */
	readonly farFrom: number;
}

/**
 * Where two lines over the same weeks stand, in a box of {@link HEIGHT}.
 *
 * @param width of the box in CSS pixels, so that numbers are as large in a narrow picture as in a wide one
 */
export function drawTwoLines({ first, second, low, high, farFrom }: TwoLinesInput, width: number): TwoLines {
	const last = Math.max(first.length - 1, 1);
	const x = (index: number) => tenth(LEFT + (index * (rightOf(width) - LEFT)) / last);
	const y = (value: number) => tenth(FLOOR - ((value - low) * (FLOOR - TOP)) / Math.max(high - low, 1));
	const place = ({ index, value }: Point): Place => ({ x: x(index), y: y(value) });
	const lines = { first: lineOf(runsOf(first), place), second: lineOf(runsOf(second), place) };
	const between = areas(first, second, farFrom, (index, value) => `${x(index)} ${y(value)}`);
	return {
		...apart(lines.first, lines.second),
		near: between.near.join(''),
		far: between.far.join(''),
		grid: Array.from({ length: high - low + 1 }, (_, step) => y(low + step)),
	};
}

function lineOf(runs: readonly Point[][], place: (point: Point) => Place): DrawnLine {
	const newest = runs.at(-1)?.at(-1);
	const end = newest && { ...place(newest), value: newest.value };
	return {
		path: runs
			.filter((run) => run.length > 1)
			.map((run) => `M${run.map((point) => `${place(point).x} ${place(point).y}`).join('L')}`)
			.join(''),
		lone: runs.flatMap((run) => (run.length === 1 && run[0] !== newest ? [place(run[0]!)] : [])), // a run has a point
		end: end && { ...end, label: { x: end.x + 8, y: end.y + 4 } },
	};
}

/** One four-cornered piece for each pair of weeks in which both lines run. */
function areas(
	first: readonly (number | null)[],
	second: readonly (number | null)[],
	farFrom: number,
	corner: (index: number, value: number) => string,
): { readonly near: string[]; readonly far: string[] } {
	const pieces: { near: string[]; far: string[] } = { near: [], far: [] };
	for (let index = 0; index + 1 < first.length; index++) {
		const [a, b, c, d] = [first[index], first[index + 1], second[index + 1], second[index]];
		if (a == null || b == null || c == null || d == null) continue;
		const kind = Math.max(Math.abs(a - d), Math.abs(b - c)) >= farFrom ? 'far' : 'near';
		pieces[kind].push(`M${corner(index, a)}L${corner(index + 1, b)}L${corner(index + 1, c)}L${corner(index, d)}Z`);
	}
	return pieces;
}

/** A line that stopped earlier has its number above its mark; two numbers at one end make room for each other. */
function apart(first: DrawnLine, second: DrawnLine): { readonly first: DrawnLine; readonly second: DrawnLine } {
	if (!first.end || !second.end) return { first, second };
	if (first.end.x !== second.end.x) {
		return first.end.x < second.end.x ? { first: raised(first, -10), second } : { first, second: raised(second, -10) };
	}
	const distance = second.end.y - first.end.y;
	if (distance === 0 || Math.abs(distance) >= LINE_HEIGHT) return { first, second };
	const shift = (Math.sign(distance) * (LINE_HEIGHT - Math.abs(distance))) / 2;
	return { first: raised(first, -shift), second: raised(second, shift) };
}

function raised(line: DrawnLine, by: number): DrawnLine {
	const { end } = line;
	return end ? { ...line, end: { ...end, label: { x: end.label.x, y: tenth(end.label.y + by) } } } : line;
}
