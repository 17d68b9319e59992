import { createHmac, randomBytes } from 'node:crypto';
import { newId } from '../../board/new-id.ts';
import type { Executor } from '../../db/client.ts';
import { findDataKeys, insertDataKey } from '../../db/repo/data-key.ts';
import { shareInstallation } from '../../db/repo/installation.ts';
import type { CaseId, DataKeyId, OrganisationId, PersonId } from '../../domain/ids.ts';
import { derivedKey, fitsKeyCheck } from './derived-key.ts';
import { KEY_BYTES, seal, unseal } from './seal.ts';

/** The key was destroyed by an erasure: what it sealed is gone, and the case answers 4404. */
export class KeyDestroyed extends Error {}

/** The master key was rotated while this process ran with the old one: what it wrapped now, nobody could open later. */
export class MasterKeyChanged extends Error {}

export interface CaseKeys {
	/** Makes the key of a new citizen or case. @throws {MasterKeyChanged} */
	create(tx: Executor, at: Date): Promise<DataKeyId>;
	/** @throws {KeyDestroyed} @throws {SealBroken} when another master key wrapped it */
	open(tx: Executor, id: DataKeyId): Promise<Buffer>;
	/** Many in one query, for lists. Destroyed ones are left out. */
	openAll(tx: Executor, ids: readonly DataKeyId[]): Promise<ReadonlyMap<DataKeyId, Buffer>>;
	/** After an erasure. */
	forget(id: DataKeyId): void;
	/** Finds a CPR number within one municipality without reading any. @param cpr ten digits */
	cprIndex(organisationId: OrganisationId, cpr: string): Buffer;
	/** Seals on one person's device what they wrote in one case; lies nowhere and is made again for whoever may have it. */
	offlineText(personId: PersonId, caseId: CaseId, period: number): Buffer;
}

/** Keys of cases and citizens that stay in memory, with what was opened with them: more than a municipality's teams look at in a day. */
const MOST_OPENED = 1_000;

/** @param masterKey 32 bytes, checked by {@link openInstallation} */
export function createCaseKeys(masterKey: Uint8Array): CaseKeys {
	const wrappingKey = derivedKey(masterKey, 'data keys');
	const indexKey = derivedKey(masterKey, 'cpr index');
	const offlineTextKey = derivedKey(masterKey, 'offline text');
	/** The least recently used first. */
	const opened = new Map<DataKeyId, Buffer>();

	/** Of erased cases: a list that read one before the erasure may not bring it back after. Ids are never used again. */
	const forgotten = new Set<DataKeyId>();

	function keep(id: DataKeyId, key: Buffer): void {
		opened.delete(id);
		opened.set(id, key);
		for (const oldest of opened.keys()) {
			if (opened.size <= MOST_OPENED) break;
			opened.delete(oldest);
		}
	}

	async function openAll(tx: Executor, ids: readonly DataKeyId[]): Promise<ReadonlyMap<DataKeyId, Buffer>> {
		const found = new Map(ids.flatMap((id) => (opened.has(id) ? [[id, opened.get(id)!] as const] : [])));
		const missing = ids.filter((id) => !found.has(id));
		for (const { id, wrapped } of missing.length > 0 ? await findDataKeys(tx, missing) : []) {
			if (wrapped) found.set(id, unseal(wrappingKey, wrapped, dataKeyPlace(id)));
		}
		for (const [id, key] of found) {
			if (forgotten.has(id)) found.delete(id);
			else keep(id, key);
		}
		return found;
	}

	return {
		async create(tx, at) {
			const keyCheck = await shareInstallation(tx);
			if (keyCheck && !fitsKeyCheck(masterKey, keyCheck)) throw new MasterKeyChanged();
			const id = newId<DataKeyId>(at.getTime());
			await insertDataKey(tx, id, seal(wrappingKey, randomBytes(KEY_BYTES), dataKeyPlace(id)), at);
			return id;
		},
		async open(tx, id) {
			const known = opened.get(id);
			if (known) keep(id, known);
			const key = known ?? (await openAll(tx, [id])).get(id);
			if (!key) throw new KeyDestroyed(id);
			return key;
		},
		openAll,
		forget: (id) => {
			forgotten.add(id);
			opened.delete(id);
		},
		cprIndex: (organisationId, cpr) => cprIndexOf(indexKey, organisationId, cpr),
		offlineText: (personId, caseId, period) =>
			createHmac('sha256', offlineTextKey).update(`${personId}:${caseId}:${period}`).digest(),
	};
}

/** @param indexKey derived from the master key for this use */
export function cprIndexOf(indexKey: Uint8Array, organisationId: OrganisationId, cpr: string): Buffer {
	return createHmac('sha256', indexKey).update(`${organisationId}:${cpr}`).digest();
}

/** What a wrapped key is bound to. */
export function dataKeyPlace(id: DataKeyId): string {
	return `data-key:${id}`;
}
