import { FAR_APART_STEPS, median } from './series.ts';

/** What a round says once it is shown. */
export type Spread<Rater> =
	| { readonly code: 'alone' }
	| { readonly code: 'agree' }
	/** Near enough that nobody needs to explain. */
	| { readonly code: 'near'; readonly steps: number }
	/** Worth a question; `outlier` when one answer alone makes the distance. */
	| { readonly code: 'far'; readonly steps: number; readonly outlier: Rater | undefined };

/** How far the answers of one round lie apart, and whose view nobody shares: asked about, never judged. */
export function spreadOf<Rater>(answers: readonly { readonly rater: Rater; readonly value: number }[]): Spread<Rater> {
	const values = answers.map(({ value }) => value);
	const steps = Math.max(...values) - Math.min(...values);
	if (answers.length < 2) return { code: 'alone' };
	if (steps === 0) return { code: 'agree' };
	return steps < FAR_APART_STEPS ? { code: 'near', steps } : { code: 'far', steps, outlier: outlierOf(answers) };
}

/** The one answer furthest from the middle; undefined when there are several, or only two answers. */
function outlierOf<Rater>(answers: readonly { readonly rater: Rater; readonly value: number }[]): Rater | undefined {
	const middle = median(answers.map(({ value }) => value))!; // there are answers
	const distance = ({ value }: { readonly value: number }) => Math.abs(value - middle);
	const furthest = Math.max(...answers.map(distance));
	const [first, ...more] = answers.filter((answer) => distance(answer) === furthest);
	return more.length === 0 ? first?.rater : undefined;
}
