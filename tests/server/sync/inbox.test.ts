import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Inbox, type Waiting } from '../../../server/sync/inbox.ts';
import { Session } from '../../../server/sync/session.ts';
import { anAdmittedSession } from '../../support/believing-admission.ts';
import { MemorySocket } from './a-room.ts';
import { anna } from './a-server.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('one that never runs empty gives its frames in order, and holds none of those it has given', async () => {
	const session = new Session(anAdmittedSession({ personId: anna }), new MemorySocket(), 0);
	const inbox = new Inbox();
	let ordinal = 0;
	const push = (): WeakRef<Uint8Array> => {
		const update = new Uint8Array(100);
		const item: Waiting = { session, frame: { type: 'update', update }, step2: 0, ordinal: ++ordinal, receivedMs: 0 };
		inbox.push(item);
		return new WeakRef(update);
	};
	const given = Array.from({ length: 20 }, push).slice(0, 10);
	const order: number[] = [];
	for (let round = 0; round < 50; round++) {
		order.push(inbox.shift()!.ordinal);
		push();
	}
	expect(order).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
	expect(inbox.isEmpty).toBe(false);
	await turn();
	collectGarbage();
	expect(given.filter((update) => update.deref() !== undefined)).toEqual([]);
});
