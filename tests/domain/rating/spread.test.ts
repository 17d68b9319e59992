import { expect, test } from 'vitest';
import { spreadOf } from '../../../domain/rating/spread.ts';

const answers = (given: Record<string, number>) => Object.entries(given).map(([rater, value]) => ({ rater, value }));

test.each<[string, Record<string, number>, object]>([
	['one answer agrees with nobody', { Mette: 3 }, { code: 'alone' }],
	['all the same', { Mette: 3, Peter: 3 }, { code: 'agree' }],
	['one step is no reason to ask', { Mette: 3, Peter: 4, Ali: 4 }, { code: 'near', steps: 1 }],
	['two steps name who stands alone', { Jonas: 2, Karin: 3, Mette: 4, Peter: 4 }, { code: 'far', steps: 2, outlier: 'Jonas' }],
	['two answers far apart name neither', { Mette: 1, Peter: 4 }, { code: 'far', steps: 3, outlier: undefined }],
	['two camps name nobody', { Mette: 2, Peter: 2, Ali: 4, Karin: 4 }, { code: 'far', steps: 2, outlier: undefined }],
])('%s', (_, given, spread) => expect(spreadOf(answers(given))).toEqual(spread));
