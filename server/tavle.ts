/**
 * `npm run tavle -- found`: what an operator does before anybody can sign in. Asks on the terminal, or reads one answer
 * a line from standard input.
 */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import da from '../messages/da/cli.json' with { type: 'json' };
import en from '../messages/en/cli.json' with { type: 'json' };
import { scryptPasswords } from './auth/password.ts';
import { found, FOUNDING_ANSWERS, type FoundingAnswer } from './cli/found.ts';
import { openMigratedDatabase } from './database.ts';
import { operatorLanguage, readEnvironment } from './env.ts';
import { MasterKeyFailed, openInstallation } from './log/master-key.ts';
import { asStartFailure, explainFailure, StartFailure } from './start-failure.ts';

const language = operatorLanguage();
const texts = { da, en }[language];
const now = (): Date => new Date();

async function main([verb]: readonly string[]): Promise<number> {
	const environment = readEnvironment();
	if (verb !== 'found') return say(texts.usage, 2);
	if (!environment.databaseUrl) return say(texts['needs-database'], 2);
	const { db, close } = await openMigratedDatabase(environment);
	try {
		const { madeKeyFile } = await openInstallation(db, {
			source: { value: environment.masterKey, file: environment.masterKeyFile, dataDir: environment.dataDir },
			isDemo: false,
			now,
		});
		if (madeKeyFile) say(texts['key-made'].replace('{{file}}', madeKeyFile), 0);
		const result = await found(db, await ask(), scryptPasswords.hash, now());
		if (result.ok) return say(texts.founded, 0);
		return say(result.error.code === 'answer-refused' ? texts.refused[result.error.answer] : texts['already-founded'], 1);
	} finally {
		await close();
	}
}

/** A password typed at a terminal is not shown. */
async function ask(): Promise<Record<FoundingAnswer, string>> {
	let muted = false;
	const output = new Writable({
		write(chunk: Buffer, _encoding, done) {
			if (!muted) process.stdout.write(chunk);
			done();
		},
	});
	const terminal = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY });
	const lines = terminal[Symbol.asyncIterator]();
	const answers: Partial<Record<FoundingAnswer, string>> = {};
	for (const answer of FOUNDING_ANSWERS) {
		process.stdout.write(`${texts.ask[answer]} `);
		muted = answer === 'password';
		const { value } = (await lines.next()) as IteratorResult<string, undefined>;
		answers[answer] = value ?? '';
	}
	terminal.close();
	process.stdout.write('\n');
	return answers as Record<FoundingAnswer, string>; // safe: every answer was asked for
}

function say(line: string, code: number): number {
	(code === 0 ? process.stdout : process.stderr).write(`${line}\n`);
	return code;
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	const failure =
		error instanceof MasterKeyFailed ? new StartFailure(error.code, { file: error.from }, error) : asStartFailure(error);
	process.exitCode = say(explainFailure(failure, language), 1);
}
