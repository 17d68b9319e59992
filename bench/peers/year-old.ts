import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeUpdate } from '../../server/sync/frame.ts';
import { type Contender, OURS, type Place, type Running, STORED_AFTER_MS } from './contenders.ts';
import { Person } from './person.ts';
import { median } from './quantile.ts';
import type { Scenario } from './scenario.ts';
import { expectSameAs } from './seats.ts';

const OPENS = 60;

/** Opened first by a server that has just started, then again and again while somebody holds it open. */
export const YEAR_OLD: Scenario = {
	name: 'year-old-document',
	story: `One document of 52 weekly meetings: opened first after a restart, where a server stores; then ${OPENS} times while somebody has it open.`,
	documents: 1,
	measures: [
		{ name: 'cold open ms', digits: 0 },
		{ name: 'held: p50 ms', digits: 1, goal: { kind: 'ratio', to: 'memory', value: 0.55 } },
		{ name: 'held: CPU ms per open', digits: 1, goal: { kind: 'ratio', to: 'memory', value: 0.55 } },
	],
	isFor: ({ dialect }) => dialect.answers,
	async run(contender, place, [document]) {
		const year = await place.town.writeYear(document!);
		if (contender.stores && contender !== OURS) await store(contender, place, document!, year);
		const running = await contender.start(place);
		try {
			const open = () => opened(contender, place, running, document!);
			if (!contender.stores) await upload(contender, place, running, document!, year);
			const cold = await open();
			for (let index = 0; index < OPENS / 4; index++) (await open()).person.leave();
			const heldMs: number[] = [];
			const before = running.cpuMs();
			for (let index = 0; index < OPENS; index++) {
				const { person, tookMs } = await open();
				heldMs.push(tookMs);
				person.leave();
			}
			const cpuMs = running.cpuMs() - before;
			await expectSameAs({ person: cold.person, document: document!, typed: [] }, [year]);
			cold.person.leave();
			return [contender.stores ? cold.tookMs : NaN, median(heldMs), cpuMs / OPENS];
		} finally {
			await running.kill();
		}
	},
};

async function opened({ dialect }: Contender, { town }: Place, { origin }: Running, document: string) {
	const startMs = performance.now();
	const person = new Person({ origin, dialect, document, cookie: town.cookies[0]! });
	await person.ready;
	return { person, tookMs: performance.now() - startMs };
}

async function upload(contender: Contender, place: Place, running: Running, document: string, year: Uint8Array): Promise<void> {
	const { person } = await opened(contender, place, running, document);
	person.socket.send(person.frame(encodeUpdate(year)));
	const { person: reader } = await opened(contender, place, running, document);
	await expectSameAs({ person: reader, document, typed: [] }, [year]);
	reader.leave();
	// The writer stays, or a server that keeps documents in memory alone would forget this one.
}

async function store(contender: Contender, place: Place, document: string, year: Uint8Array): Promise<void> {
	const running = await contender.start(place);
	await upload(contender, place, running, document, year);
	await sleep(STORED_AFTER_MS);
	await running.kill();
}
