import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { CLOSE } from '../../../board/close-codes.ts';
import { AWARENESS_INTERVAL_MS, MAX_AWARENESS_BYTES } from '../../../server/sync/limits.ts';
import { aPresence, aRoom, presenceHeard, settle } from './a-room.ts';
import { anna, aLogWithOneDocument, aServer, bo, goalOf, until, type TestServer } from './a-server.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

const aTick = () => sleep(AWARENESS_INTERVAL_MS + 20);

test('whoever a client says it is, others are shown who is signed in', async () => {
	const { settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	one.sendPresence(7, 1, { user: { name: 'The mayor', personId: bo }, field: 'goal/team' });
	await aTick();
	expect(presenceHeard(two.socket)).toEqual([
		{
			clientId: 7,
			clock: 1,
			state: {
				field: 'goal/team',
				user: { personId: anna, name: 'Anna Holm', profession: 'teacher', organisation: 'Nordby Kommune', external: false },
			},
		},
	]);
});

test('entries about others are ignored, and nobody is closed for them', async () => {
	const { settledGuest } = aRoom();
	const [one, two, three] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo }), await settledGuest()];
	one.sendPresence(7, 1, { field: 'goal/team' });
	two.sendPresence(8, 1, { field: 'tasks' });
	await aTick();
	two.send(
		aPresence([
			[7, 50, { field: 'forged' }],
			[8, 2, { field: 'tracks' }],
			[9, 1, { field: 'a ghost' }],
		]),
	);
	two.sendPresence(7, 51, null);
	await aTick();
	const heard = presenceHeard(three.socket);
	expect(heard.filter(({ clientId }) => clientId === 7)).toHaveLength(1);
	expect(heard.at(-1)).toMatchObject({ clientId: 8, state: { field: 'tracks' } });
	expect([heard.some(({ clientId }) => clientId === 9), two.socket.closedWith]).toEqual([false, undefined]);
});

test('who has not said yet who they are takes no entry of another person, none out of an echo, and ends no other tab', async () => {
	const { settledGuest } = aRoom();
	const [one, witness] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	const [forger, echo, tab] = [
		await settledGuest({ personId: bo }),
		await settledGuest({ personId: bo }),
		await settledGuest({ personId: anna }),
	];
	one.sendPresence(7, 1, { field: 'goal/team' });
	await aTick();
	forger.sendPresence(7, 50, { field: 'forged' });
	echo.send(
		aPresence([
			[8, 1, { field: 'a ghost' }],
			[9, 1, { field: 'another' }],
		]),
	);
	tab.sendPresence(7, 51, null);
	await aTick();
	expect(presenceHeard(witness.socket).map(({ clientId, state }) => [clientId, state?.['field']])).toEqual([[7, 'goal/team']]);
});

