const LOOK_EVERY_MS = 15_000;

/**
 * Of a meeting that begins, only those who sit in it are told: a page outside looks for it, while somebody sees the page.
 * Returns what ends the looking.
 */
export function lookNowAndThen(look: () => Promise<unknown>): () => void {
	let next: ReturnType<typeof setTimeout> | undefined;
	let ended = false;
	const lookLater = (): void => {
		next = setTimeout(() => void lookNow(), LOOK_EVERY_MS);
	};
	const lookNow = async (): Promise<void> => {
		try {
			if (document.visibilityState === 'visible') await look();
		} finally {
			if (!ended) lookLater();
		}
	};
	lookLater();
	return () => {
		ended = true;
		clearTimeout(next);
	};
}
