import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import da from '../../messages/da.ts';
import { type Area, areasOf } from '../../web/lib/i18n/areas.ts';

const ROOT = join(import.meta.dirname, '../..');
const KEY = new RegExp(`[\`'"](${Object.keys(da).join('|')})\\.`, 'g');
const AT_ONCE = /^\s*(?:import|export)\b[^;(]*?from\s*'([^']+)'/gm;
const LATER = /(?<!typeof )import\('([^']+)'\)/g;
/** What is fetched together is shown together. */
const TOGETHER = /Promise\.all\(\s*\[([\s\S]*?)\]\s*,?\s*\)/g;
const BRINGS = /\.bring\(((?:\s*'[\w-]+',?)+)\)/g;
const BRINGS_FIRST = /await \w+\.bring\(((?:'[\w-]+'(?:, )?)+)\)/g;

interface Parts {
	readonly names: readonly Area[];
	readonly atOnce: readonly string[];
	/** What comes later, and the areas that come with it. */
	readonly later: readonly { readonly file: string; readonly areas: readonly string[] }[];
	/** What it waits for itself before it shows what needs it. */
	readonly bringsFirst: readonly string[];
}

/** Words of a file that another brings before it has them shown. */
const BROUGHT_BY_ANOTHER: Readonly<Record<string, readonly Area[]>> = {
	'web/lib/board/BoardPage.svelte': ['keys'], // ShortcutList
	'web/lib/board/NotOpened.svelte': ['opening'], // Opening, before it says that it failed
};

const known = new Map<string, Parts>();
const firstOf = (matches: Iterable<RegExpMatchArray>) => [...matches].map(([, first = '']) => first);
const areasIn = (calls: readonly string[]) =>
	calls.flatMap((given) => [...given.matchAll(/'([\w-]+)'/g)].map(([, area = '']) => area));

function partsOf(file: string): Parts {
	const before = known.get(file);
	if (before) return before;
	const source = readFileSync(join(ROOT, file), 'utf8');
	const ours = (paths: readonly string[]) =>
		paths
			.filter((path) => path.startsWith('.'))
			.map((path) => normalize(join(dirname(file), path)))
			.filter((path) => path.startsWith('web/') && existsSync(join(ROOT, path)));
	const groups = firstOf(source.matchAll(TOGETHER));
	const alone = groups.reduce((rest, group) => rest.replace(group, ''), source);
	const later = [...groups, alone].flatMap((group) => {
		const areas = group === alone ? [] : areasIn(firstOf(group.matchAll(BRINGS)));
		return ours(firstOf(group.matchAll(LATER))).map((path) => ({ file: path, areas }));
	});
	const parts: Parts = {
		names: [...new Set(firstOf(source.matchAll(KEY)) as Area[])],
		atOnce: ours(firstOf(source.matchAll(AT_ONCE))),
		later,
		bringsFirst: areasIn(firstOf(alone.matchAll(BRINGS_FIRST))),
	};
	known.set(file, parts);
	return parts;
}

/** Texts that a file names, and that are not sure to be there when it is shown. @param there the areas that are, on this way to it */
function missingFrom(file: string, there: ReadonlySet<string>, been = new Set<string>()): readonly string[] {
	const way = `${file} ${[...there].toSorted().join()}`;
	if (been.has(way)) return [];
	been.add(way);
	const { names, atOnce, later, bringsFirst } = partsOf(file);
	const here = new Set([...there, ...bringsFirst]);
	return [
		...names.filter((area) => !here.has(area) && !BROUGHT_BY_ANOTHER[file]?.includes(area)).map((area) => `${area} in ${file}`),
		...atOnce.flatMap((next) => missingFrom(next, here, been)),
		...later.flatMap(({ file: next, areas }) => missingFrom(next, new Set([...here, ...areas]), been)),
	];
}

function namedBy(file: string, been = new Set<string>()): ReadonlySet<Area> {
	if (been.has(file)) return new Set();
	been.add(file);
	const { names, atOnce, later } = partsOf(file);
	const further = [...atOnce, ...later.map((one) => one.file)].flatMap((next) => [...namedBy(next, been)]);
	return new Set([...names, ...further]);
}

const routeOf = (file: string) => file.replace(/^web\/routes/, '').replace(/\/\+\w+\.svelte$/, '') || '/';
const pages = globSync('web/routes/**/+{page,layout,error}.svelte', { cwd: ROOT });

test.each(pages)(
	'%s and what it shows have their texts before they are shown: with the page, or with the part that comes later',
	(file) => {
		expect([...new Set(missingFrom(file, new Set(areasOf(routeOf(file)))))]).toEqual([]);
	},
);

/** Pages that are given the same areas, for they stand under one route. */
const families = Map.groupBy(
	pages.filter((file) => file.endsWith('+page.svelte')),
	(file) => areasOf(routeOf(file)).join(' '),
);

test.each([...families])('nobody is sent texts that no page there names: %s', (areas, files) => {
	const frames = pages.filter(
		(frame) => frame.endsWith('+layout.svelte') && files.some((file) => file.startsWith(dirname(frame))),
	);
	const named = new Set([...files, ...frames].flatMap((each) => [...namedBy(each)]));
	expect(areas.split(' ').filter((area) => !named.has(area as Area))).toEqual([]);
});

test('the closest route counts, and no other that begins alike', () => {
	expect(areasOf('/cases/[id]/summary')).toContain('board');
	expect(areasOf('/cases')).not.toContain('board');
	expect(areasOf('/casesx')).toEqual(areasOf(null));
});
