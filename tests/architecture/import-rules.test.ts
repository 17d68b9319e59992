import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** One deliberate violation of each rule: a file, and what it imports though it may not. */
const VIOLATIONS: Readonly<Record<string, readonly [file: string, imported: string]>> = {
	'domain-is-pure': ['domain/rule.ts', 'board/shape.ts'],
	'domain-needs-only-zod': ['domain/rule.ts', 'node:crypto'],
	'board-knows-only-domain': ['board/shape.ts', 'db/table.ts'],
	'board-needs-only-yjs': ['board/shape.ts', 'ws'],
	'db-stores-facts': ['db/table.ts', 'board/shape.ts'],
	'crowd-knows-nobody': ['server/crowd/together.ts', 'server/log/log.ts'],
	'auth-says-who': ['server/auth/sign-in.ts', 'server/log/log.ts'],
	'log-keeps-documents': ['server/log/log.ts', 'server/commands/command.ts'],
	'commands-stand-alone': ['server/commands/command.ts', 'server/documents/minutes.ts'],
	'queries-stand-alone': ['server/queries/query.ts', 'server/auth/sign-in.ts'],
	'documents-are-written-from-facts': ['server/documents/minutes.ts', 'db/table.ts'],
	'api-delegates': ['server/api/route.ts', 'server/sync/room.ts'],
	'sync-moves-frames': ['server/sync/room.ts', 'server/meeting-room/chair.ts'],
	'room-announces': ['server/meeting-room/chair.ts', 'server/api/route.ts'],
	'jobs-use-commands': ['server/jobs/reminder.ts', 'server/api/route.ts'],
	'cli-uses-commands': ['server/cli/backup.ts', 'server/sync/room.ts'],
	'demo-uses-commands': ['server/demo/people.ts', 'server/meeting-room/chair.ts'],
	'sql-stays-in-db': ['server/commands/command.ts', 'drizzle-orm'],
	'commands-know-no-transport': ['server/commands/command.ts', 'hono'],
	'only-main-wires': ['server/auth/sign-in.ts', 'server/env.ts'],
	'web-never-runs-server-code': ['web/page.ts', 'server/api/route.ts'],
	'web-sees-types-of-the-api-only': ['web/page.ts', 'server/log/log.ts'],
	'messages-are-prose': ['messages/index.ts', 'domain/rule.ts'],
	'nobody-imports-tests': ['domain/rule.ts', 'tests/support/builder.ts'],
	'no-cycles': ['domain/rule.ts', 'domain/other.ts'],
	'no-orphans': ['domain/alone.ts', ''],
	'no-dumping-ground': ['domain/rule.ts', 'domain/utils.ts'],
	'not-to-unresolvable': ['domain/rule.ts', './nowhere.ts'],
};

const scratch = mkdtempSync(join(ensured(join(ROOT, 'test-results')), 'import-rules-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const config = createRequire(import.meta.url)(join(ROOT, '.dependency-cruiser.cjs')) as IConfiguration;

test('every rule has a violation here', () => {
	expect(Object.keys(VIOLATIONS).toSorted()).toEqual(config.forbidden?.map(({ name }) => name).toSorted());
});

test.each(Object.entries(VIOLATIONS))('%s is seen to fail', async (rule, [file, imported]) => {
	expect(await brokenRules(rule, file, imported)).toContain(rule);
});

test('an import the house allows breaks none', async () => {
	expect(await brokenRules('allowed', 'server/commands/command.ts', 'domain/rule.ts')).toEqual([]);
});

/** Cruises a house of two files, where the first imports the second. */
async function brokenRules(name: string, file: string, imported: string): Promise<readonly string[]> {
	const house = join(scratch, name);
	const target = /^(domain|board|db|server|web|messages|tests)\//.test(imported) ? imported : undefined;
	const specifier = target ? join('../'.repeat(file.split('/').length - 1), target).replace(/^(?!\.)/, './') : imported;
	write(house, file, specifier ? `import { it } from '${specifier}';\nexport const own = it;\n` : 'export const own = 1;\n');
	const back = join('../'.repeat((target ?? '').split('/').length - 1), file).replace(/^(?!\.)/, './');
	if (target) write(house, target, name === 'no-cycles' ? `export { own as it } from '${back}';\n` : 'export const it = 1;\n');
	const { tsConfig: _, ...options } = config.options ?? {};
	const whole = { ...options, baseDir: house, validate: true, ruleSet: { forbidden: config.forbidden ?? [] } };
	const { output } = await cruise([file.split('/')[0] ?? file], whole, config.options?.enhancedResolveOptions);
	return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
}

function write(house: string, file: string, content: string): void {
	ensured(dirname(join(house, file)));
	writeFileSync(join(house, file), content);
}

function ensured(folder: string): string {
	mkdirSync(folder, { recursive: true });
	return folder;
}
