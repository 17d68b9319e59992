/** Arrow keys between the citizens of a list: each row is reached by the link that opens its board. */
const links = (table: HTMLTableElement | undefined): HTMLAnchorElement[] => [
	...(table?.querySelectorAll<HTMLAnchorElement>('a.name') ?? []),
];

export function focusFirstLink(table: HTMLTableElement | undefined): void {
	links(table)[0]?.focus();
}

/** @param leave arrow up from the first row */
export function moveBetweenLinks(event: KeyboardEvent, table: HTMLTableElement | undefined, leave: () => void): void {
	const every = links(table);
	const row = document.activeElement?.closest('tr');
	const now = every.findIndex((link) => link.closest('tr') === row);
	const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: every.length - 1 }[event.key];
	if (now < 0 || to === undefined) return;
	event.preventDefault();
	if (to < 0) leave();
	else every[to]?.focus();
}
