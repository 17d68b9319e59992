import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import da from '../../messages/da.ts';
import { type Area, areasOf } from '../../web/lib/i18n/areas.ts';

const ROOT = join(import.meta.dirname, '../..');
const IMPORT = /(?:from|import\()\s*'([^']+)'/g;
const KEY = new RegExp(`[\`'"](${Object.keys(da).join('|')})\\.`, 'g');

/** A file of the pages and everything of theirs that it imports, at once or on demand. */
function reachedFrom(file: string, reached = new Set<string>()): ReadonlySet<string> {
	if (reached.has(file) || !file.startsWith('web/') || !existsSync(join(ROOT, file))) return reached;
	reached.add(file);
	for (const [, path = ''] of readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT))
		if (path.startsWith('.')) reachedFrom(normalize(join(dirname(file), path)), reached);
	return reached;
}

function areasNamedBy(file: string): ReadonlySet<Area> {
	const sources = [...reachedFrom(file)].map((each) => readFileSync(join(ROOT, each), 'utf8'));
	return new Set(sources.flatMap((source) => [...source.matchAll(KEY)].map(([, area]) => area as Area)));
}

/** What a page's parts bring when it already stands there. */
function areasBroughtBy(file: string): ReadonlySet<string> {
	const sources = [...reachedFrom(file)].map((each) => readFileSync(join(ROOT, each), 'utf8'));
	const calls = sources.flatMap((source) =>
		[...source.matchAll(/\.bring\(((?:'[\w-]+'(?:, )?)+)\)/g)].map(([, given = '']) => given),
	);
	return new Set(calls.flatMap((given) => given.split(', ').map((area) => area.slice(1, -1))));
}

const pages = globSync('web/routes/**/+{page,layout,error}.svelte', { cwd: ROOT });

test.each(pages)('%s fetches every area of texts it names', (file) => {
	const routeId = file.replace(/^web\/routes/, '').replace(/\/\+\w+\.svelte$/, '');
	const fetched = new Set([...areasOf(routeId || '/'), ...areasBroughtBy(file)]);
	expect([...areasNamedBy(file)].filter((area) => !fetched.has(area))).toEqual([]);
});

test('a page fetches no area that neither it nor a frame round it names', () => {
	const named = (file: string) => [...areasNamedBy(file), ...areasNamedBy('web/routes/+layout.svelte')];
	expect(areasOf('/cases').filter((area) => !named('web/routes/cases/+page.svelte').includes(area))).toEqual([]);
	expect(areasOf('/cases/[id]').filter((area) => !named('web/routes/cases/[id]/+page.svelte').includes(area))).toEqual([]);
	expect(areasOf('/sign-in').filter((area) => !named('web/routes/sign-in/+page.svelte').includes(area))).toEqual([]);
});

test('the closest route counts, and no other that begins alike', () => {
	expect(areasOf('/cases/[id]/summary')).toContain('board');
	expect(areasOf('/cases')).not.toContain('board');
	expect(areasOf('/casesx')).toEqual(areasOf(null));
});
