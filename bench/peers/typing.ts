import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { prebuiltEdits, marksIn, type Edit } from './edits.ts';
import { quantile } from './quantile.ts';
import type { Measure, Scenario } from './scenario.ts';
import { expectConvergence, expectNobodyWasSentAway, seat, type Seat } from './seats.ts';

interface Typing {
	readonly name: string;
	readonly story: string;
	readonly documents: number;
	/** Connected, in each document. */
	readonly people: number;
	/** Of them, the first so many type. */
	readonly typing: number;
	readonly editsPerSecond: number;
	/** A caret follows each edit. */
	readonly cursors: boolean;
	readonly cpuGoal: number;
	readonly medianGoalMs?: number;
}

/** Before the clock runs, for the compiler of each server. */
const WARM_UP_SECONDS = 5;
const SECONDS = 10;
/** A peer that cannot keep up has some seconds of backlog; its latencies tell. */
const ARRIVAL_DEADLINE_MS = 40_000;
/** What a server does after the last arrival: receipts, read models. */
const AFTERMATH_MS = 500;

export function typingScenario(typing: Typing): Scenario {
	const { name, story, documents, cpuGoal, medianGoalMs } = typing;
	const measures: readonly Measure[] = [
		{ name: 'CPU ms per 1000 edits', digits: 0, goal: { kind: 'ratio', to: 'memory', value: cpuGoal } },
		{ name: 'p50 ms', digits: 1, ...(medianGoalMs !== undefined && { goal: { kind: 'at-most', value: medianGoalMs } }) },
		{ name: 'p99 ms', digits: 1 },
		{ name: 'RSS MB', digits: 0 },
	];
	return {
		...{ name, story, documents, measures },
		async run(contender, place, names) {
			const running = await contender.start(place);
			try {
				const seats = await seat(contender, place, running, names, typing.people);
				const watch = new Arrivals(seats, typing.people);
				const hands = new Hands(seats, typing, watch);
				hands.start();
				await sleep(WARM_UP_SECONDS * 1_000);
				watch.isOn = true;
				const before = { cpuMs: running.cpuMs(), edits: hands.edits };
				await sleep(SECONDS * 1_000);
				hands.stop();
				const edits = hands.edits - before.edits;
				await watch.everything();
				const cpuMs = running.cpuMs() - before.cpuMs;
				const residentMb = running.residentKb() / 1_024;
				expectNobodyWasSentAway(seats);
				await expectConvergence(contender, place, running, seats);
				for (const { person } of seats) person.leave();
				return [(cpuMs / edits) * 1_000, quantile(watch.latenciesMs, 0.5), quantile(watch.latenciesMs, 0.99), residentMb];
			} finally {
				await running.kill();
			}
		},
	};
}

/** The last to come into each document notes when the words of the others arrive: servers write to people in that order. */
class Arrivals {
	readonly latenciesMs: number[] = [];
	isOn = false;
	readonly #sentMs = new Map<string, number>();
	readonly #witnesses = new Set<Seat>();

	constructor(seats: readonly Seat[], people: number) {
		for (let index = people - 1; index < seats.length; index += people) {
			const witness = seats[index]!; // in bounds
			this.#witnesses.add(witness);
			witness.person.onUpdate = (update) => this.#arrived(update);
		}
	}

	sent(typist: Seat, { mark }: Edit): void {
		if (this.isOn && !this.#witnesses.has(typist)) this.#sentMs.set(mark, performance.now());
	}

	#arrived(update: Uint8Array): void {
		const nowMs = performance.now();
		for (const mark of marksIn(update)) {
			const sentMs = this.#sentMs.get(mark);
			if (sentMs === undefined) continue;
			this.#sentMs.delete(mark);
			this.latenciesMs.push(nowMs - sentMs);
		}
	}

	async everything(): Promise<void> {
		for (const endMs = performance.now() + ARRIVAL_DEADLINE_MS; this.#sentMs.size > 0; await sleep(10)) {
			if (performance.now() > endMs) throw new Error(`${this.#sentMs.size} edits did not arrive`);
		}
		await sleep(AFTERMATH_MS);
	}
}

/** Everybody's fingers: each types on their own beat, words that were made before. */
class Hands {
	edits = 0;
	readonly #typists: readonly (readonly [Seat, readonly Frames[]])[];
	readonly #everyMs: number;
	readonly #watch: Arrivals;
	#timers: NodeJS.Timeout[] = [];

	constructor(seats: readonly Seat[], { people, typing, editsPerSecond, cursors }: Typing, watch: Arrivals) {
		this.#watch = watch;
		this.#everyMs = 1_000 / editsPerSecond;
		const count = Math.ceil((WARM_UP_SECONDS + SECONDS + 1) * editsPerSecond);
		this.#typists = seats
			.filter((_, index) => index % people < typing)
			.map((typist, number) => [typist, prebuiltEdits(number, count).map((edit) => framesOf(typist, edit, cursors))]);
	}

	start(): void {
		this.#timers = this.#typists.map(([typist, frames], index) => {
			const phaseMs = (this.#everyMs * index) / this.#typists.length;
			return setTimeout(() => this.#timers.push(setInterval(() => this.#type(typist, frames), this.#everyMs)), phaseMs);
		});
	}

	#type(typist: Seat, frames: readonly Frames[]): void {
		const next = frames[typist.typed.length];
		if (!next) throw new Error('too few edits were made');
		this.#watch.sent(typist, next.edit);
		typist.person.socket.send(next.update);
		if (next.cursor) typist.person.socket.send(next.cursor);
		typist.typed.push(next.edit);
		this.edits++;
	}

	stop(): void {
		for (const timer of this.#timers) clearTimeout(timer);
	}
}

interface Frames {
	readonly edit: Edit;
	readonly update: Uint8Array;
	readonly cursor: Uint8Array | undefined;
}

function framesOf({ person }: Seat, edit: Edit, cursors: boolean): Frames {
	return { edit, update: person.frame(edit.updateMessage), cursor: cursors ? person.frame(edit.cursorMessage) : undefined };
}
