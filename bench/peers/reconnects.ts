import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as Y from 'yjs';
import { STORED_AFTER_MS } from './contenders.ts';
import { prebuiltEdits } from './edits.ts';
import { comeIn } from './person.ts';
import type { Scenario } from './scenario.ts';
import { expectConvergence, expectNobodyWasSentAway, seat, type Seat } from './seats.ts';

const DOCUMENTS = 60;
const PEOPLE = 10;
const EDITS = 20;

/** Everybody comes back at once, with what they had, to a server that has just started. */
export const RECONNECTS: Scenario = {
	name: 'reconnects',
	story: `${DOCUMENTS * PEOPLE} people in ${DOCUMENTS} documents come back at once after a restart, each with what they had.`,
	documents: DOCUMENTS,
	measures: [
		{ name: 'ms until all are back', digits: 0, goal: { kind: 'ratio', to: 'sqlite', value: 0.7 } },
		{ name: 'CPU ms', digits: 0, goal: { kind: 'ratio', to: 'sqlite', value: 0.7 } },
	],
	isFor: ({ stores }) => stores,
	async run(contender, place, documents) {
		const first = await contender.start(place);
		const seats = await seat(contender, place, first, documents, PEOPLE);
		const typists = seats.filter((_, index) => index % PEOPLE === 0);
		typists.forEach(write);
		await expectConvergence(contender, place, first, seats);
		await sleep(STORED_AFTER_MS);
		await first.kill();
		const left = new Map(typists.map((typist) => [typist.document, { typed: typist.typed, has: allOf(typist) }]));

		const running = await contender.start(place);
		try {
			const before = { cpuMs: running.cpuMs(), ms: performance.now() };
			const back = await Promise.all(
				seats.map(async ({ document }, index): Promise<Seat> => {
					const { typed, has } = left.get(document)!;
					const visit = { origin: running.origin, dialect: contender.dialect, document, has };
					return { person: await comeIn({ ...visit, cookie: place.town.cookies[index % PEOPLE]! }), document, typed };
				}),
			);
			const tookMs = performance.now() - before.ms;
			const cpuMs = running.cpuMs() - before.cpuMs;
			expectNobodyWasSentAway(back);
			await expectConvergence(contender, place, running, back);
			for (const { person } of back) person.leave();
			return [tookMs, cpuMs];
		} finally {
			await running.kill();
		}
	},
};

function write(typist: Seat, number: number): void {
	for (const edit of prebuiltEdits(number, EDITS)) {
		typist.person.socket.send(typist.person.frame(edit.updateMessage));
		typist.typed.push(edit);
	}
}

function allOf({ person, typed }: Seat): Uint8Array {
	return Y.mergeUpdates([...person.everything, ...typed.map(({ update }) => update)]);
}
