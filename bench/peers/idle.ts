import { setTimeout as sleep } from 'node:timers/promises';
import type { Scenario } from './scenario.ts';
import { seat } from './seats.ts';

const WARM = 50;
const CONNECTIONS = 400;
const SETTLE_MS = 3_000;

export const IDLE: Scenario = {
	name: 'idle-connections',
	story: `One document; ${CONNECTIONS} people come in and do nothing.`,
	documents: 1,
	measures: [
		{ name: 'kept kB per connection', digits: 0, goal: { kind: 'ratio', to: 'memory', value: 0.7 } },
		{ name: 'RSS kB per connection', digits: 0 },
	],
	async run(contender, place, documents) {
		const running = await contender.start(place);
		try {
			const warm = await seat(contender, place, running, documents, WARM);
			await sleep(SETTLE_MS);
			const before = { keptKb: await running.keptKb(), residentKb: running.residentKb() };
			const idle = await seat(contender, place, running, documents, CONNECTIONS);
			await sleep(SETTLE_MS);
			const after = { keptKb: await running.keptKb(), residentKb: running.residentKb() };
			for (const { person } of [...warm, ...idle]) person.leave();
			return [(after.keptKb - before.keptKb) / CONNECTIONS, (after.residentKb - before.residentKb) / CONNECTIONS];
		} finally {
			await running.kill();
		}
	},
};
