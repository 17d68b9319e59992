import * as Y from 'yjs';
import { afterEach, expect, test, vi } from 'vitest';
import { seedDocument } from '../../board/edit/seed.ts';
import { isContested } from '../../board/choice.ts';
import type { TeamProjection } from '../../board/project.ts';
import { projectTeam } from '../../board/project.ts';
import { byRank } from '../../board/rank.ts';
import type { PersonId } from '../../domain/ids.ts';
import { aDocument, anId } from '../support/board.ts';
import { Meeting } from '../support/peers.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import type { Hand } from './random-edits.ts';
import { EDIT_NAMES, editAtRandom } from './random-edits.ts';

/** Many runs on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const STEPS = 400;
/** Of all runs together; asserted at the end, so that a run in which nothing happened cannot pass for a good one. */
const happened = { contested: 0, lost: 0, reordered: 0, offline: 0, delivered: 0 };
const seeds = Array.from({ length: 12 }, (_, index) => 20_261_121 + index);
const made = new Map<string, number>();

afterEach(() => vi.restoreAllMocks());

function run(seed: number): Meeting {
	const random = new SeededRandom(seed);
	bindChance(random);
	const empty = aDocument(5);
	seedDocument(empty);
	const people = [1, 2, 3, 4].map((number) => anId<PersonId>(number));
	const meeting = new Meeting('team', people, empty, random);
	const hands: Hand[] = meeting.peers.map((peer) => ({ doc: peer.doc, by: peer.editor, people, random, undo: [] }));
	for (let step = 0; step < STEPS; step++) {
		const hand = random.pick(hands);
		const name = editAtRandom(hand);
		if (name) made.set(name, (made.get(name) ?? 0) + 1);
		meeting.step();
		expectInvariants(projectTeam(hand.doc), people);
		if (step % 8 === 0) happened.contested += contestedIn(projectTeam(meeting.server));
	}
	meeting.settle();
	for (const key of ['lost', 'reordered', 'offline', 'delivered'] as const) happened[key] += meeting.happened[key];
	return meeting;
}

/** Ranks and ids take chance from the surroundings: here from the seed, so that a failing seed fails again. */
function bindChance(random: SeededRandom): void {
	vi.spyOn(Math, 'random').mockImplementation(random.next);
	vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
		if (array instanceof Uint8Array) array.forEach((_, index) => (array[index] = random.below(256)));
		return array;
	});
}

/** What holds in every copy at every moment, whatever has arrived. */
function expectInvariants(board: TeamProjection, people: readonly PersonId[]): void {
	for (const list of [board.tracks, board.tasks, board.decisions]) {
		expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
		expect([...list].sort(byRank)).toEqual(list);
		expect(list.every(({ removed }) => removed === null || people.includes(removed.by))).toBe(true);
	}
	for (const row of board.weeks) expect(new Set(row.direction.values.map(({ by }) => by)).size).toBe(row.direction.values.length);
	const words = [
		board.goal.team,
		board.goal.citizen,
		...board.tasks.flatMap(({ text, droppedReason }) => [text, droppedReason]),
		...board.decisions.map(({ text }) => text),
		...Object.values(board.agreed).flatMap((lines) => Object.values(lines)),
		...board.weeks.map(({ line }) => line),
	];
	expect(words.join('')).not.toContain('\uFFFD');
}

function contestedIn({ goal, tracks, tasks, decisions, weeks }: TeamProjection): number {
	const choices = [
		goal.kind,
		goal.targetDay,
		goal.saidInWeek,
		...tracks.flatMap((track) => [track.owner, track.state, track.label, track.startsOn]),
		...[...tasks, ...decisions].flatMap(({ owner, dueOn }) => [owner, dueOn]),
		...weeks.flatMap((row) => [row.direction, row.attended]),
	];
	return choices.filter((choice) => isContested<unknown>(choice)).length;
}

test.each(seeds)('seed %i ends with the same board on every peer, on the server and from the log', (seed) => {
	const meeting = run(seed);
	const replayed = aDocument(2);
	for (const update of meeting.log) Y.applyUpdate(replayed, update);
	const expected = JSON.stringify(projectTeam(meeting.server));
	const state = Y.encodeStateAsUpdate(meeting.server);
	for (const doc of [replayed, ...meeting.peers.map((peer) => peer.doc)]) {
		expect(JSON.stringify(projectTeam(doc))).toBe(expected);
		expect(Y.encodeStateAsUpdate(doc)).toEqual(state);
		expect(doc.store.pendingStructs).toBeNull();
	}
	expect(meeting.refusals).toEqual([]);
	expect(projectTeam(meeting.server).tracks.length).toBeGreaterThan(2);
});

test('in these runs every edit was made, and people differed, and the network lost and reordered', () => {
	expect(EDIT_NAMES.filter((name) => !made.has(name))).toEqual([]);
	for (const [what, count] of Object.entries(happened)) expect(count, what).toBeGreaterThan(100);
});

test('the log replayed in any order, with repeats, gives the same bytes', () => {
	const meeting = run(7);
	const random = new SeededRandom(8);
	const replayed = aDocument(2);
	for (const update of random.shuffled([...meeting.log, ...meeting.log.slice(0, 20)])) Y.applyUpdate(replayed, update);
	expect(Y.encodeStateAsUpdate(replayed)).toEqual(Y.encodeStateAsUpdate(meeting.server));
});
