import type { CaseId, MeetingId, PersonId, TeamId } from '../../../domain/ids.ts';
import type { CitizenPresence, Curtain } from '../../../domain/meeting/curtain.ts';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import type { MeetingClosedView, ReconciliationView } from '../../../server/api/meeting-closing.ts';
import type { MeetingList, MeetingView } from '../../../server/api/meetings.ts';
import type { WallScreenView } from '../../../server/api/wall.ts';
import { Asker, type Answer } from '../api/ask.ts';

type Changed = Promise<Answer<{ readonly revision: number }>>;
export type ClosingLine =
	| { readonly done: number; readonly of: number }
	| { readonly closed: MeetingClosedView }
	| { readonly problem: { readonly code: string } };

const NDJSON = 'application/x-ndjson';

/** The requests a page makes of a meeting; what is done to it is answered with its new revision. */
export class MeetingRequests {
	readonly #path: string;
	readonly #asker: Asker;

	constructor(meetingId: MeetingId, personId: PersonId, fetch: typeof globalThis.fetch) {
		this.#path = `/api/v1/meetings/${meetingId}`;
		this.#asker = new Asker(personId, fetch);
	}

	set onsignedout(told: () => void) {
		this.#asker.onsignedout = told;
	}

	view(): Promise<Answer<MeetingView>> {
		return this.#asker.ask(this.#path);
	}

	board(caseId: CaseId): Promise<Answer<CaseBoard>> {
		return this.#asker.ask(`${this.#path}/cases/${caseId}/board`);
	}

	open(): Changed {
		return this.#asker.ask(`${this.#path}/open`, {});
	}

	park(): Changed {
		return this.#asker.ask(`${this.#path}/park`, {});
	}

	move(caseId: CaseId | null): Changed {
		return this.#asker.ask(`${this.#path}/move`, { caseId });
	}

	runClock(running: boolean): Changed {
		return this.#asker.ask(`${this.#path}/clock`, { running });
	}

	borrow(minutes: number): Changed {
		return this.#asker.ask(`${this.#path}/borrow`, { minutes });
	}

	changeAgenda(revision: number, caseIds: readonly CaseId[]): Changed {
		return this.#asker.ask(`${this.#path}/agenda`, { revision, caseIds }, 'PUT');
	}

	setCurtain(curtain: Curtain): Changed {
		return this.#asker.ask(`${this.#path}/curtain`, curtain);
	}

	setCitizenPresent(presence: CitizenPresence): Changed {
		return this.#asker.ask(`${this.#path}/citizen-present`, presence);
	}

	askForChair(): Changed {
		return this.#asker.ask(`${this.#path}/chair/ask`, {});
	}

	handChair(personId: PersonId): Changed {
		return this.#asker.ask(`${this.#path}/chair/hand`, { personId });
	}

	carry(task: Pick<ReconciliationView['unanswered'][number], 'documentId' | 'taskId'>): Changed {
		return this.#asker.ask(`${this.#path}/tasks/carry`, { documentId: task.documentId, taskId: task.taskId });
	}

	wallScreens(): Promise<Answer<WallScreenView[]>> {
		return this.#asker.ask(`${this.#path}/wall`);
	}

	approveScreen(code: string): Changed {
		return this.#asker.ask(`${this.#path}/wall`, { code });
	}

	endScreen(id: WallScreenView['id']): Changed {
		return this.#asker.ask(`${this.#path}/wall/${id}`, {}, 'DELETE');
	}

	reconciliation(): Promise<Answer<ReconciliationView>> {
		return this.#asker.ask(`${this.#path}/reconciliation`);
	}

	/**
	 * One transaction on the server: a line that breaks off, like any other failure, leaves the meeting as it was.
	 * @param onprogress how many cases are stored, of how many
	 */
	async close(onprogress: (done: number, of: number) => void): Promise<Answer<MeetingClosedView>> {
		try {
			const response = await this.#asker.open(`${this.#path}/close`, {}, 'POST', NDJSON);
			if (!response.ok || !response.body) {
				const { code = 'unexpected' } = (await response.json()) as { code?: string };
				return { ok: false, status: response.status, code };
			}
			for await (const line of linesOf(response.body)) {
				const said = JSON.parse(line) as ClosingLine;
				if ('closed' in said) return { ok: true, value: said.closed };
				if ('problem' in said) return { ok: false, status: response.status, code: said.problem.code };
				onprogress(said.done, said.of);
			}
		} catch {
			// As when the line breaks off before the last words: the meeting itself says what became of it.
		}
		return { ok: false, status: 0, code: 'network' };
	}
}

/** This week's meeting, with the agenda that is proposed. @param extra another one, in a week whose meeting was held */
export function startMeeting(
	teamId: TeamId,
	extra: boolean,
	personId: PersonId,
	fetch: typeof globalThis.fetch,
): Promise<Answer<{ readonly meetingId: MeetingId }>> {
	return new Asker(personId, fetch).ask('/api/v1/meetings', { teamId, extra });
}

/** Which meetings are on, for a page outside of them. */
export function listMeetings(personId: PersonId, fetch: typeof globalThis.fetch): Promise<Answer<MeetingList>> {
	return new Asker(personId, fetch).ask('/api/v1/meetings');
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let rest = '';
	for (let part = await reader.read(); !part.done; part = await reader.read()) {
		const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		yield* lines.filter((line) => line !== '');
	}
	if (rest.trim() !== '') yield rest;
}
