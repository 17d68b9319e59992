/**
 * Why the server closes a sync socket. The stock client stops reconnecting on 4400 to 4499; on any other code it
 * comes back by itself. What a client does on each stands in PROTOCOL.md.
 */
export const CLOSE = {
	/** The server restarts; come back. */
	restarting: 1012,
	/** It cannot store or load right now; come back later. */
	tryLater: 1013,
	/** Bytes nobody speaks, or a change the shape rules refuse. */
	badFrame: 4400,
	signedOut: 4401,
	/** An admitted socket lost its access. */
	accessLost: 4403,
	/** No such document, or not yours: one answer, so that a name tells nothing. */
	notFound: 4404,
	/** Rights narrowed from writing to reading: start over with a new local document. */
	rightsNarrowed: 4409,
	oldEpoch: 4410,
	tooLarge: 4413,
	/** The page is older than the document's shape: reload. */
	clientTooOld: 4426,
	tooFast: 4429,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];

/** After these the local document is thrown away and what was unsent is kept as a draft: docs/guide/sync.md, "Facts". */
export const START_OVER_CODES: readonly number[] = [CLOSE.badFrame, CLOSE.rightsNarrowed, CLOSE.oldEpoch, CLOSE.tooLarge];
