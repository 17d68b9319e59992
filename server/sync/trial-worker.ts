/** Takes an update into a copy of its document and says whether the document would have taken it. Ended from outside when it takes too long. */
import { parentPort } from 'node:worker_threads';
import { BoardReplica } from './board-replica.ts';
import type { Trial, TrialAnswer } from './trials.ts';

if (!parentPort) throw new Error('runs as a worker only');
const port = parentPort;

port.on('message', (trial: Trial) => port.postMessage(tried(trial)));
port.postMessage('ready' satisfies TrialAnswer);

/** Whose client ids they are has been asked before. */
function tried({ kind, state, update, author, nowMs }: Trial): TrialAnswer {
	const replica = new BoardReplica(kind, { checkpoint: null, updates: [state], seq: 0, epoch: 1, clients: new Map() });
	const applied = replica.apply(update, author, nowMs);
	replica.doc.destroy();
	return applied.kind === 'refused' ? { kind: 'refused', code: applied.code } : { kind: 'passed' };
}
