/** A process that ends itself as `kill -9` would, at one step of an update's way, once it is told to with SIGUSR2. */
import { BoardSocket } from '../../server/sync/board-socket.ts';
import type { DocumentLog } from '../../server/sync/document-log.ts';

/** In the order an update meets them (docs/guide/sync.md, "Order of one update"); the last two follow a commit without holding it up. */
export const STEPS = [
	'taken',
	'sent to the database',
	'committed',
	'told to one',
	'told to all',
	'projecting',
	'compacting',
] as const;
export type Step = (typeof STEPS)[number];

const SYNC = 0;
const UPDATE = 2;
const ACKNOWLEDGED = 100;

export function diesAt(step: Step, log: DocumentLog): DocumentLog {
	let isTold = false;
	process.on('SIGUSR2', () => (isTold = true));
	const reached = (here: Step): void => {
		if (isTold && here === step) process.kill(process.pid, 'SIGKILL');
	};
	watchFrames(reached);
	return {
		open: (name) => log.open(name),
		load: (documentId) => log.load(documentId),
		async append(batch) {
			reached('taken');
			const stored = log.append(batch);
			if (step === 'sent to the database') setImmediate(() => reached(step));
			const seqs = await stored;
			reached('committed');
			return seqs;
		},
		async checkpoint(...given) {
			const compacted = log.checkpoint(...given);
			setImmediate(() => reached('compacting'));
			return compacted;
		},
		async saveProjection(...given) {
			const saved = log.saveProjection(...given);
			setImmediate(() => reached('projecting'));
			return saved;
		},
	};
}

/** The first of a room has been sent a word; all have, and its author waits for the receipt. */
function watchFrames(reached: (here: Step) => void): void {
	const { send } = BoardSocket.prototype;
	BoardSocket.prototype.send = function (this: BoardSocket, bytes: Uint8Array): void {
		if (bytes[0] === ACKNOWLEDGED) reached('told to all');
		send.call(this, bytes);
		if (bytes[0] === SYNC && bytes[1] === UPDATE) reached('told to one');
	};
}
