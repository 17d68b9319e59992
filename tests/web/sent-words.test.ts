import { expect, test } from 'vitest';
import { sentWords } from '../../web/lib/api/sent-words.ts';

test('the same words keep their id, other words get another', () => {
	const first = sentWords('Enig.', undefined);
	expect(sentWords('Enig.', first)).toBe(first);
	const other = sentWords('Uenig.', first);
	expect(other.text).toBe('Uenig.');
	expect(other.id).not.toBe(first.id);
});
