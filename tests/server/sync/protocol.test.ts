/** board/PROTOCOL.md is what others build a client by: what it says in numbers is what the server does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CLOSE, START_OVER_CODES } from '../../../board/close-codes.ts';
import { CLOCK_LEAD_MS, TEXT_LIMIT_SLACK } from '../../../board/limits.ts';
import * as limits from '../../../server/sync/limits.ts';

const protocol = readFileSync(join(import.meta.dirname, '../../../board/PROTOCOL.md'), 'utf8').replace(/\s+/g, ' ');

const amount = (count: number) => count.toLocaleString('en');
const seconds = (ms: number) => `${ms / 1_000} s`;
const size = (bytes: number) => (bytes < 1024 ** 2 ? `${bytes / 1024} kB` : `${bytes / 1024 ** 2} MB`);

/** The words that say a limit; null where no client can meet it. A new limit does not compile until it stands here. */
const WORDS: Record<keyof typeof limits, string | null> = {
	MAX_FRAME_BYTES: `A frame: ${size(limits.MAX_FRAME_BYTES)} (4413`,
	MAX_PAYLOAD_BYTES: `beyond ${size(limits.MAX_PAYLOAD_BYTES)} it is not even read`,
	MAX_CLIENT_ID: `client ids from 1 to ${amount(limits.MAX_CLIENT_ID)}`,
	MAX_CLOCK: `clocks to ${amount(limits.MAX_CLOCK)}`,
	MAX_CLIENTS_PER_UPDATE: `An update: ${limits.MAX_CLIENTS_PER_UPDATE} client ids`,
	MAX_STRUCTS_PER_CLIENT: `${amount(limits.MAX_STRUCTS_PER_CLIENT)} pieces of each`,
	MAX_DELETIONS: `${amount(limits.MAX_DELETIONS)} deletions`,
	MAX_DELETED_RANGES: `${amount(limits.MAX_DELETED_RANGES)} separate deleted pieces`,
	MAX_UPDATE_STEPS: `${limits.MAX_UPDATE_STEPS / 1e6} million (4413)`,
	LARGE_UPDATE_BYTES: `An update of more than ${size(limits.LARGE_UPDATE_BYTES)} that changes something`,
	TRIAL_DEADLINE_MS: `within ${seconds(limits.TRIAL_DEADLINE_MS)} and ${limits.TRIAL_HEAP_MB} MB`,
	TRIAL_START_MS: `does not start within ${seconds(limits.TRIAL_START_MS)}`,
	TRIAL_HEAP_MB: `${limits.TRIAL_HEAP_MB} MB (4413)`,
	MAX_NEW_CLIENTS_PER_SESSION: `A socket: ${limits.MAX_NEW_CLIENTS_PER_SESSION} client ids nobody has used before`,
	MAX_VALUE_DEPTH: `values ${limits.MAX_VALUE_DEPTH} deep`,
	MAX_NAME_LENGTH: `names of ${limits.MAX_NAME_LENGTH} letters`,
	FRAMES_PER_SECOND: `${limits.FRAMES_PER_SECOND} frames and ${size(limits.BYTES_PER_SECOND)} a second lasting`,
	FRAME_BURST: `${amount(limits.FRAME_BURST)} frames and ${size(limits.BYTE_BURST)} at once`,
	BYTES_PER_SECOND: `${size(limits.BYTES_PER_SECOND)} a second lasting`,
	BYTE_BURST: `${size(limits.BYTE_BURST)} at once`,
	MAX_QUEUED_BYTES: `not stored yet: above ${size(limits.MAX_QUEUED_BYTES)}`,
	MAX_UNANSWERED_GAPS: `${limits.MAX_UNANSWERED_GAPS} such step 2`,
	SEND_COST_MS: null,
	FAN_OUT_SHARE: null,
	MAX_GATHER_MS: `gathers for ${limits.MAX_GATHER_MS} ms at most`,
	MAX_BATCH_UPDATES: null,
	MAX_BATCH_BYTES: null,
	MAX_FLIGHT_FRAMES: null,
	MAX_FLIGHT_MS: null,
	MASS_DELETION_SPAN_MS: 'within ten minutes',
	MASS_DELETION_LEAST: `${limits.MASS_DELETION_LEAST} letters or choices`,
	MASS_DELETION_SHARE: 'half of what stood there',
	STALLED_COMMIT_MS: `a commit has taken ${seconds(limits.STALLED_COMMIT_MS)}`,
	NOT_DURABLE_LIMIT_MS: `has failed for ${seconds(limits.NOT_DURABLE_LIMIT_MS)}`,
	RETRY_FIRST_MS: null,
	RETRY_LONGEST_MS: null,
	REVIEW_AGAIN_MS: null,
	UNREVIEWED_LIMIT_MS: `find out for ${seconds(limits.UNREVIEWED_LIMIT_MS)}`,
	KEEP_ALIVE_MS: `the keep-alive every ${seconds(limits.KEEP_ALIVE_MS)}`,
	IDLE_TIMEOUT_MS: `anything for ${seconds(limits.IDLE_TIMEOUT_MS)}`,
	TICK_MS: null,
	NO_AWARENESS_BYTES: `above ${size(limits.NO_AWARENESS_BYTES)} it gets no presence`,
	RESYNC_BYTES: `above ${size(limits.RESYNC_BYTES)} nothing at all`,
	DRAINED_BYTES: `below ${size(limits.DRAINED_BYTES)}`,
	MAX_BUFFERED_BYTES: `Above ${size(limits.MAX_BUFFERED_BYTES)}, or after`,
	STALLED_READER_MS: `or after ${seconds(limits.STALLED_READER_MS)} without that`,
	AWARENESS_INTERVAL_MS: `every ${limits.AWARENESS_INTERVAL_MS} ms at most`,
	MAX_AWARENESS_BYTES: `a state of more than ${size(limits.MAX_AWARENESS_BYTES)}`,
	MAX_AWARENESS_DEPTH: `or more than ${limits.MAX_AWARENESS_DEPTH} deep`,
	MAX_AWARENESS_ENTRIES: `more than ${amount(limits.MAX_AWARENESS_ENTRIES)} entries`,
	MAX_REMEMBERED_CLOCKS: null,
	PROJECTION_DELAY_MS: null,
	ROOM_LINGER_MS: null,
	MAX_PENDING_ADMISSIONS: `The door: ${amount(limits.MAX_PENDING_ADMISSIONS)}`,
	ADMISSIONS_AT_ONCE: null,
	DRAFTS_MADE_AT_ONCE: null,
	ADMISSION_PATIENCE_MS: `who has waited for ${seconds(limits.ADMISSION_PATIENCE_MS)}`,
	DRAIN_SPREAD_MS: `closed over ${seconds(limits.DRAIN_SPREAD_MS)}`,
};

