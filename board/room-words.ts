/** Words and times of the meeting room; apart from its schemas, so that a page that needs only these is not sent zod. */

/** The reason in `connect_error` for a socket without a valid session. */
export const SIGNED_OUT = 'signed-out';
/** The reason in `connect_error` for a page of another origin. */
export const BAD_ORIGIN = 'bad-origin';

export const STILL_THERE_EVERY_MS = 1_000;
/** This long without an answer is "offline". */
export const OFFLINE_AFTER_MS = 3_000;
