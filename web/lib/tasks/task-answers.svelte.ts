import { SvelteMap } from 'svelte/reactivity';
import { CLOSE } from '../../../board/close-codes.ts';
import type { PersonId, TaskId } from '../../../domain/ids.ts';
import type { Day } from '../../../domain/iso-week.ts';
import type { MyTasks, TaskDocument } from '../../../server/api/case-board.ts';
import type { DocumentSession } from '../board/document-session.svelte.ts';
import { DocumentView, type Reached } from '../board/document-view.svelte.ts';
import type { Edit } from '../board/edit.ts';
import { UndoStack } from '../board/undo-stack.svelte.ts';

export type TaskAnswer =
	| { readonly kind: 'done' }
	| { readonly kind: 'day'; readonly day: Day }
	| { readonly kind: 'handed'; readonly to: PersonId; readonly name: string };

export type OneTask = TaskDocument['tasks'][number];

type Answering = typeof import('./answering.ts');

/** Fetched once the page is there; without a network it is tried again until it comes. */
const TRY_AGAIN_MS = 2_000;

/**
 * Answers for one's tasks, written into the documents they stand in as the board writes them. A document is connected
 * with its first answer; what is answered before, or without a network, waits on this device and says so.
 */
export class TaskAnswers {
	#answers = $state.raw<ReadonlyMap<TaskId, TaskAnswer>>(new Map());
	/** Documents that would not take an answer. */
	#refused = $state.raw<ReadonlySet<string>>(new Set());
	signedOut = $state(false);
	readonly #personId: PersonId;
	readonly #aheadMs: number;
	#answering: Promise<Answering> | undefined;
	/** Answers that wait for what writes them. */
	#waiting = $state(0);
	readonly #views = new SvelteMap<string, DocumentView<null>>();
	readonly #sessions = new Map<string, DocumentSession>();
	#stopped = false;

	constructor({ now }: MyTasks, personId: PersonId) {
		this.#personId = personId;
		this.#aheadMs = Date.parse(now) - Date.now();
	}

	of(task: OneTask): TaskAnswer | undefined {
		return this.#answers.get(task.id);
	}

	isRefused({ name }: TaskDocument): boolean {
		return this.#refused.has(name);
	}

	reached({ name }: TaskDocument, { id }: OneTask): Reached {
		const view = this.#views.get(name);
		if (!view?.session) return 'device';
		return view.session.hasUnsentIn(`tasks/${id}/`) ? 'device' : 'team';
	}

	/** What would be lost with this page. */
	get atRisk(): number {
		return [...this.#views.values()].reduce((sum, view) => sum + view.unsent, this.#waiting);
	}

	/** So that the first answer can be given where there is no network any more. */
	prepare(): void {
		void this.#fetchAnswering();
	}

	async answer(document: TaskDocument, task: OneTask, answer: TaskAnswer): Promise<void> {
		this.#answers = new Map(this.#answers).set(task.id, answer);
		await this.#write(document, ({ finishTask, setTaskDueOn, setTaskOwner }) => (doc, by) => {
			if (answer.kind === 'done') finishTask(doc, by, task.id);
			else if (answer.kind === 'day') setTaskDueOn(doc, by, task.id, answer.day);
			else setTaskOwner(doc, by, task.id, answer.to);
		});
	}

	async undo(document: TaskDocument, task: OneTask): Promise<void> {
		const answer = this.#answers.get(task.id);
		if (!answer) return;
		const answers = new Map(this.#answers);
		answers.delete(task.id);
		this.#answers = answers;
		await this.#write(document, ({ reopenTask, setTaskDueOn, setTaskOwner }) => (doc, by) => {
			if (answer.kind === 'done') reopenTask(doc, by, task.id);
			else if (answer.kind === 'day') setTaskDueOn(doc, by, task.id, task.dueOn);
			else setTaskOwner(doc, by, task.id, this.#personId);
		});
	}

	/** The same person signed in again. */
	resume(): void {
		this.signedOut = false;
		for (const session of this.#sessions.values()) session.connect();
	}

	stop(): void {
		this.#stopped = true;
		for (const session of this.#sessions.values()) session.destroy();
	}

	async #fetchAnswering(): Promise<Answering> {
		this.#answering ??= import('./answering.ts');
		try {
			return await this.#answering;
		} catch {
			this.#answering = undefined;
			await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
			return this.#fetchAnswering();
		}
	}

	async #write({ name, compartment, access }: TaskDocument, edit: (writers: Answering) => Edit): Promise<void> {
		this.#waiting++;
		const answering = await this.#fetchAnswering();
		this.#waiting--;
		if (this.#stopped) return;
		const view = this.#views.get(name) ?? new DocumentView(null, access, new UndoStack());
		this.#views.set(name, view);
		view.edit(edit(answering), false);
		if (this.#sessions.has(name)) return;
		const session: DocumentSession = new answering.DocumentSession({
			...{ kind: compartment, name, personId: this.#personId, aheadMs: () => this.#aheadMs },
			onparts: () => {},
			onready: () => view.attach(session),
			onclosed: (code) => this.#closed(name, code),
		});
		this.#sessions.set(name, session);
		session.connect();
	}

	/** Reading or writing ended, or the page is too old: nothing answered there since is kept, and the page says so. */
	#closed(name: string, code: number): void {
		if (code === CLOSE.signedOut) {
			this.signedOut = true;
			return;
		}
		const view = this.#views.get(name);
		view?.giveUp();
		view?.detach();
		this.#sessions.get(name)?.destroy();
		this.#sessions.delete(name);
		this.#refused = new Set(this.#refused).add(name);
	}
}
