/** Every limit of the sync engine, with its unit and its reason. Nothing else in this folder invents a number. */

// What a client may send

/** One frame. A whole year's board of text is far below it; more is refused with 4413. */
export const MAX_FRAME_BYTES = 1024 * 1024;
/** Beyond this the WebSocket library itself refuses a frame, with 4413 too, before it is in memory. */
export const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;
/** Yjs client ids are 32-bit; the decoder would accept 53 bits. 0 is the server's own replica. */
export const MAX_CLIENT_ID = 2 ** 32 - 1;
/** Clocks count UTF-16 code units ever written by one client; a hundred million is a lifetime of typing. */
export const MAX_CLOCK = 100_000_000;
/** A session normally writes under one client id; a reload that carries offline text brings a few. */
export const MAX_CLIENTS_PER_UPDATE = 16;
/** Pieces of content under one client id in one frame: a day offline is some thousands; placing them can cost their square. */
export const MAX_STRUCTS_PER_CLIENT = 20_000;
/** Ranges an update may delete, its clients counted too: every one there ever was comes back in each answer to our step 1. */
export const MAX_DELETIONS = 100_000;
/** Separate deleted pieces a document may hold; a year of a board has some thousands. Half of what an update may name. */
export const MAX_DELETED_RANGES = 50_000;
/**
 * What one update may cost the thread that serves everybody, in steps of about ten nanoseconds: 35 ms. `effort.ts` counts them;
 * a day's work offline, 6,000 pieces with 3,000 corrections, is a third of it.
 */
export const MAX_UPDATE_STEPS = 2_500_000;
/** An update of more bytes that changes something is tried in a worker first: below it none took 10 ms (bench/hostile.bench.ts). */
export const LARGE_UPDATE_BYTES = 16 * 1024;
/** How long a try may take, in milliseconds: the largest that passes takes a fiftieth of it on a quiet machine, a tenth on a busy one. */
export const TRIAL_DEADLINE_MS = 10_000;
/** How long the worker may take to start; later what is to be tried is told to come again. */
export const TRIAL_START_MS = 10_000;
/** Memory a try may take, in megabytes. */
export const TRIAL_HEAP_MB = 256;

/** Client ids a single socket may introduce, so that nobody fills the ownership table. */
export const MAX_NEW_CLIENTS_PER_SESSION = 32;
/** A board value is a small JSON object; anything nested deeper is an attack on recursive readers. */
export const MAX_VALUE_DEPTH = 8;
/** Root names and map keys: `line/2026-W47/<uuid>` is 60 characters. */
export const MAX_NAME_LENGTH = 256;

/** Sustained frames a second; each client also echoes the room's presence, at most `AWARENESS_INTERVAL_MS` apart. */
export const FRAMES_PER_SECOND = 120;
export const FRAME_BURST = 1_200;
/** Sustained bytes a second, and what a socket may send at once when it comes back with hours of offline text. */
export const BYTES_PER_SECOND = 512 * 1024;
export const BYTE_BURST = 8 * 1024 * 1024;
/** Bytes of one session waiting for a commit; above it its socket is not read until they are stored. */
export const MAX_QUEUED_BYTES = 256 * 1024;
/** Gaps in a row that a client may leave after being asked for what is missing. */
export const MAX_UNANSWERED_GAPS = 3;

// Commits and fan-out

/** What writing one frame to one socket costs, in milliseconds (measured by the prototype). */
export const SEND_COST_MS = 0.012;
/** The share of a core that one room's fan-out may take; decides how long a big room gathers. */
export const FAN_OUT_SHARE = 0.1;
/** The longest a big room gathers, in milliseconds: above it people feel it. */
export const MAX_GATHER_MS = 20;
/** One append holds at most this much, so that a reconnect storm does not become one giant statement. */
export const MAX_BATCH_UPDATES = 2_000;
export const MAX_BATCH_BYTES = 8 * 1024 * 1024;

