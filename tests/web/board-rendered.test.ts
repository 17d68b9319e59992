import { render } from 'svelte/server';
import { describe, expect, test } from 'vitest';
import BoardHarness from '../support/BoardHarness.svelte';
import { fixtureBoard } from '../support/board-fixture.ts';

const html = (options: Parameters<typeof fixtureBoard>[0] = {}): string =>
	render(BoardHarness, { props: { info: fixtureBoard(options) } }).body;
const plain = (markup: string): string => markup.replaceAll(/&nbsp;|\u00a0/g, ' ');
const words = (markup: string): string =>
	plain(markup.replaceAll(/<!--[\s\S]*?-->/g, '').replaceAll(/<[^>]*>/g, ' '))
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/ ([.,])/g, '$1');

describe('a board rendered by the server, before anything is connected', () => {
	const page = html();
	test('has both wordings of the goal in their fields, and when and by when', () => {
		expect(page).toMatch(/<textarea[^>]*aria-label="Målet med Aminas egne ord"[^>]*>Jeg vil have et arbejde/);
		expect(page).toMatch(/<textarea[^>]*aria-label="Teamets ord"[^>]*>Ordinære løntimer/);
		expect(words(page)).toContain('sagt i uge 36');
	});

	test('says the coordinator, and who it was before', () => {
		expect(words(page)).toMatch(/Tovholder: Mette Lund, jobkonsulent\. Før uge 44: Karin Holt/);
	});

	test('keeps the job-directed track last', () => {
		const tracks = [...page.matchAll(/role="rowheader"[\s\S]*?<b [^>]*>([^<]*)/g)].map(([, name]) =>
			name?.replaceAll('\u200b', ''),
		);
		expect(tracks).toHaveLength(7);
		expect(tracks.at(-1)).toBe('Virksomhedsforløb');
	});

	test('shows both answers with names where two differ, silence as silence, and a rest with its week', () => {
		expect(words(page)).toMatch(/(Ali Fremad|Karin Uændret).*Vælg ét/);
		expect(words(page)).toContain('uge 47: ingen melding');
		expect(words(page)).toContain('På pause siden uge 45');
		expect(words(page)).toMatch(/ingen melding i 2 uger/);
	});

	test('counts tasks and names the late one in words; a removed one says by whom, a dropped one also why', () => {
		expect(words(page)).toContain('5 åbne af 6, 1 over fristen');
		expect(plain(page)).toContain('4 dage over');
		expect(words(page)).toMatch(/Bestille ergoterapeut · fjernet af Jonas 10\.14 Fortryd/);
		expect(words(page)).toContain('Søge om cykel · droppet af Jonas 10.14: bussen kører hver time Fortryd');
		expect(page).toContain('aria-label="Fortryd, at Søge om cykel blev droppet"');
	});

	test('asks where no job-directed track runs, and says for how long', () => {
		expect(words(html({ withoutJob: true }))).toContain('Tom i 12 uger Hvad er det mindste skridt mod et job?');
		expect(words(page)).not.toContain('Hvad er det mindste skridt');
	});

	test('has no field of the plan for a reader who may not write', () => {
		const read = html({ access: 'read' });
		expect(read).not.toMatch(/<textarea[^>]*aria-label="Teamets ord"/);
		expect(read).toContain('Ordinære løntimer');
		expect(words(read)).not.toContain('Tilføj spor');
	});
});
