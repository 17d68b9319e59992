/** A device of a test's own: what lies on it, and pages of one person that keep words there. */
import type { CaseId, PersonId } from '../../domain/ids.ts';
import type { OfflineKeys } from '../../server/api/case-board.ts';
import type { Answer } from '../../web/lib/api/ask.ts';
import type { DeviceStore, Piece } from '../../web/lib/offline/device-store.ts';
import type { FoundText } from '../../web/lib/offline/found-texts.ts';
import { OfflineText } from '../../web/lib/offline/offline-text.ts';

export class MemoryDevice implements DeviceStore {
	readonly pieces = new Map<string, Piece>();
	/** Lets a test see what is still on its way to the device. */
	gate: Promise<void> = Promise.resolve();

	async put(piece: Piece, replaced: readonly string[]): Promise<void> {
		await this.gate;
		this.pieces.set(piece.id, piece);
		for (const id of replaced) this.pieces.delete(id);
	}

	async all(): Promise<readonly Piece[]> {
		return [...this.pieces.values()];
	}

	async delete(ids: readonly string[]): Promise<void> {
		for (const id of ids) this.pieces.delete(id);
	}
}

/** Keys as the server gives them, of half days by their number. */
export function someKeys(seed: number, periods: readonly number[] = [2, 1, 0]): Answer<OfflineKeys> {
	const keyOf = (period: number) => Buffer.from(Array.from({ length: 32 }, (_, at) => (seed * 7 + period * 3 + at) % 256));
	return { ok: true, value: { keys: periods.map((period) => ({ period, key: keyOf(period).toString('base64') })) } };
}

interface PageOptions {
	readonly device: DeviceStore;
	readonly ownerId: PersonId;
	readonly caseId: CaseId;
	keys: () => Promise<Answer<OfflineKeys>>;
	readonly nowMs: () => number;
	readonly isMeant?: (document: string) => boolean;
}

/** A page that has just been opened. */
export async function aPage({ device, ...options }: PageOptions) {
	const found: FoundText[] = [];
	const onfound = (texts: readonly FoundText[]) => void found.push(...texts);
	const offline = new OfflineText(device, { isMeant: () => true, ...options, onfound });
	await offline.ask();
	return { offline, found };
}
