import type { Block, ContentDocument, Words } from '../../../server/api/minutes-view.ts';
import { equationWords } from './equation.ts';
import type { Translate } from '../i18n/keys.ts';

/** A document as a note to paste into another system: no layout, and nothing that stands on the page is missing. */
export function plainText(document: ContentDocument, say: (words: Words) => string, t: Translate): string {
	const head = [
		say(document.title),
		`${document.organisation}, ${document.team}`,
		`${say(document.kind)}. ${say(document.when)}`,
		say(document.lead),
	];
	return [...head, ...document.blocks.flatMap((block) => linesOf(block, say, t))].join('\n').trim();
}

function linesOf(block: Block, say: (words: Words) => string, t: Translate): readonly string[] {
	switch (block.kind) {
		case 'heading':
			return ['', say(block.words)];
		case 'paragraph':
			return [say(block.words)];
		case 'goal':
			return ['', ...[block.team, block.own, block.detail].flatMap((words) => (words ? [say(words)] : []))];
		case 'list':
			return block.items.map(({ words, aside }) => `- ${say(words)}${aside ? ` (${say(aside)})` : ''}`);
		case 'answers':
			return block.rows.map(({ question, answer }) => `${say(question)}: ${say(answer)}`);
		case 'table':
			return block.rows.map((cells) =>
				cells
					.map(({ words }) => say(words))
					.filter((each) => each !== '' && each !== '–')
					.join(' · '),
			);
		case 'equation':
			return [equationWords(t, block)];
		case 'beside':
			return [...block.left, ...block.right].flatMap((each) => linesOf(each, say, t));
	}
}
