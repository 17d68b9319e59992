/**
 * Keeps the focus near its place when what had it goes: a form that was sent, a row that was removed or brought back. Without
 * it the focus falls to the page, and who works by keyboard starts at the top again. Attach it to the page's main part.
 * Whoever knows a better place focuses that; this one only acts when nobody did.
 */
const FOCUSABLE = 'button, a[href], input, select, textarea, [tabindex]';

/** Where something stood: in what, and after what. */
type Gap = Pick<MutationRecord, 'target' | 'previousSibling'>;

export function keepFocus(root: HTMLElement): () => void {
	let last: HTMLElement | undefined;
	const entered = ({ target }: FocusEvent) => {
		if (target instanceof HTMLElement) last = target;
	};
	// Somebody pointed beside every control: nothing is kept for them. What was removed has been looked at by then.
	const left = () => setTimeout(() => (last = root.contains(document.activeElement) ? last : undefined));
	const observer = new MutationObserver((records) => {
		const gap = last && gapOf(last, records);
		if (!last || !gap || document.activeElement !== document.body) return;
		(last.isConnected ? last : nearestTo(gap, root))?.focus();
	});
	root.addEventListener('focusin', entered);
	root.addEventListener('focusout', left);
	observer.observe(root, { childList: true, subtree: true });
	return () => {
		observer.disconnect();
		root.removeEventListener('focusin', entered);
		root.removeEventListener('focusout', left);
	};
}

/** Where it stood; the outermost gap where what was around it went too. */
function gapOf(element: Node, records: readonly MutationRecord[]): Gap | undefined {
	let gap: Gap | undefined;
	for (const record of records) {
		const within = gap?.target ?? element;
		if ([...record.removedNodes].some((node) => node.contains(within))) gap = record;
	}
	return gap;
}

/** What stands in its place or comes after it in the same list, else before it, else the same around the list. */
function nearestTo({ target, previousSibling }: Gap, root: Node): HTMLElement | undefined {
	for (let node = previousSibling ? previousSibling.nextSibling : target.firstChild; node; node = node.nextSibling) {
		const found = focusablesIn(node)[0];
		if (found) return found;
	}
	for (let node = previousSibling; node; node = node.previousSibling) {
		const found = focusablesIn(node).at(-1);
		if (found) return found;
	}
	const around = target.parentNode;
	return target === root || !around ? undefined : nearestTo({ target: around, previousSibling: target }, root);
}

function focusablesIn(node: Node): readonly HTMLElement[] {
	if (!(node instanceof HTMLElement)) return [];
	return [node, ...node.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
		(one) => one.matches(FOCUSABLE) && one.tabIndex >= 0 && !one.matches(':disabled') && one.getClientRects().length > 0,
	);
}
