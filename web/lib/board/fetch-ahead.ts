import type { Texts } from '../i18n/texts.svelte.ts';

/** What a press on the board opens, while there is a network: then it opens at once, and also without one. Not what asks the server. */
export async function fetchAhead(texts: Texts): Promise<void> {
	await Promise.all([
		import('./AddTrackForm.svelte'),
		import('./LaneDetail.svelte'),
		import('./PhaseSteps.svelte'),
		import('./ShortcutList.svelte'),
		import('./WriteBelow.svelte'),
		texts.bring('keys', 'programme', 'track'),
	]);
}
