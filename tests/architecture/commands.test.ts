/** Whoever changes something asks the policy and writes it down, in the transaction that does it. Read from the source. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const HANDLER = /export async function (handle[A-Z]\w+)/;
const commands = globSync('server/commands/*/*.ts', { cwd: ROOT })
	.map((path) => ({ path, source: read(path), handler: HANDLER.exec(read(path))?.[1] ?? '' }))
	.filter(({ handler }) => handler !== '');
const tests = globSync('tests/server/**/*.test.ts', { cwd: ROOT }).map(read).join('\n');

/** Ask the policy for several commands, or, for text whose author lost the case, who had to do with it lately. */
const ASKS_POLICY =
	/\b(may[A-Z]\w+|managedCase|writableCase|writableObservation|rateableCase|hadStandingSince)\(|\btransactionOnMeeting\(\s*ctx,\s*meetingId,\s*may[A-Z]/;

const lastRecord = (source: string) => Math.max(source.lastIndexOf('record('), source.lastIndexOf('recordAll('));

test('there are commands', () => expect(commands.length).toBeGreaterThan(10));

describe.each(commands)('$path', ({ source, handler }) => {
	test('opens one transaction', () => expect(source.match(/\btransaction(UnlessTaken|OnMeeting)?\(/g)).toHaveLength(1));

	test('asks the policy', () => expect(source).toMatch(ASKS_POLICY));

	test('writes down what was done, after everything else it writes', () => {
		expect(source).toMatch(/\brecord(All)?\(/);
		expect(source.slice(lastRecord(source))).not.toMatch(/await (insert|end|close|save|leave)[A-Z]/);
	});

	test('is tested', () => expect(tests.includes(handler)).toBe(true));
});
