/**
 * Our sync server beside its peers: each scenario on each server in turn, round after round, so that whatever else the
 * machine does falls on all of them. Ours signs people in, checks rights and every edit, seals it and stores it durably
 * before anybody sees it, and PostgreSQL's processor time counts as ours; the peers do what their guides start.
 * The table goes to docs/guide/bench.md when all scenarios ran.
 * Usage: node bench/peers.bench.ts [scenario ...] [--rounds=3]
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ALWAYS, aPlace, type Contender, endAll, OURS, PEERS } from './peers/contenders.ts';
import { installPeers } from './peers/install.ts';
import { aMunicipality, type Municipality } from './peers/municipality.ts';
import type { Scenario } from './peers/scenario.ts';
import { SCENARIOS } from './peers/scenarios.ts';
import { tableOf } from './peers/table.ts';

const NOTES = join(import.meta.dirname, 'peers/notes.md');
const TABLE = join(import.meta.dirname, '../docs/guide/bench.md');

const { values, positionals } = parseArgs({
	options: { rounds: { type: 'string', default: '3' } },
	allowPositionals: true,
});
const rounds = Number(values.rounds);
const scenarios = SCENARIOS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (scenarios.length === 0) throw new Error(`one of ${SCENARIOS.map(({ name }) => name).join(', ')}`);

const havePeers = installPeers();
if (!havePeers) console.log('the peers cannot be installed here: only our server and the bare relay run');
const contenders = havePeers ? [...ALWAYS, ...PEERS] : ALWAYS;

const town = await aMunicipality();
const startedAt = new Date();
const loadAtStart = loadavg()[0]!;
const measured = new Map<Scenario, Map<string, readonly number[]>[]>();
try {
	for (let round = 1; round <= rounds; round++) {
		for (const scenario of scenarios) {
			const figures = await inTurn(scenario, town, contenders);
			measured.set(scenario, [...(measured.get(scenario) ?? []), figures]);
			console.log(`round ${round} of ${rounds}: ${scenario.name} (load ${loadavg()[0]!.toFixed(1)})`);
		}
	}
} finally {
	await town.end();
}

const tables = [...measured].map(([scenario, figures]) => tableOf(scenario, figures));
const text = `${[...preface(), ...tables].join('\n\n')}\n`;
console.log(`\n${text}`);
if (havePeers && scenarios.length === SCENARIOS.length) writeFileSync(TABLE, text);

async function inTurn(
	scenario: Scenario,
	town: Municipality,
	all: readonly Contender[],
): Promise<Map<string, readonly number[]>> {
	const figures = new Map<string, readonly number[]>();
	const documents = await town.openCases(scenario.documents);
	for (const contender of all.filter((each) => scenario.isFor?.(each) ?? true)) {
		const place = aPlace(town);
		try {
			figures.set(contender.name, await scenario.run(contender, place, documents));
		} catch (error) {
			console.log(`${scenario.name}, ${contender.name}: ${String(error)}`);
			if (contender === OURS) process.exitCode = 1;
		} finally {
			endAll();
			rmSync(place.folder, { recursive: true, force: true });
		}
	}
	return figures;
}

function preface(): readonly string[] {
	const shape = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
	const load = `load ${loadAtStart.toFixed(1)} at the start, ${loadavg()[0]!.toFixed(1)} at the end`;
	return [
		'# Our sync server beside its peers',
		`${startedAt.toISOString().slice(0, 10)}; ${shape}; ${load}; ${rounds === 1 ? 'one round' : `medians of ${rounds} interleaved rounds`}. \`npm run bench peers\` makes this page.`,
		...readFileSync(NOTES, 'utf8').trim().split('\n\n'),
	];
}