/** Frames handled in one go, so that a crowd's backlog does not hold up other rooms. */
export const MAX_FLIGHT_FRAMES = 500;
/** And for no longer than this, in milliseconds: what is left waits for the next commit. */
export const MAX_FLIGHT_MS = 20;

// Mass deletions

/**
 * What one person deletes within this time counts together, in milliseconds: as long as a moment of the history may pause. Once
 * it was much, what they delete no later than this after their last deletion counts too.
 */
export const MASS_DELETION_SPAN_MS = 10 * 60_000;
/** Fewer letters and choices than this are never much: two or three paragraphs. */
export const MASS_DELETION_LEAST = 300;
/** The share of what stood there that is much. */
export const MASS_DELETION_SHARE = 0.5;

// Failure

/** A commit slower than this is announced as "not durable", in milliseconds. */
export const STALLED_COMMIT_MS = 3_000;
/** How long a room may be unable to store before its sockets are told to try later. */
export const NOT_DURABLE_LIMIT_MS = 30_000;
/** First and longest wait between attempts to store again. */
export const RETRY_FIRST_MS = 250;
export const RETRY_LONGEST_MS = 2_000;
/** A session whose time was up but may go on (its sign-in was prolonged, a new day began) is asked about again after this. */
export const REVIEW_AGAIN_MS = 1_000;
/** How long rights may stay unconfirmed because the database does not answer. */
export const UNREVIEWED_LIMIT_MS = 5_000;

// Silence

/** The stock client drops a socket after 30 s without a data frame; pings do not count. */
export const KEEP_ALIVE_MS = 15_000;
/** A socket that neither sent nor answered a ping for this long is dead. Pings go out with the keep-alive. */
export const IDLE_TIMEOUT_MS = 45_000;
/** The engine's clockwork: expiry, keep-alive, slow readers, projections. */
export const TICK_MS = 250;

// Slow readers

/** Above it presence is left out: text first. */
export const NO_AWARENESS_BYTES = 256 * 1024;
/** Above it nothing more is written until the socket has drained; then one fresh difference. */
export const RESYNC_BYTES = 1024 * 1024;
/** The socket counts as drained below this. */
export const DRAINED_BYTES = 64 * 1024;
/** Above it, the first answer not counted, the socket is closed: it costs others too much memory. */
export const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;
/** A socket that takes nothing for this long is closed. */
export const STALLED_READER_MS = 10_000;

// Presence

/** About 15 presence frames a second and room. */
export const AWARENESS_INTERVAL_MS = 66;
/** One person's presence as JSON: a field name and a caret. */
export const MAX_AWARENESS_BYTES = 4 * 1024;
export const MAX_AWARENESS_DEPTH = 6;
/** Entries in one presence message: everybody in a big room, echoed by a stock client. */
export const MAX_AWARENESS_ENTRIES = 1_000;
/** Clocks remembered of those who left, so that a return is not mistaken for an old state. */
export const MAX_REMEMBERED_CLOCKS = 10_000;

// Keeping

/** Read models follow within a second of the commit; half of it leaves room for a slow database. */
export const PROJECTION_DELAY_MS = 400;
/** A room outlives its last socket this long, so that a reload of the page finds it warm. */
export const ROOM_LINGER_MS = 10_000;

// Doors

/** Connections being checked at once; more are told to try later. */
export const MAX_PENDING_ADMISSIONS = 2_000;
/** Of them, asked about at the same time, in the same statements. */
export const ADMISSIONS_AT_ONCE = 64;
/** Drafts that are made at the same time: each takes a connection to the database, and a crowd must not hold them all. */
export const DRAFTS_MADE_AT_ONCE = 4;
/** Who has stood at the door this long is told to try later, so that nobody waits for a database that does not answer. */
export const ADMISSION_PATIENCE_MS = 10_000;
/** Sockets are closed spread over this time at shutdown: the stock client comes back without jitter. */
export const DRAIN_SPREAD_MS = 3_000;
