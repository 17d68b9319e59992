import fc from 'fast-check';
import * as Y from 'yjs';
import { expect, test, vi } from 'vitest';
import { seedDocument } from '../../board/edit/seed.ts';
import { DOCUMENT_RULES } from '../../board/key-rules.ts';
import { project, projectTeam } from '../../board/project.ts';
import { readSchemaVersion } from '../../board/read.ts';
import type { DocumentKind } from '../../board/schema.ts';
import { BOARD_SCHEMA_VERSION, DOCUMENT_KINDS } from '../../board/schema.ts';
import { A_TRACK, AT, METTE, WEEK_47, aDocument } from '../support/board.ts';

/** Many runs on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

/** Made anew for every write: a Yjs type has one place. */
const NOT_JSON: Readonly<Record<string, () => unknown>> = {
	'#map': () => new Y.Map(),
	'#text': () => new Y.Text('x'),
	'#bytes': () => Uint8Array.of(1),
	'#document': () => new Y.Doc(),
};

const segment = fc.constantFrom(
	A_TRACK,
	METTE,
	WEEK_47,
	'x',
	'',
	'__proto__',
	'constructor',
	'owner',
	'created',
	'rank',
	'direction',
	'pause',
	'removed',
);
const value = fc.oneof(
	fc.jsonValue(),
	fc.constantFrom<unknown>({ by: METTE, at: AT }, METTE, true, 'V', undefined, Number.NaN, -0, 'forward', 10n ** 15n),
	fc.constantFrom(...Object.keys(NOT_JSON)),
);

/** Roots and keys of the shape, with what fits in them and what does not. */
function places(kind: DocumentKind): fc.Arbitrary<[string, string]> {
	const known = Object.entries(DOCUMENT_RULES[kind].maps).flatMap(([root, rules]) =>
		rules.map(({ pattern }): [string, string] => [
			root,
			pattern.replaceAll('<id>', A_TRACK).replaceAll('<person>', METTE).replaceAll('<week>', WEEK_47),
		]),
	);
	const any = fc.tuple(
		fc.constantFrom(...Object.keys(DOCUMENT_RULES[kind].maps), 'unknown'),
		fc.array(segment, { maxLength: 5 }).map((all) => all.join('/')),
	);
	return fc.oneof(fc.constantFrom(...known), any);
}

test.each(DOCUMENT_KINDS)('reading a %s document never throws, whatever got into it, and what it reads is JSON', (kind) => {
	fc.assert(
		fc.property(fc.array(fc.tuple(places(kind), value), { maxLength: 25 }), (writes) => {
			const doc = aDocument(1);
			for (const [[root, key], content] of writes)
				doc.getMap(root).set(key, (typeof content === 'string' ? NOT_JSON[content]?.() : undefined) ?? content);
			doc.getMap('line/nonsense').set('x', 1);
			doc.getArray('goal/team').insert(0, [1, { a: 1 }]);
			const received = aDocument(2, doc);
			const rows = project(kind, received);
			expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
		}),
		{ numRuns: 150 },
	);
});

test('a list item in a map and a format in a text are passed over', () => {
	const doc = aDocument(1);
	doc.getText('goal/team').insert(0, 'bus', { bold: true });
	doc.getText('goal/team').insertEmbed(1, { image: 'x' });
	doc.getArray('tracks').insert(0, [1]);
	const received = aDocument(2, doc);
	expect(projectTeam(received).goal.team).toBe('bus');
	expect(projectTeam(received).tracks).toEqual([]);
});

test('what was never created is not there, though it has an owner and a text', () => {
	const doc = aDocument(1);
	doc.getMap('tasks').set(`${A_TRACK}/owner/${METTE}`, METTE);
	doc.getText(`task/${A_TRACK}`).insert(0, 'Ring');
	expect(projectTeam(doc).tasks).toEqual([]);
});

test('reading makes no roots', () => {
	const doc = aDocument(1);
	for (const kind of DOCUMENT_KINDS) project(kind, doc);
	expect([...doc.share.keys()]).toEqual([]);
});

test('a seeded document says its version, another none', () => {
	const doc = aDocument(1);
	expect(readSchemaVersion(doc)).toBeUndefined();
	seedDocument(doc);
	expect(readSchemaVersion(doc)).toBe(BOARD_SCHEMA_VERSION);
	doc.getMap('meta').set('schemaVersion', 'two');
	expect(readSchemaVersion(doc)).toBeUndefined();
});
