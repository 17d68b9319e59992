import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ACCESS_BASES } from '../../domain/disclosure/access-basis.ts';
import { ORGANISATION_KINDS, PROFESSIONS } from '../../domain/people.ts';
import { OUTCOME_GROUPS } from '../../domain/programme/outcome-groups.ts';
import { TEMPLATE_PARTS } from '../../domain/programme/template-outline.ts';
import da from '../../messages/da.ts';
import daStart from '../../messages/da/start.json' with { type: 'json' };
import en from '../../messages/en.ts';
import enStart from '../../messages/en/start.json' with { type: 'json' };
import { STATUS } from '../../server/api/problem.ts';
import { STATUS_KINDS } from '../../web/lib/design/status-kinds.ts';
import { THEMES } from '../../web/preferences.ts';

type Tree = { readonly [name: string]: string | Tree };

function leaves(tree: Tree, path = ''): Map<string, string> {
	return new Map(
		Object.entries(tree).flatMap(([name, value]): [string, string][] => {
			const here = path ? `${path}.${name}` : name;
			return typeof value === 'string' ? [[here, value]] : [...leaves(value, here)];
		}),
	);
}
const parametersOf = (text: string): string[] => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? '').sort();

const danish = leaves({ ...da, start: daStart });
const english = leaves({ ...en, start: enStart });

describe('the two catalogues', () => {
	test('have the same keys', () => {
		expect([...english.keys()].sort()).toEqual([...danish.keys()].sort());
	});

	test('have no empty text', () => {
		const empty = [...danish, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key);
		expect(empty).toEqual([]);
	});

	test('name the same parameters', () => {
		const different = [...danish].filter(
			([key, text]) => parametersOf(text).join() !== parametersOf(english.get(key) ?? '').join(),
		);
		expect(different.map(([key]) => key)).toEqual([]);
	});

	test('are made of every area file there is', () => {
		for (const language of ['da', 'en']) {
			const files = readdirSync(join(import.meta.dirname, '../../messages', language)).map((file) => file.replace('.json', ''));
			expect(files.sort()).toEqual([...Object.keys(da), 'cli', 'start'].sort());
		}
	});

	test('have both forms of every plural', () => {
		const halves = [...danish.keys()].filter((key) => key.endsWith('_one') && !danish.has(key.replace(/_one$/, '_other')));
		expect(halves).toEqual([]);
	});

	test('keep a number and its unit on one line', () => {
		const broken = [...danish, ...english].filter(([, text]) =>
			/(uge|week|kl\.) \{\{|\{\{\w+\}\} (timer|hours|dage|days|år|years)\b/u.test(text),
		);
		expect(broken.map(([key]) => key)).toEqual([]);
	});
});

describe('every code has a text', () => {
	const codes = {
		problem: Object.keys(STATUS),
		profession: PROFESSIONS,
		basis: ACCESS_BASES.flatMap((basis) => [`${basis}.name`, `${basis}.sentence`]),
		theme: THEMES,
		'common.status': STATUS_KINDS,
		'admin.organisations.kinds': ORGANISATION_KINDS,
		'templates.group': OUTCOME_GROUPS,
		'templates.part': TEMPLATE_PARTS,
		'templates.order': TEMPLATE_PARTS,
	};
	test.each(Object.entries(codes))('of %s', (area, all) => {
		expect(all.filter((code) => !danish.has(`${area}.${code}`) || !english.has(`${area}.${code}`))).toEqual([]);
	});
});
