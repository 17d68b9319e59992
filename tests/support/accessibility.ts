import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with a page as it stands, as lines a person can act on; empty when nothing is. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
	const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
	return violations.flatMap(({ id, nodes }) =>
		nodes.map((node) => `${id}: ${node.target.join(' ')} – ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`),
	);
}

/** How far the page reaches beyond the window's side, in pixels; 0 when nobody has to scroll sideways. */
export function overflowOf(page: Page): Promise<number> {
	return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}

/** Elements that reach beyond the window, and controls and headings whose words are cut without a way to read the rest. */
export function clippedOn(page: Page): Promise<readonly string[]> {
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
