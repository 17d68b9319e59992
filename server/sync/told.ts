import * as Y from 'yjs';
import { encodeState } from '../../board/encode-state.ts';
import type { BoardReplica } from './board-replica.ts';

/** What everybody in a room has been told: the log up to a sequence, and the state vector it made. */
export interface Told {
	readonly seq: number;
	readonly stateVector: Uint8Array;
}

/** @param untold updates that are in the replica, but of which nobody has heard */
export function toldBefore(untold: readonly Uint8Array[], replica: BoardReplica): Told {
	const clocks = Y.decodeStateVector(Y.encodeStateVector(replica.doc));
	for (const update of untold) {
		for (const [client, from] of Y.parseUpdateMeta(update).from) clocks.set(client, Math.min(from, clocks.get(client) ?? from));
	}
	return { seq: replica.seq, stateVector: Y.encodeStateVector(clocks) };
}

/** What the log holds beyond what people were told: stored after all, or written by somebody else. */
export function untoldUpdate(told: Told, replica: BoardReplica): Uint8Array | undefined {
	return replica.seq === told.seq ? undefined : encodeState(replica.doc, told.stateVector);
}
