import { expect, test } from 'vitest';
import { Together } from '../../../server/queries/case/together.ts';

/** Serves what it is told to, one call after the other, and remembers who was served with whom. */
function aTable(serve: (asked: readonly string[]) => void = () => {}) {
	const served: string[][] = [];
	const gates: (() => void)[] = [];
	const together = new Together<string, string>(async (asked) => {
		served.push([...asked]);
		await new Promise<void>((open) => gates.push(open));
		serve(asked);
		return asked.map((each) => `for ${each}`);
	});
	const begun = (count: number) => expect.poll(() => gates.length).toBe(count);
	return { together, served, gates, begun };
}

test('who asks while others are served waits, and is served with everybody else who waits, by work begun afterwards', async () => {
	const { together, served, gates, begun } = aTable();
	const first = together.ask('a case', 'first');
	await begun(1);
	const later = ['second', 'third'].map((each) => together.ask('a case', each));
	expect(served).toEqual([['first']]);
	gates[0]!();
	await begun(2);
	gates[1]!();
	expect(await Promise.all([first, ...later])).toEqual(['for first', 'for second', 'for third']);
	expect(served).toEqual([['first'], ['second', 'third']]);
});

test('another key waits for nobody', async () => {
	const { together, gates, begun } = aTable();
	const [one, other] = [together.ask('a case', 'one'), together.ask('another case', 'other')];
	await begun(2);
	gates[1]!();
	expect(await other).toBe('for other');
	gates[0]!();
	expect(await one).toBe('for one');
});

test('what fails for one is not refused to those who waited with them, and who asks afterwards is served', async () => {
	const { together, served, gates, begun } = aTable((asked) => {
		if (asked.includes('broken')) throw new Error('broken');
	});
	const answers = Promise.allSettled(['whole', 'broken'].map((each) => together.ask('a case', each)));
	for (let count = 1; count <= 3; count++) {
		await begun(count);
		gates[count - 1]!();
	}
	expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
	const afterwards = together.ask('a case', 'afterwards');
	await begun(4);
	gates[3]!();
	expect(await afterwards).toBe('for afterwards');
	expect(served).toEqual([['whole', 'broken'], ['whole'], ['broken'], ['afterwards']]);
});
