import { uuidV7 } from '../domain/ids.ts';

/** A fresh id, for something a person adds while perhaps offline: `newId<TaskId>()`. */
export function newId<Kind extends string>(nowMs: number = Date.now()): Kind {
	return uuidV7(nowMs, crypto.getRandomValues(new Uint8Array(10))) as Kind; // safe: uuidV7 makes a lower-case UUID
}