test('a caret that never rests is shown some fifteen times a second', async () => {
	const { settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	const beganMs = performance.now();
	for (let clock = 1; clock <= 80; clock++) {
		one.sendPresence(7, clock, { at: clock });
		await sleep(4);
	}
	const frames = two.socket.types().filter((type) => type === 'awareness').length;
	expect(frames).toBeGreaterThan(2);
	expect(frames).toBeLessThanOrEqual(1 + (performance.now() - beganMs) / AWARENESS_INTERVAL_MS);
});

test('many changes within a tick go out as one frame with the last state', async () => {
	const { settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	for (let clock = 1; clock <= 50; clock++) one.sendPresence(7, clock, { at: clock });
	await aTick();
	expect(presenceHeard(two.socket).map(({ clock }) => clock)).toEqual([50]);
});

test('a state that is too large or too deep is left out', async () => {
	const { settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	one.sendPresence(7, 1, { field: 'x'.repeat(MAX_AWARENESS_BYTES) });
	one.sendPresence(7, 2, JSON.parse('{"a":'.repeat(20) + '1' + '}'.repeat(20)));
	await aTick();
	expect([presenceHeard(two.socket), one.socket.closedWith]).toEqual([[], undefined]);
});

test('who leaves is gone at once; who comes back under the same id is newer than their absence', async () => {
	const { settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	one.sendPresence(7, 3, { field: 'goal/team' });
	await aTick();
	one.leave();
	await aTick();
	const again = await settledGuest({ personId: anna });
	again.sendPresence(7, 3, { field: 'goal/team' });
	await aTick();
	const heard = presenceHeard(two.socket);
	expect(heard.map(({ clock, state }) => [clock, state !== null])).toEqual([
		[3, true],
		[3, false],
		[4, true],
	]);
	expect(presenceHeard(again.socket), 'their own entry would look newer than what they say next').toEqual([]);
});

test('presence waits for text that is being stored: a caret never stands in words nobody has', async () => {
	const { log, settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	log.holdCommits();
	one.type('words');
	one.sendPresence(7, 1, { caret: 5 });
	await settle();
	await aTick();
	expect(presenceHeard(two.socket)).toEqual([]);
	log.letGo();
	await settle();
	expect(two.socket.types().slice(-2)).toEqual(['update', 'awareness']);
});

test('presence waits for text that has come and is not being stored yet', async () => {
	const { queue, settledGuest } = aRoom();
	const [one, two] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	queue.stop();
	one.type('words');
	one.sendPresence(7, 1, { caret: 5 });
	await aTick();
	expect(presenceHeard(two.socket)).toEqual([]);
	queue.resume();
	await settle();
	expect(two.socket.types().slice(-2)).toEqual(['update', 'awareness']);
});

test('whoever is here under a client id writes under it first, and nobody else; a reader’s word holds no id', async () => {
	const { settledGuest, rows } = aRoom();
	const [one, other] = [await settledGuest({ personId: anna }), await settledGuest({ personId: bo })];
	const reader = await settledGuest({ personId: bo, access: 'read' });
	one.sendPresence(other.doc.clientID, 1, { field: 'goal/team' });
	reader.sendPresence(one.doc.clientID, 1, { field: 'goal/team' });
	await settle();
	const before = rows().length;
	other.type('not under a held id');
	await settle();
	expect([other.socket.closedWith, rows().length]).toEqual([CLOSE.badFrame, before]);
	one.type('under an id only a reader named');
	await settle();
	expect([one.socket.closedWith, rows().length]).toEqual([undefined, before + 1]);
});

test('a newcomer is told who is here', async () => {
	const { settledGuest } = aRoom();
	const one = await settledGuest({ personId: anna });
	one.sendPresence(7, 1, { field: 'goal/team' });
	await aTick();
	const two = await settledGuest({ personId: bo });
	expect(presenceHeard(two.socket)).toMatchObject([{ clientId: 7 }]);
});

test('stock clients echo each other for a while and stay connected', async () => {
	server = await aServer(aLogWithOneDocument());
	const clients = [server.client(anna), server.client(bo), server.client(anna)];
	await until(() => clients.every((client) => client.isSaved()), 'all synced');
	for (let turn = 0; turn < 10; turn++) {
		for (const client of clients) client.provider.awareness.setLocalStateField('turn', turn);
		await sleep(30);
	}
	goalOf(clients[0]!.doc).insert(0, 'still here');
	await until(
		() =>
			clients.every(
				({ provider }) => [...provider.awareness.getStates().values()].filter((state) => state['turn'] === 9).length === 3,
			),
		'all see all',
	);
	const seen = [...clients[1]!.provider.awareness.getStates()]
		.filter(([id]) => id !== clients[1]!.doc.clientID)
		.map(([, state]) => state['user'] as object);
	expect(seen).toEqual([expect.objectContaining({ personId: anna }), expect.objectContaining({ personId: anna })]);
	expect(clients.flatMap(({ closeCodes }) => closeCodes)).toEqual([]);
});
