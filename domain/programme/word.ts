import type { Label } from './template.ts';

const LETTERS: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', ß: 'ss' };
/** Leaves room in the 64 characters of an id for a number. */
const LONGEST = 58;

/** An id for something new, from what it is called; never one that was used before, in any version. */
export function newWord(label: Label, used: ReadonlySet<string>): string {
	const stem = plain(label.en) || plain(label.da) || 'item';
	if (!used.has(stem)) return stem;
	for (let number = 2; ; number += 1) if (!used.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

function plain(text: string): string {
	const letters = text.toLowerCase().replace(/[æøåß]/g, (letter) => LETTERS[letter] ?? '');
	const words =
		letters
			.normalize('NFD')
			.replace(/\p{M}/gu, '')
			.match(/[a-z0-9]+/g) ?? [];
	return words.join('-').slice(0, LONGEST).replace(/-$/, '');
}
