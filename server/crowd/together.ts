/**
 * Makes one question of many: what is asked while an answer is being found is asked together next, so that a crowd costs a
 * few statements and nobody waits for more than the question before. A failure fails everybody who was asked about together.
 *
 * @param most how many at once
 * @param ask answers in the order asked
 */
export function together<Question, Answer>(
	most: number,
	ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
	const waiting: Waiting<Question, Answer>[] = [];
	let isAsking = false;

	async function askOn(): Promise<void> {
		isAsking = true;
		await Promise.resolve(); // who asks in the same turn is asked with
		while (waiting.length > 0) await answer(waiting.splice(0, most));
		isAsking = false;
	}

	async function answer(asked: readonly Waiting<Question, Answer>[]): Promise<void> {
		try {
			const answers = await ask(asked.map(({ question }) => question));
			asked.forEach(({ resolve }, index) => resolve(answers[index]!)); // one for each
		} catch (error) {
			for (const { reject } of asked) reject(error);
		}
	}

	return (question) =>
		new Promise((resolve, reject) => {
			waiting.push({ question, resolve, reject });
			if (!isAsking) void askOn();
		});
}

interface Waiting<Question, Answer> {
	readonly question: Question;
	readonly resolve: (answer: Answer) => void;
	readonly reject: (error: unknown) => void;
}
