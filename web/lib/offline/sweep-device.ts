import type { PersonId } from '../../../domain/ids.ts';
import { IndexedStore } from './device-store.ts';
import { sweep } from './sweep.ts';

/** On any page: somebody else's words are not to wait until a board is opened. */
export async function sweepDevice(personId: PersonId): Promise<void> {
	try {
		await sweep(new IndexedStore(() => {}), personId, Date.now);
	} catch (error) {
		// A browser that keeps nothing has nothing to delete.
		if (!(error instanceof DOMException)) throw error;
	}
}
