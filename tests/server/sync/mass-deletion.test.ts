import { describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { MASS_DELETION_SPAN_MS } from '../../../server/sync/limits.ts';
import { aRoom, type Guest, settle } from './a-room.ts';
import { anna, bo, goalOf } from './a-server.ts';

const PLAN = 'En plan med mange ord, som flere har skrevet i. '.repeat(10);
const RULED = 'line/2026-W47/01890a5d-ac96-774b-bcce-000000000001';

/** A room in which Anna wrote a plan of 480 letters, and Bo came in afterwards. */
async function aPlan() {
	const room = aRoom();
	const writer = await room.settledGuest({ personId: anna });
	writer.type(PLAN);
	await settle();
	return { ...room, writer, other: await room.settledGuest({ personId: bo }) };
}

async function deleteLetters(guest: Guest, count: number): Promise<void> {
	goalOf(guest.doc).delete(0, count);
	await settle();
}

/** What the log was given beside each row. */
const noticed = ({ rows }: Awaited<ReturnType<typeof aPlan>>) => rows().map(({ massDeletion }) => massDeletion);

describe('who deletes much of a plan', () => {
	test('at once is noticed with the row, and what they did is stored', async () => {
		const plan = await aPlan();
		await deleteLetters(plan.other, 400);
		expect(noticed(plan)).toEqual([undefined, { sinceSeq: 1, stood: 480, deleted: 400 }]);
		expect(plan.massDeletions).toEqual([{ sinceSeq: 1, stood: 480, deleted: 400 }]);
		expect([plan.writer.text.length, plan.other.socket.closedWith]).toEqual([80, undefined]);
	});

	test('bit by bit is noticed when it has become much, and can be taken back to before the first bit', async () => {
		const plan = await aPlan();
		for (let bit = 0; bit < 4; bit++) {
			await deleteLetters(plan.other, 80);
			plan.writer.type('.');
			await settle();
		}
		expect(plan.massDeletions).toEqual([{ sinceSeq: 1, stood: 483, deleted: 320 }]);
		expect(noticed(plan).filter(Boolean)).toHaveLength(1);
	});

	test('and writes something else instead is noticed too', async () => {
		const plan = await aPlan();
		plan.other.doc.transact(() => {
			goalOf(plan.other.doc).delete(0, 480);
			plan.other.type('x'.repeat(900));
		});
		await settle();
		expect(plan.massDeletions).toEqual([{ sinceSeq: 1, stood: 480, deleted: 480 }]);
	});

	test('in what is being stored together with others is taken back to before their own deletion alone', async () => {
		const plan = await aPlan();
		plan.log.holdCommits();
		plan.writer.type('!');
		await settle();
		plan.writer.type('?');
		goalOf(plan.other.doc).delete(0, 400);
		plan.log.letGo();
		await settle();
		expect(plan.massDeletions).toEqual([{ sinceSeq: 3, stood: 482, deleted: 400 }]);
	});

	test('in one text after the other is counted together, against all that stood', async () => {
		const plan = await aPlan();
		plan.writer.doc.getText(RULED).insert(0, 'y'.repeat(700));
		await settle();
		await deleteLetters(plan.other, 480);
		expect(plan.massDeletions).toEqual([]);
		plan.other.doc.getText(RULED).delete(0, 120);
		await settle();
		expect(plan.massDeletions).toEqual([{ sinceSeq: 2, stood: 1_180, deleted: 600 }]);
	});

	test('of what a colleague wrote since the first bit is noticed like everything else', async () => {
		const plan = await aPlan();
		await deleteLetters(plan.other, 10);
		plan.writer.type('x'.repeat(600));
		await settle();
		plan.other.type('y'.repeat(900));
		await settle();
		goalOf(plan.other.doc).delete(470, 600);
		await settle();
		expect(plan.massDeletions).toEqual([{ sinceSeq: 1, stood: 1_080, deleted: 610 }]);
	});

	test('for a long time is told of when half of it is gone, and half of what was left then', async () => {
		const plan = await aPlan();
		plan.writer.type(PLAN.repeat(4));
		await settle();
		for (let bit = 0; bit < 23; bit++) await deleteLetters(plan.other, 100);
		expect(plan.massDeletions).toEqual([
			{ sinceSeq: 2, stood: 2_400, deleted: 1_200 },
			{ sinceSeq: 14, stood: 1_200, deleted: 600 },
			{ sinceSeq: 20, stood: 600, deleted: 300 },
		]);
	});

	test('goes on being counted once they were told of, until they have been quiet', async () => {
		const plan = await aPlan();
		plan.writer.type(PLAN.repeat(4));
		await settle();
		for (const count of [1_200, 400, 420]) {
			await deleteLetters(plan.other, count);
			plan.clock.ms += MASS_DELETION_SPAN_MS;
		}
		expect(plan.massDeletions).toEqual([
			{ sinceSeq: 2, stood: 2_400, deleted: 1_200 },
			{ sinceSeq: 3, stood: 1_200, deleted: 820 },
		]);
		await deleteLetters(plan.other, 80);
		plan.clock.ms += MASS_DELETION_SPAN_MS + 1;
		await deleteLetters(plan.other, 290);
		expect(plan.massDeletions).toHaveLength(2);
	});

	test('has not hidden behind it what they delete of what a colleague writes then', async () => {
		const plan = await aPlan();
		await deleteLetters(plan.other, 400);
		plan.writer.type('x'.repeat(900));
		await settle();
		await deleteLetters(plan.other, 900);
		expect(plan.massDeletions.slice(1)).toEqual([{ sinceSeq: 3, stood: 980, deleted: 900 }]);
	});

	test('is noticed though the document was loaded anew between two bits', async () => {
		const plan = await aPlan();
		await deleteLetters(plan.other, 200);
		const { loads } = plan.log;
		plan.room.refresh();
		await settle();
		await deleteLetters(plan.other, 200);
		expect([plan.log.loads, plan.massDeletions]).toEqual([loads + 1, [{ sinceSeq: 1, stood: 480, deleted: 400 }]]);
	});

	test('is told of once though nobody knew at first whether it was stored', async () => {
		const plan = await aPlan();
		plan.log.failNext('unknown');
		await deleteLetters(plan.other, 400);
		expect(plan.massDeletions).toEqual([]);
		await vi.waitFor(() => expect(plan.massDeletions).toEqual([{ sinceSeq: 1, stood: 480, deleted: 400 }]), { timeout: 5_000 });
		await vi.waitFor(() => expect(plan.other.socket.acknowledged()).toBe(3), { timeout: 5_000 });
		await deleteLetters(plan.other, 60);
		expect([plan.massDeletions.length, noticed(plan).filter(Boolean).length]).toEqual([1, 1]);
	});
});

describe('nobody is told', () => {
	test('of less than half', async () => {
		const plan = await aPlan();
		plan.writer.doc.getText(RULED).insert(0, 'z'.repeat(480));
		await settle();
		await deleteLetters(plan.other, 470);
		expect(plan.massDeletions).toEqual([]);
	});

	test('of little, were it all there was', async () => {
		const room = aRoom();
		const one = await room.settledGuest();
		one.type('kort');
		await settle();
		await deleteLetters(one, 4);
		expect(room.massDeletions).toEqual([]);
	});

	test('of what one wrote and took back again while writing', async () => {
		const plan = await aPlan();
		for (let word = 0; word < 20; word++) {
			plan.other.type('x'.repeat(30));
			await settle();
			goalOf(plan.other.doc).delete(goalOf(plan.other.doc).length - 25, 25);
			await settle();
		}
		expect(plan.massDeletions).toEqual([]);
	});

	test('of two who delete a part each', async () => {
		const plan = await aPlan();
		await deleteLetters(plan.other, 250);
		await deleteLetters(plan.writer, 200);
		expect(plan.massDeletions).toEqual([]);
	});

	test('of one who takes their time', async () => {
		const plan = await aPlan();
		await deleteLetters(plan.other, 250);
		plan.clock.ms += MASS_DELETION_SPAN_MS + 1;
		await deleteLetters(plan.other, 200);
		expect(plan.massDeletions).toEqual([]);
	});

	test("of one's own drafts", async () => {
		const { BoardReplica } = await import('../../../server/sync/board-replica.ts');
		const draft = 'draft/01890a5d-ac96-774b-bcce-000000000001';
		const doc = new Y.Doc();
		const updates: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => updates.push(update));
		doc.getText(draft).insert(0, 'x'.repeat(500));
		doc.getText(draft).delete(0, 500);
		const replica = new BoardReplica('private', { checkpoint: null, updates: [], seq: 1, epoch: 1, clients: new Map() });
		const applied = updates.map((update) => replica.apply(update, { personId: anna, sessionId: 'one' }, 0));
		expect(applied).toMatchObject([{ kind: 'applied' }, { kind: 'applied', massDeletion: undefined }]);
	});
});

test('an update that could not be stored at first is counted once', async () => {
	const plan = await aPlan();
	plan.log.failNext('not-stored');
	await deleteLetters(plan.other, 200);
	await vi.waitFor(() => expect(plan.other.socket.acknowledged()).toBe(3), { timeout: 5_000 });
	await deleteLetters(plan.other, 50);
	expect(plan.massDeletions).toEqual([]);
	await deleteLetters(plan.other, 60);
	expect(plan.massDeletions).toEqual([{ sinceSeq: 1, stood: 480, deleted: 310 }]);
});
