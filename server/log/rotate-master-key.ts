import { eachCprCitizen, setCprIndex } from '../../db/repo/citizen-cpr.ts';
import type { Executor } from '../../db/client.ts';
import { allDataKeys, rewrapDataKey } from '../../db/repo/data-key.ts';
import { lockInstallation, setKeyCheck } from '../../db/repo/installation.ts';
import type { DataKeyId } from '../../domain/ids.ts';
import { cprIndexOf, dataKeyPlace } from './case-keys.ts';
import { derivedKey, fitsKeyCheck, keyCheckOf } from './derived-key.ts';
import { seal, unseal } from './seal.ts';
import { CITIZEN_TEXT, unsealText } from './sealed-text.ts';

export interface Rotated {
	/** Data keys wrapped anew; those an erasure destroyed stay destroyed. */
	readonly keys: number;
	/** CPR numbers indexed anew. */
	readonly numbers: number;
}

/**
 * Wraps every data key with another master key and indexes every CPR number by it, in the caller's transaction: all of it or
 * nothing. What the data keys seal is not touched, so it takes seconds. A server that still runs with the old key makes no
 * new case afterwards ({@link MasterKeyChanged}) and must be started again with the new one.
 *
 * @returns undefined when `from` is not the key this database was sealed with; nothing is changed
 * @throws {SealBroken} when a data key cannot be opened; nothing is changed
 */
export async function rotateMasterKey(tx: Executor, from: Uint8Array, to: Uint8Array): Promise<Rotated | undefined> {
	const keyCheck = await lockInstallation(tx);
	if (!keyCheck || !fitsKeyCheck(from, keyCheck)) return undefined;
	const [unwrapping, wrapping] = [derivedKey(from, 'data keys'), derivedKey(to, 'data keys')];
	const opened = new Map<DataKeyId, Buffer>();
	for (const { id, wrapped } of await allDataKeys(tx)) {
		if (!wrapped) continue;
		const key = unseal(unwrapping, wrapped, dataKeyPlace(id));
		opened.set(id, key);
		await rewrapDataKey(tx, id, seal(wrapping, key, dataKeyPlace(id)));
	}
	const indexKey = derivedKey(to, 'cpr index');
	let numbers = 0;
	for (const { id, organisationId, dataKeyId, sealedCpr } of await eachCprCitizen(tx)) {
		const key = opened.get(dataKeyId);
		if (!key) continue;
		await setCprIndex(tx, id, cprIndexOf(indexKey, organisationId, unsealText(key, sealedCpr, CITIZEN_TEXT.cpr, id)));
		numbers++;
	}
	await setKeyCheck(tx, keyCheckOf(to));
	return { keys: opened.size, numbers };
}
