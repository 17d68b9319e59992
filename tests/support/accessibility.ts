import type { Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';
import { THEMES } from '../../web/preferences.ts';

const RULES: RunOptions['runOnly'] = {
	type: 'tag',
	values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** What a theme can change. */
const COLOUR_RULES: RunOptions['runOnly'] = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const PHONE = 360;
const DESK = 1280;
const WALL = 1920;

/**
 * Whatever is wrong with a page as it stands, as lines a person can act on: at every width nobody has to scroll sideways and
 * nothing is cut off, and axe finds nothing; in Danish on a phone too, and in the colours of every theme, which are the same in
 * English. Leaves the page on a desk.
 */
export async function faultsOf(page: Page): Promise<readonly string[]> {
	const isDanish = await page.evaluate(() => document.documentElement.lang === 'da');
	const faults: string[] = [];
	for (const width of [PHONE, WALL, DESK]) {
		await page.setViewportSize({ width, height: 900 });
		const wide = await overflowOf(page);
		if (wide > 0) faults.push(`at ${width}: ${wide} px wider than the window`);
		faults.push(...(await clippedOn(page)).map((cut) => `at ${width}: cut off: ${cut}`));
		if (width === PHONE && isDanish) faults.push(...(await violationsOf(page)).map((violation) => `at ${width}: ${violation}`));
	}
	return [...faults, ...(await (isDanish ? faultsInThemes(page) : violationsOf(page)))];
}

/**
 * What axe finds at this width in any theme. A theme is one attribute of the page: put there it is what the cookie would have
 * put there. Only colours depend on it, so only they are looked at again.
 */
export async function faultsInThemes(page: Page): Promise<readonly string[]> {
	await page.emulateMedia({ reducedMotion: 'reduce' }); // no colour is measured half way to another
	const faults = [...(await violationsOf(page))];
	const own = await page.evaluate(() => document.documentElement.dataset['theme']);
	const dress = (theme: string) => page.evaluate((name) => (document.documentElement.dataset['theme'] = name), theme);
	for (const theme of THEMES) {
		if (theme === own || theme === 'system') continue;
		await dress(theme);
		faults.push(...(await axeFaults(page, COLOUR_RULES)).map((fault) => `${theme}: ${fault}`));
	}
	await page.evaluate((name) => {
		if (name === undefined) delete document.documentElement.dataset['theme'];
		else document.documentElement.dataset['theme'] = name;
	}, own);
	return faults;
}

/** What axe finds wrong with a page as it stands; empty when nothing is. */
export function violationsOf(page: Page): Promise<readonly string[]> {
	return axeFaults(page, RULES);
}

/** Axe runs in the page itself, which has no frames; it is carried there once. */
async function axeFaults(page: Page, runOnly: RunOptions['runOnly']): Promise<readonly string[]> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
	return page.evaluate(
		async (options) => {
			const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(options);
			return violations.flatMap(({ id, nodes }) =>
				nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
			);
		},
		{ runOnly, resultTypes: ['violations'] } as RunOptions,
	);
}

/** How far the page reaches beyond the window's side, in pixels; 0 when nobody has to scroll sideways. */
function overflowOf(page: Page): Promise<number> {
	return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}

/** Elements that reach beyond the window, and controls and headings whose words are cut without a way to read the rest. */
function clippedOn(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => {
		const say = (element: Element) =>
			`${element.tagName.toLowerCase()}.${element.className}: ${element.textContent?.trim().slice(0, 40)}`;
		const scrolls = (element: Element | null): boolean =>
			element !== null && (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
		const outside = [...document.querySelectorAll('main *, header *')].filter((element) => {
			const { left, right, width, height } = element.getBoundingClientRect();
			return width > 1 && height > 1 && (right > innerWidth + 1 || left < -1) && !scrolls(element.parentElement);
		});
		const cut = [...document.querySelectorAll('button, a, select, input, summary, label, h1, h2, h3, dt, dd, th')].filter(
			(element) => {
				const { overflowX, textOverflow } = getComputedStyle(element);
				const isCut = element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && /hidden|clip/.test(overflowX);
				return isCut && textOverflow !== 'ellipsis' && !element.hasAttribute('title');
			},
		);
		return [...new Set([...outside, ...cut].map(say))];
	});
}
