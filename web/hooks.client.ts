import { keepWhatIsTypedEarly } from './lib/forms/typed-early.ts';

/** SvelteKit calls it before it hydrates the page. */
export function init(): void {
	keepWhatIsTypedEarly();
}
