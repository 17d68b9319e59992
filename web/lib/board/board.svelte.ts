import { createContext } from 'svelte';
import { agreed } from '../../../board/choice.ts';
import { EMPTY_TEAM } from '../../../board/empty-plan.ts';
import type { PlacementProjection, PrivateProjection, TeamProjection } from '../../../board/project.ts';
import type { DocumentKind } from '../../../board/schema.ts';
import type { TrackRow } from '../../../board/rows.ts';
import type { PersonId, PlacementId } from '../../../domain/ids.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { BoardDocument, CaseBoard, PersonOnCase } from '../../../server/api/case-board.ts';
import type { CaseRequests } from './case-requests.ts';
import { Composer } from './composer.svelte.ts';
import { Connection } from './connection.svelte.ts';
import { DocumentView } from './document-view.svelte.ts';
import { WeekRows } from '../../../board/track-facts.ts';
import type { People } from './people.ts';
import type { Ratings } from './ratings.svelte.ts';
import { UndoStack } from './undo-stack.svelte.ts';
import { WordsInHand } from './words-in-hand.svelte.ts';

const EMPTY_PRIVATE: PrivateProjection = { drafts: [] };
const EMPTY_PLACEMENT: PlacementProjection = { purpose: '', tasks: [], hours: [], accommodations: [] };

/** What became of what was not sent when documents were opened anew. */
export interface StartedOver {
	/** Texts kept as drafts. */
	readonly drafts: number;
	/** Texts sealed for their author, where no draft could be made. */
	readonly sealed: number;
	/** Choices and marks that went: they name their place (board/live.ts). */
	readonly fields: readonly string[];
	/** Why, when the plan was taken back. */
	readonly restored: NonNullable<BoardDocument['restored']> | undefined;
}

