import type { CaseId } from '../../../domain/ids.ts';
import type { Day } from '../../../domain/iso-week.ts';
import type { MyTasks, TaskDocument } from '../../../server/api/case-board.ts';
import type { OneTask } from './task-answers.svelte.ts';
import { groupTasks, withAnswered } from './task-groups.ts';

/**
 * The tasks on the page, and what the server said last of them. While a pointer or the focus is inside the list nothing moves:
 * what is new waits until it is asked for or the list is left. What may not be read any more is gone at once.
 */
export class TaskRows {
	#shown = $state.raw<readonly TaskDocument[]>([]);
	#latest = $state.raw<readonly TaskDocument[]>([]);
	today = $state() as Day;
	#held = false;
	readonly #isAnswered: (task: OneTask) => boolean;

	constructor(mine: MyTasks, isAnswered: (task: OneTask) => boolean) {
		this.#isAnswered = isAnswered;
		this.take(mine, undefined);
	}

	readonly groups = $derived.by(() => groupTasks(this.#shown, this.today));

	/** How many tasks are new, different or gone, and do not show it yet. */
	readonly waiting = $derived.by(() => {
		const [shown, next] = [wordsById(this.#shown), wordsById(this.#next())];
		return [...new Set([...shown.keys(), ...next.keys()])].filter((id) => shown.get(id) !== next.get(id)).length;
	});

	/** @param caseIds what was asked for; undefined is everything */
	take({ documents, readable, today }: MyTasks, caseIds: readonly CaseId[] | undefined): void {
		const mayRead = new Set(readable);
		const isOther = ({ caseId }: TaskDocument): boolean => caseIds !== undefined && !caseIds.includes(caseId);
		this.#latest = [...this.#latest.filter(isOther), ...documents];
		this.#shown = this.#shown.filter((document) => isOther(document) || mayRead.has(document.name));
		this.today = today;
		if (!this.#held) this.show();
	}

	drop(caseId: CaseId): void {
		this.#latest = this.#latest.filter((document) => document.caseId !== caseId);
		this.#shown = this.#shown.filter((document) => document.caseId !== caseId);
	}

	hold(isInside: boolean): void {
		this.#held = isInside;
		if (!isInside) this.show();
	}

	show(): void {
		this.#shown = this.#next();
	}

	#next(): readonly TaskDocument[] {
		return withAnswered(this.#shown, this.#latest, this.#isAnswered);
	}
}

function wordsById(documents: readonly TaskDocument[]): ReadonlyMap<string, string> {
	return new Map(documents.flatMap(({ tasks }) => tasks.map((task) => [task.id, JSON.stringify(task)] as const)));
}
