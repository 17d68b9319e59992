import { IndexedStore } from '../offline/device-store.ts';
import { OfflineText, type OfflineTextOptions } from '../offline/offline-text.ts';
import type { Board } from './board.svelte.ts';
import type { CaseRequests } from './case-requests.ts';

/** What this page keeps on the device. Signing out in another tab takes it away, and then the server is asked again who is there. */
export function offlineTextOf(
	{ info }: Board,
	requests: CaseRequests,
	page: { readonly isLeft: () => boolean } & Pick<OfflineTextOptions, 'isMeant' | 'onfound'>,
): OfflineText {
	const store = new IndexedStore(() => {
		offline.pause();
		if (!page.isLeft()) offline.start();
	});
	const offline = new OfflineText(store, {
		caseId: info.case.id,
		ownerId: info.me.id,
		keys: () => requests.offlineKeys(),
		nowMs: () => Date.now(),
		isMeant: page.isMeant,
		onfound: page.onfound,
	});
	return offline;
}
