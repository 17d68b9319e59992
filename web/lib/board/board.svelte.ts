import { createContext } from 'svelte';
import { agreed } from '../../../board/choice.ts';
import type { PrivateProjection, TeamProjection } from '../../../board/project.ts';
import type { TrackRow } from '../../../board/rows.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { BoardDocument, CaseBoard, PersonOnCase } from '../../../server/api/case-board.ts';
import type { CaseRequests } from './case-requests.ts';
import { Composer } from './composer.svelte.ts';
import { Connection } from './connection.svelte.ts';
import { DocumentView } from './document-view.svelte.ts';
import { WeekRows } from './lane.ts';
import type { People } from './people.ts';
import { UndoStack } from './undo-stack.svelte.ts';

export const EMPTY_TEAM: TeamProjection = {
	goal: { team: '', citizen: '', kind: { values: [] }, targetDay: { values: [] }, saidInWeek: { values: [] } },
	tracks: [], tasks: [], weeks: [],
};
const EMPTY_PRIVATE: PrivateProjection = { drafts: [] };

/** Everything one board page shows and does: rendered by the server from `info`, then kept by the live documents. */
export class Board implements People {
	info = $state.raw() as CaseBoard;
	readonly undo = new UndoStack();
	readonly connection = new Connection();
	readonly team: DocumentView<TeamProjection>;
	readonly drafts: DocumentView<PrivateProjection>;
	/** The week whose status is shown; stepping back changes it. */
	shownWeek = $state.raw() as IsoWeek;
	/** Access was taken away: nothing of the case may stay on the screen. */
	withdrawn = $state(false);
	/** The page is older than the documents' shape. */
	outdated = $state(false);
	/** Set when a document was opened anew and unsent words became drafts. */
	startedOver = $state(false);
	readonly composer: Composer;
	/** Words that lost their place and could not be kept elsewhere: shown until copied. */
	stranded = $state.raw<readonly string[]>([]);
	readonly #people = $derived(new Map(this.info.people.map((person) => [person.id as string, person])));
	readonly #types = $derived(new Map(this.info.template.trackTypes.map((type) => [type.id, type])));
	readonly weekRows = $derived.by(() => new WeekRows(this.team.rows.weeks));

	constructor(info: CaseBoard) {
		this.info = info;
		this.shownWeek = info.week;
		const team = documentOf(info, 'team');
		const drafts = documentOf(info, 'private');
		this.team = new DocumentView(team?.projection ?? EMPTY_TEAM, team?.access ?? 'read', this.undo);
		this.drafts = new DocumentView(drafts?.projection ?? EMPTY_PRIVATE, drafts?.access ?? 'read', this.undo);
		this.composer = new Composer(this.drafts, info);
	}

	/** Newer answers of the server; the documents' rows stay with the documents. */
	refresh(info: CaseBoard): void {
		if (this.shownWeek === this.info.week) this.shownWeek = info.week;
		this.info = info;
		this.team.access = documentOf(info, 'team')?.access ?? 'read';
		this.drafts.access = documentOf(info, 'private')?.access ?? 'read';
		if (!this.team.session) this.team.rows = documentOf(info, 'team')?.projection ?? this.team.rows;
		if (!this.drafts.session) this.drafts.rows = documentOf(info, 'private')?.projection ?? this.drafts.rows;
	}

	/** What somebody announced, or what one did oneself: the rows are fetched, never pushed. */
	async refetchObservations(requests: CaseRequests): Promise<void> {
		const answer = await requests.observations();
		if (answer.ok) this.info = { ...this.info, observations: answer.value.observations };
	}

	get nowAt(): string {
		return this.info.now;
	}

	get today(): string {
		return this.info.today;
	}

	person(id: PersonId | string | undefined): PersonOnCase | undefined {
		return id === undefined ? undefined : this.#people.get(id);
	}

	/** Somebody who no longer has access is still named by what the page has; without a name it says so. */
	nameOf(id: PersonId | string | undefined): string | undefined {
		return this.person(id)?.name ?? this.info.coordinators.find(({ person }) => person.id === id)?.person.name;
	}

	trackName(track: TrackRow, language: 'da' | 'en'): string {
		return this.#types.get(track.type)?.label[language] ?? agreed(track.label) ?? track.type;
	}

	isJobDirected(track: TrackRow): boolean {
		return this.#types.get(track.type)?.jobDirected ?? false;
	}

	/** Every track has its place; those that lead to a job stand last, in every row of every screen. */
	readonly tracks = $derived.by(() => {
		const present = this.team.rows.tracks.filter((track) => !track.removed);
		return [...present.filter((track) => !this.isJobDirected(track)), ...present.filter((track) => this.isJobDirected(track))];
	});

	readonly unsent = $derived.by(() => this.team.unsent + this.drafts.unsent);
}

export function documentOf<Kind extends BoardDocument['compartment']>(info: CaseBoard, kind: Kind): Extract<BoardDocument, { compartment: Kind }> | undefined {
	return info.documents.find((one): one is Extract<BoardDocument, { compartment: Kind }> => one.compartment === kind);
}

const [useBoard, setBoard] = createContext<Board>();
export { setBoard, useBoard };
