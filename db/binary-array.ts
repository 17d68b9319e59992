/**
 * PostgreSQL's binary array format, for the append log: `pg` would write a `bytea[]` as text, twice as many bytes
 * and a parse on the server.
 *
 * Source: postgresql src/backend/utils/adt/arrayfuncs.c, array_recv: dimensions, has-nulls, element type, length,
 * lower bound, then each element's length (-1 for null) and bytes, all big-endian.
 */
const OID = { bytea: 17, int8: 20, text: 25, timestamptz: 1184, uuid: 2950 } as const;

/** 2000-01-01 in milliseconds since 1970: where PostgreSQL's instants begin. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const HEADER_BYTES = 20;

export function byteaArray(values: readonly Uint8Array[]): Buffer {
	return array(OID.bytea, values);
}

export function textArray(values: readonly (string | null)[]): Buffer {
	return array(
		OID.text,
		values.map((value) => (value === null ? null : Buffer.from(value))),
	);
}

export function uuidArray(values: readonly (string | null)[]): Buffer {
	return array(
		OID.uuid,
		values.map((value) => (value === null ? null : Buffer.from(value.replaceAll('-', ''), 'hex'))),
	);
}

export function int8Array(values: readonly number[]): Buffer {
	return array(
		OID.int8,
		values.map((value) => int8(BigInt(value))),
	);
}

export function instantArray(values: readonly Date[]): Buffer {
	return array(
		OID.timestamptz,
		values.map((value) => int8(BigInt(value.getTime() - POSTGRES_EPOCH_MS) * 1000n)),
	);
}

function int8(value: bigint): Buffer {
	const bytes = Buffer.allocUnsafe(8);
	bytes.writeBigInt64BE(value);
	return bytes;
}

function array(elementType: number, values: readonly (Uint8Array | null)[]): Buffer {
	const size = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), HEADER_BYTES);
	const bytes = Buffer.allocUnsafe(size);
	bytes.writeInt32BE(1, 0);
	bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4);
	bytes.writeInt32BE(elementType, 8);
	bytes.writeInt32BE(values.length, 12);
	bytes.writeInt32BE(1, 16);
	let at = HEADER_BYTES;
	for (const value of values) {
		at = bytes.writeInt32BE(value?.length ?? -1, at);
		if (value) bytes.set(value, at);
		at += value?.length ?? 0;
	}
	return bytes;
}
