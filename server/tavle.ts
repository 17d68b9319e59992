/**
 * `npm run tavle -- found`: what an operator does before anybody can sign in. Asks on the terminal, or reads one answer
 * a line from standard input. `npm run tavle -- rotate-master-key <file>`: turns the database to the key in a file.
 * `npm run tavle -- close-old-pages`: after a backup was restored, before the server is started.
 */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import da from '../messages/da/cli.json' with { type: 'json' };
import en from '../messages/en/cli.json' with { type: 'json' };
import { scryptPasswords } from './auth/password.ts';
import { found, FOUNDING_ANSWERS, type FoundingAnswer } from './cli/found.ts';
import { openMigratedDatabase } from './database.ts';
import { type Database, transaction } from '../db/client.ts';
import { type Environment, operatorLanguage, readEnvironment } from './env.ts';
import { createCaseKeys } from './log/case-keys.ts';
import { closeOldPages } from './log/close-old-pages.ts';
import { keyFromFileOrNew, MasterKeyFailed, openInstallation } from './log/master-key.ts';
import { rotateMasterKey } from './log/rotate-master-key.ts';
import { asStartFailure, explainFailure, StartFailure } from './start-failure.ts';

const language = operatorLanguage();
const texts = { da, en }[language];
const now = (): Date => new Date();

async function main([verb, file]: readonly string[]): Promise<number> {
	const environment = readEnvironment();
	if (verb === 'found') {
		if (!environment.databaseUrl) return say(texts['needs-database'], 2);
		return withDatabase(environment, foundHere);
	}
	if (verb === 'rotate-master-key' && file)
		return withDatabase(environment, (db, masterKey) => rotateHere(db, masterKey, resolve(file)));
	if (verb === 'close-old-pages') return withDatabase(environment, closeHere);
	return say(texts.usage, 2);
}

/** @param work gets the database and the master key it is sealed with */
async function withDatabase(
	environment: Environment,
	work: (db: Database, masterKey: Buffer) => Promise<number>,
): Promise<number> {
	const { db, close } = await openMigratedDatabase(environment);
	try {
		const { masterKey, madeKeyFile } = await openInstallation(db, {
			source: { value: environment.masterKey, file: environment.masterKeyFile, dataDir: environment.dataDir },
			isDemo: false,
			now,
		});
		if (madeKeyFile) say(texts['key-made'].replace('{{file}}', madeKeyFile), 0);
		return await work(db, masterKey);
	} finally {
		await close();
	}
}

async function foundHere(db: Database): Promise<number> {
	const result = await found(db, await ask(), scryptPasswords.hash, now());
	if (result.ok) return say(texts.founded, 0);
	return say(result.error.code === 'answer-refused' ? texts.refused[result.error.answer] : texts['already-founded'], 1);
}

async function rotateHere(db: Database, masterKey: Buffer, file: string): Promise<number> {
	const to = keyFromFileOrNew(file);
	const rotated = await transaction(db, (tx) => rotateMasterKey(tx, masterKey, to));
	if (!rotated) throw new MasterKeyFailed('master-key-wrong', file);
	const words = texts.rotated.replace('{{keys}}', String(rotated.keys)).replace('{{numbers}}', String(rotated.numbers));
	return say(words.replace('{{file}}', file), 0);
}

async function closeHere(db: Database, masterKey: Buffer): Promise<number> {
	const { documents, failed } = await closeOldPages(db, createCaseKeys(masterKey), now());
	say(texts['old-pages-closed'].replace('{{documents}}', String(documents)), 0);
	if (failed.length === 0) return say(texts['old-pages-start'], 0);
	const left = failed.map(({ documentId, reason }) => `${documentId} (${reason})`).join(', ');
	return say(texts['old-pages-left'].replace('{{documents}}', left), 1);
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