/** Everything one board page shows and does: rendered by the server from `info`, then kept by the live documents. */
export class Board implements People {
	info = $state.raw() as CaseBoard;
	readonly undo = new UndoStack();
	readonly connection = new Connection();
	readonly team: DocumentView<TeamProjection>;
	readonly drafts: DocumentView<PrivateProjection>;
	readonly placement: DocumentView<PlacementProjection>;
	/** The page of one placement shows that placement and nothing else of the case. */
	readonly placementId: PlacementId | undefined;
	/** The week whose status is shown; stepping back changes it. */
	shownWeek = $state.raw() as IsoWeek;
	/** Access was taken away: nothing of the case may stay on the screen. */
	withdrawn = $state(false);
	/** The case was erased: also the words that were not sent go. */
	erased = $state(false);
	/** The page is older than the documents' shape. */
	outdated = $state(false);
	/** Set when a document was opened anew: what became of what was not sent. */
	startedOver = $state.raw<StartedOver | undefined>();
	/** When that was written which an earlier page could not send and this one has. */
	resentAt = $state.raw<Date | undefined>();
	/** Rights narrowed and the server has not yet said to what: what was shared stays hidden until it has. */
	rechecking = $state(false);
	/** Once the milestones are on the page, which is after everything else. */
	ratings: Ratings | undefined;
	readonly inHand = new WordsInHand();
	readonly composer: Composer;
	/** Words that lost their place and could not be kept elsewhere: shown until copied. */
	stranded = $state.raw<readonly string[]>([]);
	/** Questions for the stream: only the newest one's answer may stand. */
	#asked = 0;
	/** Rises when rights narrow and with every whole answer: what was asked for before may hold what is not to be read any more. */
	#turned = 0;
	readonly #people = $derived(
		new Map([...this.info.formerPeople, ...this.info.people].map((person) => [person.id as string, person])),
	);
	readonly #types = $derived(new Map(this.info.template.trackTypes.map((type) => [type.id, type])));
	readonly weekRows = $derived.by(() => new WeekRows(this.team.rows.weeks));

	constructor(answer: CaseBoard, placementId?: PlacementId) {
		const info = narrowed(answer, placementId);
		this.info = info;
		this.placementId = placementId;
		this.shownWeek = info.week;
		const team = documentOf(info, 'team');
		const drafts = documentOf(info, 'private');
		this.team = new DocumentView(team?.projection ?? EMPTY_TEAM, team?.access ?? 'read', this.undo);
		this.drafts = new DocumentView(drafts?.projection ?? EMPTY_PRIVATE, drafts?.access ?? 'read', this.undo);
		const placement = placementOf(info, placementId);
		this.placement = new DocumentView(placement?.projection ?? EMPTY_PLACEMENT, placement?.access ?? 'read', this.undo);
		this.composer = new Composer(this.drafts, () => this.info.shareTo);
	}

	/** Newer answers of the server; the documents' rows stay with the documents. */
	refresh(answer: CaseBoard): void {
		this.#turned++;
		const info = narrowed(answer, this.placementId);
		if (this.shownWeek === this.info.week) this.shownWeek = info.week;
		this.info = info;
		this.rechecking = false;
		this.team.access = documentOf(info, 'team')?.access ?? 'read';
		this.drafts.access = documentOf(info, 'private')?.access ?? 'read';
		this.placement.access = placementOf(info, this.placementId)?.access ?? 'read';
		if (!this.team.session) this.team.rows = documentOf(info, 'team')?.projection ?? this.team.rows;
		if (!this.placement.session) this.placement.rows = placementOf(info, this.placementId)?.projection ?? this.placement.rows;
		if (!this.drafts.session) this.drafts.rows = documentOf(info, 'private')?.projection ?? this.drafts.rows;
	}

	/** Until the server has answered, nothing that may have been lost is kept on the page. */
	withhold(): void {
		this.#turned++;
		this.rechecking = true;
		this.ratings?.withhold();
		const observations = this.info.observations.map((one) => ({ ...one, text: '', amendments: [], comments: [] }));
		this.info = { ...this.info, observations, unsentTexts: [] };
	}

	/** How the document of this page came to its epoch. */
	restorationOf(kind: DocumentKind): StartedOver['restored'] {
		const found = kind === 'placement' ? placementOf(this.info, this.placementId) : documentOf(this.info, kind);
		return found?.restored ?? undefined;
	}

	noteStartedOver({ drafts, sealed, fields, restored }: StartedOver): void {
		const before = this.startedOver;
		this.startedOver = {
			drafts: drafts + (before?.drafts ?? 0),
			sealed: sealed + (before?.sealed ?? 0),
			fields: [...(before?.fields ?? []), ...fields],
			restored: restored ?? before?.restored,
		};
	}

	/** What somebody announced, or what one did oneself: the rows are fetched, never pushed. */
	async refetchObservations(requests: CaseRequests): Promise<void> {
		const [asked, turned] = [++this.#asked, this.#turned];
		const answer = await requests.observations();
		if (asked !== this.#asked) return;
		if (turned !== this.#turned) return this.refetchObservations(requests);
		if (answer.ok) this.info = narrowed({ ...this.info, observations: answer.value.observations }, this.placementId);
	}

	get nowAt(): string {
		return this.info.now;
	}

	get today(): string {
		return this.info.today;
	}

	/** Also who has no access any more: what they did keeps their name. */
	person(id: PersonId | string | undefined): PersonOnCase | undefined {
		return id === undefined ? undefined : this.#people.get(id);
	}

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

	/** Everything that would be gone with this page. */
	readonly atRisk = $derived.by(
		() => this.team.unsent + this.placement.unsent + this.drafts.unsent + this.inHand.count + this.stranded.length,
	);
}

export function documentOf<Kind extends BoardDocument['compartment']>(
	info: CaseBoard,
	kind: Kind,
): Extract<BoardDocument, { compartment: Kind }> | undefined {
	return info.documents.find((one): one is Extract<BoardDocument, { compartment: Kind }> => one.compartment === kind);
}

export function placementOf(
	info: CaseBoard,
	placementId: PlacementId | undefined,
): Extract<BoardDocument, { compartment: 'placement' }> | undefined {
	return info.documents.find((one) => one.compartment === 'placement' && one.placementId === placementId) as ReturnType<
		typeof placementOf
	>;
}

/** What concerns one placement; the whole answer on the other pages. */
function narrowed(info: CaseBoard, placementId: PlacementId | undefined): CaseBoard {
	if (!placementId) return info;
	return {
		...info,
		shareTo: info.shareTo.filter((target) => target.placementId === placementId),
		observations: info.observations.filter((observation) => observation.placementId === placementId),
	};
}

const [useBoard, setBoard] = createContext<Board>();
export { setBoard, useBoard };
