import { untrack } from 'svelte';
import { useTexts } from '../i18n/texts.svelte.ts';

interface OpeningOptions<Part> {
	readonly isOpen: () => boolean;
	/** The part, and whatever texts it needs. */
	readonly fetch: () => Promise<readonly [{ readonly default: Part }, ...unknown[]]>;
	/** It could not be had: it is shut again, so that the next press asks for it again. What nobody presses is asked for as the page changes. */
	readonly shut?: () => void;
}

/** A part of a page that is fetched when a press opens it. Made where a component is; NotOpened.svelte says that it failed. */
export class Opening<Part> {
	part = $state.raw<Part | undefined>();
	failed = $state(false);
	readonly #texts = useTexts();
	readonly #options: OpeningOptions<Part>;

	constructor(options: OpeningOptions<Part>) {
		this.#options = options;
		$effect(() => {
			if (options.isOpen()) untrack(() => void this.#open());
		});
	}

	/** Pressed, and on its way: whatever was pressed says so. */
	get busy(): boolean {
		return !this.part && this.#options.isOpen();
	}

	async #open(): Promise<void> {
		this.failed = false;
		if (this.part) return;
		const { fetch, isOpen, shut } = this.#options;
		try {
			const [module] = await fetch();
			this.part = module.default;
		} catch {
			// No network, or a product that was renewed meanwhile: browsers throw what they like. The words came with the page's line.
			this.failed = await this.#texts.bring('opening').then(
				() => true,
				() => false,
			);
			if (isOpen()) shut?.();
		}
	}
}
