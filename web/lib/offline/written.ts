import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** What somebody wrote in one document. */
export interface Written {
	readonly update: Uint8Array;
	/** Choices, marks and places in it, by where they stand (board/live.ts): of one made anew the update does not tell. */
	readonly fields: readonly string[];
}

export function encodeWritten({ update, fields }: Written): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint8Array(encoder, update);
		encoding.writeVarUint(encoder, fields.length);
		for (const field of fields) encoding.writeVarString(encoder, field);
	});
}

export function decodeWritten(bytes: Uint8Array): Written {
	const decoder = decoding.createDecoder(bytes);
	const update = decoding.readVarUint8Array(decoder);
	const fields = Array.from({ length: decoding.readVarUint(decoder) }, () => decoding.readVarString(decoder));
	return { update, fields };
}

/** As one, in order. */
export function mergeWritten(all: readonly Written[]): Written {
	return { update: mergedInSteps(all.map(({ update }) => update)), fields: [...new Set(all.flatMap(({ fields }) => fields))] };
}

/** Thousands of updates at once take Yjs very long, fifties do not. */
function mergedInSteps(updates: readonly Uint8Array[]): Uint8Array {
	const FAN_IN = 50;
	if (updates.length <= FAN_IN) return Y.mergeUpdates([...updates]);
	const groups = Array.from({ length: Math.ceil(updates.length / FAN_IN) }, (_, index) =>
		Y.mergeUpdates(updates.slice(index * FAN_IN, (index + 1) * FAN_IN)),
	);
	return mergedInSteps(groups);
}