test.each(Object.entries(WORDS).filter(([, words]) => words !== null))('%s stands there', (_name, words) => {
	expect(protocol).toContain(words);
});

test('what no client can meet is chosen, not forgotten: every limit has its line here', () => {
	expect(Object.keys(WORDS).toSorted()).toEqual(Object.keys(limits).toSorted());
	expect([limits.MASS_DELETION_SPAN_MS, limits.MASS_DELETION_SHARE]).toEqual([10 * 60_000, 0.5]);
});

test('the limits of a field and of a mark stand there', () => {
	expect(TEXT_LIMIT_SLACK).toBe(2);
	expect(protocol).toContain('a text longer than twice what its field lets one write');
	expect(protocol).toContain(`more than ${seconds(CLOCK_LEAD_MS)} ahead of the server`);
});

test('its table has every close code, none the server does not send, and says on which a client starts over', () => {
	const rows = [...protocol.matchAll(/\| (\d{4}) \|/g)].map(([, code]) => Number(code));
	expect(rows).toEqual(Object.values(CLOSE).toSorted((a, b) => a - b));
	const startsOver = [...protocol.matchAll(/\| (\d{4}) \|[^|]*\| starts over/g)].map(([, code]) => Number(code));
	expect(startsOver).toEqual(START_OVER_CODES.toSorted((a, b) => a - b));
});
