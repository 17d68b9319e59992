import { expect, test } from 'vitest';
import { loadAreas } from '../../web/lib/i18n/catalogue.ts';
import { Texts } from '../../web/lib/i18n/texts.svelte.ts';

test('a text that was brought later stands beside the page’s own', async () => {
	const texts = new Texts('da', await loadAreas('da', ['common']));
	expect(texts.t('ratings.asTable')).toBe('ratings.asTable');
	await texts.bring('ratings');
	expect([texts.t('ratings.asTable'), texts.t('common.tryAgain')]).toEqual(['Vis som tabel', 'Prøv igen']);
});

test('what was brought follows into another language, and reads as before until it is there', async () => {
	const texts = new Texts('da', await loadAreas('da', ['common']));
	await texts.bring('ratings');
	texts.use('en', await loadAreas('en', ['common']));
	expect([texts.t('ratings.asTable'), texts.t('common.tryAgain')]).toEqual(['Vis som tabel', 'Try again']);
	await expect.poll(() => texts.t('ratings.asTable')).toBe('Show as a table');
});

test('texts that arrive after the language has changed are not shown', async () => {
	const texts = new Texts('da', {});
	const late = texts.bring('ratings');
	texts.use('en', {});
	await late;
	expect(texts.t('ratings.asTable')).not.toBe('Vis som tabel');
});
