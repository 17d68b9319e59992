import type { Label, TrackType } from '../../../domain/programme/template.ts';
import type { Offer } from '../../../domain/programme/offers.ts';

export const STAGES = ['problem', 'active', 'track', 'milestone'] as const;
export type Stage = (typeof STAGES)[number];

export interface PictureColumn {
	readonly stage: Stage;
	readonly words: readonly string[];
}

/** From the middle of one box to the middle of another, as shares of the drawing's height. */
export interface PictureLine {
	readonly from: number;
	readonly to: number;
}

export interface Picture {
	readonly columns: readonly PictureColumn[];
	/** Between a column and the next: one entry fewer than columns. */
	readonly lines: readonly (readonly PictureLine[])[];
	/** The same as sentences can tell it: one row for each way from a problem to a milestone. */
	readonly rows: readonly Readonly<Record<Stage, string>>[];
}

/** Each thing once in its column, so that what several ways have in common is seen to be one. */
export function pictureOf(offers: readonly Offer[], language: keyof Label): Picture {
	const rows = offers.map(({ mechanism, track, milestone }) => ({
		problem: mechanism.problem[language],
		active: mechanism.active[language],
		track: track[language],
		milestone: milestone[language],
	}));
	const columns = STAGES.map((stage) => ({ stage, words: [...new Set(rows.map((row) => row[stage]))] }));
	const middle = ({ stage, words }: PictureColumn, row: Picture['rows'][number]) =>
		(words.indexOf(row[stage]) + 0.5) / words.length;
	const lines = columns.slice(1).map((column, index) => {
		const before = columns[index]!; // one fewer than columns
		const pairs = new Map(rows.map((row) => [`${row[before.stage]}\n${row[column.stage]}`, row]));
		return Array.from(pairs.values(), (row) => ({ from: middle(before, row), to: middle(column, row) }));
	});
	return { columns, lines, rows };
}

/** Whether a track of that name leads to a job: only that is blue. */
export function isJobTrack(types: readonly TrackType[], words: string, language: keyof Label): boolean {
	return types.some(({ label, jobDirected }) => jobDirected && label[language] === words);
}
