/**
 * Runs the checks of one verb and closes with one line that a person and a machine can read.
 * Every check runs even when one before it failed, so that one run tells everything. Checks of one group need nothing of
 * each other and run two at a time; what they say is printed check by check.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const REPORTS = join(ROOT, 'test-results');

interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
	/** The tests that failed, by file and name. */
	readonly faults: readonly string[];
}

interface Check {
	readonly name: string;
	/** @param say takes what the check prints */
	run(say: Say): Promise<Tally>;
}

type Say = (words: Buffer | string) => void;

const PASSED: Tally = { passed: 1, failed: 0, skipped: 0, faults: [] };
const FAILED: Tally = { passed: 0, failed: 1, skipped: 0, faults: [] };
/** Of one group; the machines that run this have two processors. */
const AT_ONCE = 2;
/** What is printed is read in a log, where a coloured dot takes forty characters. */
const PLAIN = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' };

const SOURCES = ['domain', 'board', 'db', 'server', 'web', 'messages', 'scripts', 'tests', 'bench'];

const GENERATED = command('generated types', ['svelte-kit', 'sync']);

/** Checks that read the sources and start nothing; the longest first. */
const STATIC: readonly Check[] = [
	command('components', ['svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human']),
	command('lint', ['eslint', '--max-warnings', '0', '.']),
	command('types', ['tsc', '-p', 'tsconfig.server.json', '--noEmit']),
	command('promises', ['oxlint', '--type-aware', '--deny-warnings', '.']),
	tests('unit'),
	command('format', ['prettier', '--check', '--log-level', 'warn', '.']),
	command('imports', ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...SOURCES]),
	command('unused', ['knip']),
];

const BUILD = command('build', ['node', 'scripts/run.mjs', 'build']);

/** What each verb runs, group after group. */
const VERBS: Record<string, () => readonly (readonly Check[])[]> = {
	verify: () => [[GENERATED], STATIC],
	all: () => [[GENERATED], STATIC, [BUILD], [tests('database')], [tests('browser')]],
	soak: () => [[BUILD], [tests('soak', process.argv.slice(3))]],
	bench: () => benches(process.argv.slice(3)),
};

function command(name: string, [program = '', ...args]: readonly string[]): Check {
	return { name, run: async (say) => ((await exitCode(program, args, say)) === 0 ? PASSED : FAILED) };
}

/** One project of vitest.config.ts, counted test by test. @param wanted parts of file names; without any, all of them */
function tests(project: string, wanted: readonly string[] = []): Check {
	const report = join(REPORTS, `${project}.json`);
	return {
		name: `${project} tests`,
		async run(say) {
			const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
			const code = await exitCode('vitest', ['run', ...wanted, '--project', project, '--passWithNoTests', ...reporters], say);
			return counted(report, code);
		},
	};
}

interface Report {
	readonly numPassedTests: number;
	readonly numFailedTests: number;
	readonly numPendingTests: number;
	readonly numTodoTests: number;
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
	}[];
}

function counted(report: string, code: number): Tally {
	try {
		const result = JSON.parse(readFileSync(report, 'utf8')) as Report;
		return {
			passed: result.numPassedTests,
			// A file that could not be loaded has no tests to fail, and is a failure all the same.
			failed: code === 0 ? result.numFailedTests : Math.max(1, result.numFailedTests),
			skipped: result.numPendingTests + result.numTodoTests,
			faults: result.testResults.flatMap(faultsOf),
		};
	} catch {
		return code === 0 ? PASSED : FAILED;
	}
}

function faultsOf({ name, status, assertionResults }: Report['testResults'][number]): readonly string[] {
	const file = relative(ROOT, name);
	const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => `${file}: ${fullName}`);
	return status === 'failed' && failed.length === 0 ? [file] : failed;
}

function benches(wanted: readonly string[]): readonly (readonly Check[])[] {
	const files = readdirSync(join(ROOT, 'bench')).filter((file) => file.endsWith('.bench.ts'));
	const chosen = files.filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));
	return [[BUILD], ...chosen.map((file) => [command(file, ['node', `bench/${file}`])])];
}

function exitCode(program: string, args: readonly string[], say: Say): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: ROOT, env: PLAIN });
		child.stdout.on('data', say);
		child.stderr.on('data', say);
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}

/** Alone, a check speaks as it goes; beside others, when it has ended. */
async function ran(check: Check, alone: boolean): Promise<Tally> {
	const beganMs = performance.now();
	const said: Buffer[] = [];
	if (alone) console.log(`\n== ${check.name}`);
	const tally = await check.run((words) => (alone ? process.stdout.write(words) : said.push(Buffer.from(words))));
	if (!alone) process.stdout.write(`\n== ${check.name}\n${Buffer.concat(said).toString()}`);
	const seconds = ((performance.now() - beganMs) / 1000).toFixed(1).padStart(6);
	const verdict = tally.failed > 0 ? 'FAILED' : 'ok    ';
	summary.push(`${verdict} ${seconds} s  ${check.name} (${tally.passed} passed, ${tally.failed} failed)`);
	summary.push(...tally.faults.map((fault) => `           ${fault}`));
	return tally;
}

async function ranAll(checks: readonly Check[]): Promise<readonly Tally[]> {
	const waiting = [...checks];
	const tallies: Tally[] = [];
	const hand = async (): Promise<void> => {
		for (let check = waiting.shift(); check; check = waiting.shift()) tallies.push(await ran(check, checks.length === 1));
	};
	await Promise.all(Array.from({ length: AT_ONCE }, hand));
	return tallies;
}

const summary: string[] = [];

async function main(verb: string): Promise<void> {
	const groups = VERBS[verb]?.();
	if (!groups) throw new Error(`No such check: ${verb}`);
	rmSync(REPORTS, { recursive: true, force: true });
	mkdirSync(REPORTS, { recursive: true });
	const tallies: Tally[] = [];
	for (const group of groups) tallies.push(...(await ranAll(group)));
	const sum = (key: 'passed' | 'failed' | 'skipped'): number => tallies.reduce((total, tally) => total + tally[key], 0);
	console.log(`\n${summary.join('\n')}\n`);
	const skipped = sum('skipped');
	console.log(`tests: ${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
	process.exitCode = sum('failed') > 0 ? 1 : 0;
}

await main(process.argv[2] ?? 'verify');
