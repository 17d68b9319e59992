/** A person who has no mouse: presses keys, and knows only where the focus is and what it is called. */
import type { Page } from '@playwright/test';

interface Focus {
	/** As a screen reader would say it. */
	readonly name: string;
	readonly role: string;
	readonly value: string;
	/** A ring is drawn, on it or on the label that stands for it. */
	readonly visible: boolean;
	readonly inWindow: boolean;
}

const MOST_PRESSES = 260;
const PATIENCE_MS = 250;

export class Keyboard {
	readonly #page: Page;
	/** Where focus was lost or could not be seen. */
	readonly faults: string[] = [];

	constructor(page: Page) {
		this.#page = page;
	}

	/** Presses keys one after the other; afterwards the focus must be somewhere, and be seen. */
	async press(...keys: string[]): Promise<void> {
		for (const key of keys) await this.#page.keyboard.press(key);
		await this.#page.waitForTimeout(60);
		await this.check(keys.join(' '));
	}

	async type(words: string): Promise<void> {
		await this.#page.keyboard.type(words);
		await this.check(`typing ${words}`);
	}

	/** A page that is busy may take a moment to put the focus where it belongs; a person waits that long too. */
	async check(after: string): Promise<void> {
		let fault = await this.#fault();
		for (const deadline = Date.now() + PATIENCE_MS; fault && Date.now() < deadline; fault = await this.#fault())
			await this.#page.waitForTimeout(20);
		if (fault) this.faults.push(`after ${after}: ${fault}`);
	}

	async #fault(): Promise<string | undefined> {
		const { name, role, visible, inWindow } = await this.focus();
		if (role === 'body') return 'the focus is lost';
		if (!visible) return `no ring on ${role} "${name}"`;
		return inWindow ? undefined : `${role} "${name}" is out of sight`;
	}

	/** Goes on, or back, until it is there. */
	async to(name: RegExp, role?: string, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<Focus> {
		const passed: string[] = [];
		for (let presses = 0; presses < MOST_PRESSES; presses++) {
			const focus = await this.focus();
			if (name.test(focus.name) && (!role || role === focus.role) && presses > 0) return focus;
			passed.push(focus.name);
			await this.#page.keyboard.press(key);
			await this.check(`${key} from "${focus.name}"`);
		}
		throw new Error(`${name.source} cannot be reached with ${key}; passed ${[...new Set(passed)].join(' | ')}`);
	}

	focus(): Promise<Focus> {
		return this.#page.evaluate(() => {
			const element = document.activeElement ?? document.body;
			const labels = 'labels' in element ? [...((element as HTMLInputElement).labels ?? [])] : [];
			const labelled = element.getAttribute('aria-labelledby');
			const name =
				element.getAttribute('aria-label') ??
				(labelled ? document.getElementById(labelled)?.textContent : undefined) ??
				(labels.length > 0 ? labels.map((label) => label.textContent).join(' ') : element.textContent);
			const role =
				element.getAttribute('role') ?? (element instanceof HTMLInputElement ? element.type : element.tagName.toLowerCase());
			const ringed = (one: Element | null): boolean => {
				const style = one && getComputedStyle(one);
				return Boolean(style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
			};
			const shown = ringed(element) ? element : element.closest('label');
			const { top, bottom, left, right } = (shown ?? element).getBoundingClientRect();
			return {
				role,
				name: (name ?? '').replaceAll('\u200b', '').replaceAll(/\s+/g, ' ').trim().slice(0, 80),
				value: 'value' in element ? String(element.value) : '',
				visible: ringed(element) || ringed(element.closest('label')),
				inWindow: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
			};
		});
	}
}
