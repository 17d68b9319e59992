import { expect, expectTypeOf, test } from 'vitest';
import da from '../../messages/da.ts';
import en from '../../messages/en.ts';
import type { TextKey } from '../../web/lib/i18n/keys.ts';
import { createTranslator } from '../../web/lib/i18n/translator.ts';

test('two people rendered at once keep their own language', () => {
	const danish = createTranslator('da', da);
	const english = createTranslator('en', en);
	expect([danish('cases.title'), english('cases.title'), danish('cases.title')]).toEqual(['Borgere', 'Citizens', 'Borgere']);
});

test('counts choose the form', () => {
	const t = createTranslator('da', da);
	expect([t('cases.count', { count: 1 }), t('cases.count', { count: 24 })]).toEqual(['1 borger', '24 borgere']);
});

test('a name is put in as it is: markup is escaped by who writes the page', () => {
	const t = createTranslator('da', da);
	expect(t('cases.titleOf', { team: 'Vest & <Øst>' })).toBe('Borgere i Vest & <Øst>');
});

test('a key nobody wrote does not compile', () => {
	expectTypeOf<'cases.title'>().toExtend<TextKey>();
	expectTypeOf<'cases.count'>().toExtend<TextKey>();
	expectTypeOf<'cases.count_one'>().not.toExtend<TextKey>();
	expectTypeOf<'cases.titel'>().not.toExtend<TextKey>();
	expectTypeOf<'cases'>().not.toExtend<TextKey>();
});
