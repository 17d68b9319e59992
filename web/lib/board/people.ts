import { createContext } from 'svelte';

/** Who is who on the page: marks and choices carry ids, people read names. */
export interface People {
	nameOf(id: string | undefined): string | undefined;
	/** The server's clock when the page was last answered. */
	readonly nowAt: string;
	readonly today: string;
}

const [usePeople, setPeople] = createContext<People>();
export { setPeople, usePeople };
