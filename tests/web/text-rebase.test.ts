import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { rebaseTyped, splicesBetween, type Splice } from '../../web/lib/board/text-rebase.ts';

fc.configureGlobal({ seed: 20261125 });

/** One edit of a word: taken away, written over, or something written before it. */
type WordEdit = { readonly word: number; readonly what: 'remove' | 'replace' | 'insert'; readonly by: 'me' | 'them' };

const aBase = fc
	.integer({ min: 4, max: 24 })
	.map((count) => Array.from({ length: count }, (_, index) => `ord${String.fromCodePoint(0x61 + index)}`));
/** At most one edit of every second word, so that no two edits touch. */
const someEdits = (count: number) =>
	fc
		.array(
			fc.record({
				word: fc.integer({ min: 0, max: Math.floor((count - 1) / 2) }),
				what: fc.constantFrom('remove', 'replace', 'insert'),
				by: fc.constantFrom('me', 'them'),
			}),
			{ maxLength: 8 },
		)
		.map((edits) =>
			[...new Map(edits.map((edit) => [edit.word, { ...edit, word: edit.word * 2 } as WordEdit])).values()].sort(
				(one, other) => other.word - one.word,
			),
		);
const aCase = aBase.chain((words) => fc.record({ words: fc.constant(words), edits: someEdits(words.length) }));

function spliceOf(words: readonly string[], { word, what, by }: WordEdit): Splice {
	const at = words.slice(0, word).reduce((sum, each) => sum + each.length + 1, 0);
	const mark = `${by}${word}`;
	if (what === 'insert') return { at, remove: 0, insert: `${mark} ` };
	return { at, remove: words[word]!.length, insert: what === 'replace' ? mark : '' };
}
/** From the end towards the start, so that no edit moves another. */
function textAfter(words: readonly string[], edits: readonly WordEdit[]): string {
	return edits
		.map((edit) => spliceOf(words, edit))
		.reduce((text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove), words.join(' '));
}
/** The same edits on two connected documents, which hear of each other afterwards. */
function mergedByYjs(words: readonly string[], edits: readonly WordEdit[]): string {
	const [mine, theirs] = [new Y.Doc(), new Y.Doc()];
	[theirs.clientID, mine.clientID] = [1, 2];
	mine.getText().insert(0, words.join(' '));
	Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine));
	for (const edit of edits) {
		const { at, remove, insert } = spliceOf(words, edit);
		const text = (edit.by === 'me' ? mine : theirs).getText();
		text.delete(at, remove);
		text.insert(at, insert);
	}
	Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs));
	return mine.getText().toJSON();
}
const of = (edits: readonly WordEdit[], by: 'me' | 'them') => edits.filter((edit) => edit.by === by);

test('edits that do not touch end as Yjs would have merged them', () => {
	fc.assert(
		fc.property(aCase, ({ words, edits }) => {
			const rebased = rebaseTyped(words.join(' '), textAfter(words, of(edits, 'me')), textAfter(words, of(edits, 'them')));
			expect(rebased).toBe(mergedByYjs(words, edits));
		}),
		{ numRuns: 500 },
	);
});

test('whatever two people write, every word either of them added is still there', () => {
	fc.assert(
		fc.property(aCase, ({ words, edits }) => {
			const rebased = rebaseTyped(words.join(' '), textAfter(words, of(edits, 'me')), textAfter(words, of(edits, 'them')));
			for (const edit of edits) if (edit.what !== 'remove') expect(rebased).toContain(`${edit.by}${edit.word}`);
		}),
	);
});

test('the replacements between two texts turn one into the other', () => {
	const words = fc
		.array(fc.constantFrom('mål', 'job', ' ', '.', 'fast', 'a', 'ab'), { maxLength: 30 })
		.map((parts) => parts.join(''));
	fc.assert(
		fc.property(words, words, (before, after) => {
			const turned = splicesBetween(before, after)
				.toReversed()
				.reduce((text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove), before);
			expect(turned).toBe(after);
			expect(rebaseTyped(before, after, before)).toBe(after);
			expect(rebaseTyped(before, before, after)).toBe(after);
		}),
	);
});

test.each([
	[
		'between two changes of the others',
		'Mål om job.',
		'Mål om fast job.',
		'NB: Mål om job. Snart.',
		'NB: Mål om fast job. Snart.',
	],
	['in the same place, after theirs', 'Mål.', 'Mål. Mit.', 'Mål. Deres.', 'Mål. Deres. Mit.'],
	['before and after theirs at once', 'et to tre', 'nul et to tre fire', 'et to og tre', 'nul et to og tre fire'],
	['in one word with theirs', 'et fast job', 'et faste job', 'et ufast job', 'et ufaste job'],
	['as another word', 'Mål.', 'Mit', 'Dit', 'DitMit'],
	['where the others wrote nothing', '', 'nyt', '', 'nyt'],
])('typed words stay whole: %s', (_, base, typed, current, expected) => {
	expect(rebaseTyped(base, typed, current)).toBe(expected);
});

test('words typed inside what the others took away are still there', () => {
	expect(rebaseTyped('Mål om et fast job.', 'Mål om et meget fast job.', 'Mål.')).toContain('meget');
});
