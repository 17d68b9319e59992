import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { newId } from '../../board/new-id.ts';
import type { Executor } from '../../db/client.ts';
import { findDataKeys, insertDataKey } from '../../db/repo/data-key.ts';
import type { DataKeyId, OrganisationId } from '../../domain/ids.ts';
import { KEY_BYTES, seal, unseal } from './seal.ts';

/** The key was destroyed by an erasure: what it sealed is gone, and the case answers 4404. */
export class KeyDestroyed extends Error {}

export interface CaseKeys {
	/** Makes the key of a new citizen or case. */
	create(tx: Executor, at: Date): Promise<DataKeyId>;
	/** @throws {KeyDestroyed} @throws {SealBroken} when another master key wrapped it */
	open(tx: Executor, id: DataKeyId): Promise<Buffer>;
	/** Many in one query, for lists. Destroyed ones are left out. */
	openAll(tx: Executor, ids: readonly DataKeyId[]): Promise<ReadonlyMap<DataKeyId, Buffer>>;
	/** After an erasure. */
	forget(id: DataKeyId): void;
	/** Finds a CPR number within one municipality without reading any. @param cpr ten digits */
	cprIndex(organisationId: OrganisationId, cpr: string): Buffer;
}

/** Each use of the master key has a key of its own, derived from it. */
export function derivedKey(masterKey: Uint8Array, use: 'data keys' | 'cpr index' | 'key check'): Buffer {
	return Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), `faellestavle ${use} v1`, KEY_BYTES));
}

/** @param masterKey 32 bytes, checked by {@link openInstallation} */
export function createCaseKeys(masterKey: Uint8Array): CaseKeys {
	const wrappingKey = derivedKey(masterKey, 'data keys');
	const indexKey = derivedKey(masterKey, 'cpr index');
	const opened = new Map<DataKeyId, Buffer>();

	async function openAll(tx: Executor, ids: readonly DataKeyId[]): Promise<ReadonlyMap<DataKeyId, Buffer>> {
		const missing = ids.filter((id) => !opened.has(id));
		for (const { id, wrapped } of missing.length > 0 ? await findDataKeys(tx, missing) : []) {
			if (wrapped) opened.set(id, unseal(wrappingKey, wrapped, placeOf(id)));
		}
		return new Map(
			ids.flatMap((id) => {
				const key = opened.get(id);
				return key ? [[id, key] as const] : [];
			}),
		);
	}

	return {
		async create(tx, at) {
			const id = newId<DataKeyId>(at.getTime());
			await insertDataKey(tx, id, seal(wrappingKey, randomBytes(KEY_BYTES), placeOf(id)), at);
			return id;
		},
		async open(tx, id) {
			const key = opened.get(id) ?? (await openAll(tx, [id])).get(id);
			if (!key) throw new KeyDestroyed(id);
			return key;
		},
		openAll,
		forget: (id) => void opened.delete(id),
		cprIndex: (organisationId, cpr) => createHmac('sha256', indexKey).update(`${organisationId}:${cpr}`).digest(),
	};
}

function placeOf(id: DataKeyId): string {
	return `data-key:${id}`;
}
