import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { addTask } from '../../board/edit/task.ts';
import { seedDocument } from '../../board/edit/seed.ts';
import { DOCUMENT_RULES } from '../../board/key-rules.ts';
import type { Migration } from '../../board/migrate.ts';
import { MIGRATIONS, migrateDocument } from '../../board/migrate.ts';
import { projectTeam } from '../../board/project.ts';
import { readSchemaVersion } from '../../board/read.ts';
import { BOARD_SCHEMA_VERSION } from '../../board/schema.ts';
import { GOAL_KINDS } from '../../domain/goal/goal.ts';
import { CHECKLIST_LINES } from '../../domain/meeting/checklist.ts';
import { OBSERVATION_KINDS } from '../../domain/observation/observation.ts';
import { TRACK_STATES } from '../../domain/track/track.ts';
import { DIRECTIONS } from '../../domain/week/week-status.ts';
import { AT, METTE, aDocument, anEditor } from '../support/board.ts';

/** Values a guard is asked about, so that a changed guard changes the fingerprint. */
const PROBES: readonly unknown[] = [
	...GOAL_KINDS,
	...OBSERVATION_KINDS,
	...TRACK_STATES,
	...DIRECTIONS,
	METTE,
	'V',
	'V0',
	'x'.repeat(80),
	'x'.repeat(81),
	'team',
	'clinical',
	'2026-11-21',
	'2026-W47',
	0,
	-0,
	0.25,
	0.1,
	14,
	14.25,
	60,
	60.25,
	1,
	-1,
	true,
	false,
	null,
	{ by: METTE, at: AT },
	{ by: METTE, from: '2026-W47', until: null },
	{ came: 1, planned: 2 },
	{ came: 51, planned: 51 },
	{},
	[],
];

const shape = Object.entries(DOCUMENT_RULES).map(([kind, { maps, texts }]) => ({
	kind,
	texts: texts.map(({ pattern, maxLength }) => [pattern, maxLength]),
	maps: Object.entries(maps).map(([root, rules]) => [
		root,
		rules.map((rule) => [rule.pattern, rule.kind, PROBES.map((probe) => Number(rule.accepts(probe))).join('')]),
	]),
}));
/** What stands for `<line>` in a pattern. */
const words = CHECKLIST_LINES;
const fingerprint = createHash('sha256').update(JSON.stringify({ shape, words })).digest('hex').slice(0, 16);

test('a changed board shape comes with a new schema version', () => {
	// Fails when the shape changed: write a step in board/migrate.ts, bump the version, update both lines.
	expect({ version: BOARD_SCHEMA_VERSION, fingerprint }).toMatchInlineSnapshot(`
		{
		  "fingerprint": "71b68277b93294ba",
		  "version": 2,
		}
	`);
});

/** For every step: a document as it was before, and what must hold after. A step without an entry fails below. */
const EXERCISED: Readonly<Record<number, () => void>> = {
	2: () => {
		const doc = aDocument(1);
		doc.getMap('meta').set('schemaVersion', 1);
		const { id } = addTask(doc, anEditor(), { text: 'Ring' });
		expect(migrateDocument('team', doc)).toBe(true);
		expect(readSchemaVersion(doc)).toBe(2);
		expect(projectTeam(doc)).toMatchObject({
			tasks: [{ id, text: 'Ring', dropped: null, decision: null }],
			decisions: [],
			agreed: {},
		});
	},
};

describe('migration', () => {
	test('there is one step for every version after the first', () => {
		expect(MIGRATIONS.map(({ to }) => to)).toEqual(Array.from({ length: BOARD_SCHEMA_VERSION - 1 }, (_, index) => index + 2));
	});

	test('every step is exercised', () => {
		expect(Object.keys(EXERCISED).map(Number)).toEqual(MIGRATIONS.map(({ to }) => to));
		for (const exercise of Object.values(EXERCISED)) exercise();
	});

	const ran: number[] = [];
	const steps: readonly Migration[] = [2, 3].map((to) => ({
		to: BOARD_SCHEMA_VERSION + to - 1,
		migrate: (_, doc) => {
			ran.push(to);
			doc.getMap('goal').set('seen', to);
		},
	}));

	test('brings a document through all it lacks, in one update of the server', () => {
		const doc = aDocument(1);
		seedDocument(doc);
		const origins: unknown[] = [];
		doc.on('update', (_, origin) => origins.push(origin));
		expect(migrateDocument('team', doc, undefined, steps)).toBe(true);
		expect(ran).toEqual([2, 3]);
		expect(origins).toEqual([{ source: 'server' }]);
		expect(readSchemaVersion(doc)).toBe(BOARD_SCHEMA_VERSION + 2);
		expect(migrateDocument('team', doc, undefined, steps)).toBe(false);
	});

	test('leaves a document of today alone, and one that was never seeded', () => {
		const doc = aDocument(1);
		expect(migrateDocument('team', doc, undefined, steps)).toBe(false);
		seedDocument(doc);
		expect(migrateDocument('team', doc)).toBe(false);
	});
});
