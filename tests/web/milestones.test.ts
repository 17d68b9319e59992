import { describe, expect, test } from 'vitest';
import da from '../../messages/da.ts';
import en from '../../messages/en.ts';
import { addWeeks, isoWeek } from '../../domain/iso-week.ts';
import { wordsOf } from '../../web/lib/board/milestone-words.ts';
import { Formats } from '../../web/lib/i18n/format.ts';
import { createTranslator } from '../../web/lib/i18n/translator.ts';

const CURRENT = isoWeek('2026-W47');
const weeks = [-4, -3, -2, -1, 0].map((back) => addWeeks(CURRENT, back));
type Line = readonly (number | null)[];
const NOBODY = [null, null, null, null, null];

const speaker = (language: 'da' | 'en') => ({
	t: createTranslator(language, language === 'da' ? da : en),
	format: new Formats(language),
	firstName: 'Amina',
	high: 5,
});
const said = (citizen: Line, professionals: Line, language: 'da' | 'en' = 'da') => {
	const words = wordsOf('Motivation', { weeks, citizen, professionals }, CURRENT, speaker(language));
	const plain = (text: string) => text.replaceAll('\u00a0', ' ');
	return { ...words, caption: plain(words.caption), sentence: plain(words.sentence) };
};

describe('the sentence of a milestone', () => {
	test('says both values with their week, and that they agree', () => {
		expect(said([1, 2, 2, 3, 4], [1, 1, 2, 3, 4])).toEqual({
			caption: 'Enige',
			sentence: 'Motivation. Amina 4 af 5 i uge 47, fagligt 4 af 5 i uge 47. Enige.',
			isFar: false,
		});
	});

	test('says in words that they are two steps apart', () => {
		expect(said([1, 2, 2, 3, 3], [1, 1, 2, 3, 5])).toEqual({
			caption: '2 trin uenige',
			sentence: 'Motivation. Amina 3 af 5 i uge 47, fagligt 5 af 5 i uge 47. 2 trin uenige.',
			isFar: true,
		});
	});

	test('writes half a step with a comma, and it is no reason to ask', () => {
		expect(said([1, 2, 2, 3, 3], [1, 1, 2, 3, 3.5])).toMatchObject({ caption: '0,5 trin uenige', isFar: false });
	});

	test('says since when the professionals are silent, and what they last said', () => {
		expect(said([1, 2, 2, 3, 3], [1, 3, null, null, null])).toEqual({
			caption: 'Fagligt: ingen vurdering siden uge 44',
			sentence: 'Motivation. Amina 3 af 5 i uge 47, fagligt 3 af 5 i uge 44. Fagligt: ingen vurdering siden uge 44.',
			isFar: false,
		});
	});

	test('says who has never rated, and that nobody has', () => {
		expect(said(NOBODY, [1, 1, 2, 3, 4]).caption).toBe('Amina: ingen vurdering endnu');
		expect(said(NOBODY, NOBODY).sentence).toBe('Motivation. Ikke vurderet endnu.');
	});

	test('is English for who reads English', () => {
		expect(said([1, 2, 2, 3, 3], [1, 1, 2, 3, 5], 'en').sentence).toBe(
			'Motivation. Amina 3 of 5 in week 47, professionals 5 of 5 in week 47. 2 steps apart.',
		);
	});
});
