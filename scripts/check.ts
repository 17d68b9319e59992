/**
 * Runs the checks of one verb and closes with one line that a person and a machine can read.
 * Every check runs even when one before it failed, so that one run tells everything.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const REPORTS = join(ROOT, 'test-results');

interface Tally {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

interface Check {
	readonly name: string;
	run(): Promise<Tally>;
}

const PASSED: Tally = { passed: 1, failed: 0, skipped: 0 };
const FAILED: Tally = { passed: 0, failed: 1, skipped: 0 };

const SOURCES = ['domain', 'board', 'db', 'server', 'web', 'messages', 'scripts', 'tests', 'bench'];

/** Checks that read the sources and start nothing. */
const STATIC: readonly Check[] = [
	command('generated types', ['svelte-kit', 'sync']),
	command('format', ['prettier', '--check', '--log-level', 'warn', '.']),
	command('lint', ['eslint', '--max-warnings', '0', '.']),
	command('types', ['tsc', '-p', 'tsconfig.server.json', '--noEmit']),
	command('components', ['svelte-check', '--tsconfig', 'tsconfig.json', '--fail-on-warnings', '--output', 'human']),
	command('imports', ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...SOURCES]),
	command('unused', ['knip']),
];

const BUILD = command('build', ['node', 'scripts/run.mjs', 'build']);

const VERBS: Record<string, () => readonly Check[]> = {
	verify: () => [...STATIC, tests('unit')],
	all: () => [...STATIC, tests('unit'), BUILD, tests('database'), tests('browser')],
	soak: () => [BUILD, tests('soak')],
	bench: () => benches(process.argv.slice(3)),
};

function command(name: string, [program = '', ...args]: readonly string[]): Check {
	return { name, run: async () => ((await exitCode(program, args)) === 0 ? PASSED : FAILED) };
}

/** One project of vitest.config.ts, counted test by test. */
function tests(project: string): Check {
	const report = join(REPORTS, `${project}.json`);
	return {
		name: `${project} tests`,
		async run() {
			const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
			const code = await exitCode('vitest', ['run', '--project', project, '--passWithNoTests', ...reporters]);
			return counted(report, code);
		},
	};
}

function counted(report: string, code: number): Tally {
	try {
		const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
		const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = result;
		// A file that could not be loaded has no tests to fail, and is a failure all the same.
		return { passed, failed: code === 0 ? numFailedTests : Math.max(1, numFailedTests), skipped: numPendingTests + numTodoTests };
	} catch {
		return code === 0 ? PASSED : FAILED;
	}
}

function benches(wanted: readonly string[]): readonly Check[] {
	const files = readdirSync(join(ROOT, 'bench')).filter((file) => file.endsWith('.ts'));
	const chosen = files.filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));
	return [BUILD, ...chosen.map((file) => command(file, ['node', `bench/${file}`]))];
}

function exitCode(program: string, args: readonly string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(program, args, { stdio: 'inherit', cwd: ROOT });
		child.once('error', reject);
		child.once('exit', (code) => resolve(code ?? 1));
	});
}

async function main(verb: string): Promise<void> {
	const checks = VERBS[verb]?.();
	if (!checks) throw new Error(`No such check: ${verb}`);
	rmSync(REPORTS, { recursive: true, force: true });
	mkdirSync(REPORTS, { recursive: true });
	const lines: string[] = [];
	const sum = { passed: 0, failed: 0, skipped: 0 };
	for (const check of checks) {
		const beganMs = performance.now();
		console.log(`\n== ${check.name}`);
		const tally = await check.run();
		for (const key of ['passed', 'failed', 'skipped'] as const) sum[key] += tally[key];
		const seconds = ((performance.now() - beganMs) / 1000).toFixed(1).padStart(6);
		lines.push(
			`${tally.failed > 0 ? 'FAILED' : 'ok    '} ${seconds} s  ${check.name} (${tally.passed} passed, ${tally.failed} failed)`,
		);
	}
	console.log(`\n${lines.join('\n')}\n`);
	console.log(`tests: ${sum.passed} passed, ${sum.failed} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
	process.exitCode = sum.failed > 0 ? 1 : 0;
}

await main(process.argv[2] ?? 'verify');
