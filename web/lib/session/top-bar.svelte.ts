import { createContext, type Snippet } from 'svelte';

/** What the page on show adds to the top bar: the board's connection and how far its texts have come. */
export class TopBarSlot {
	status = $state.raw<Snippet>();
}

const [useTopBar, setTopBar] = createContext<TopBarSlot>();
export { setTopBar, useTopBar };
