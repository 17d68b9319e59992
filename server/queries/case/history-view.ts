import type { FieldChange } from '../../../board/history.ts';
import type { PlacementProjection, TeamProjection } from '../../../board/project.ts';
import type { CaseId, PersonId, PlacementId } from '../../../domain/ids.ts';
import type { IsoWeek } from '../../../domain/iso-week.ts';
import type { Label } from '../../../domain/programme/template.ts';
import type { CaseBoard, PersonOnCase } from './case-board.ts';

/** A document's rows as they stood. */
export type RowsThen = TeamProjection | PlacementProjection;

export interface HistoryChange extends FieldChange {
	/** Words, rather than a choice or a mark. */
	readonly isText: boolean;
	readonly canBeGivenBack: boolean;
}

export interface HistoryMoment {
	readonly firstSeq: number;
	readonly lastSeq: number;
	/** Null for the server itself. */
	readonly personId: PersonId | null;
	readonly from: string;
	readonly until: string;
	/** A restore: when what the document was taken back to was written. */
	readonly backTo: string | null;
	readonly changes: readonly HistoryChange[];
}

/** How the things are called that the changes name by id. */
export interface HistoryNames {
	readonly people: ReadonlyMap<string, string>;
	readonly tracks: ReadonlyMap<string, { readonly type: Label; readonly label: string }>;
	readonly tasks: ReadonlyMap<string, string>;
	readonly decisions: ReadonlyMap<string, string>;
}

/** One week of a document's past, as facts. */
export interface HistoryFacts {
	readonly caseId: CaseId;
	readonly citizenName: string;
	readonly week: IsoWeek;
	/** The first there is anything of, and this one. */
	readonly weeks: { readonly earliest: IsoWeek; readonly now: IsoWeek };
	/** Whose past it is: a placement's, or the plan's. */
	readonly placementId: PlacementId | null;
	readonly placements: { id: PlacementId; company: string }[];
	/** Oldest first. */
	readonly moments: readonly HistoryMoment[];
	readonly names: HistoryNames;
	/** As it stood after the moment asked for, or after the week's last; null where nothing was written yet. */
	readonly shown: { readonly seq: number; readonly rows: RowsThen } | null;
	readonly template: CaseBoard['template'];
	readonly people: PersonOnCase[];
	readonly mayGiveBack: boolean;
	readonly mayRestore: boolean;
}

/** What a restore would do, before anybody does it. */
export interface RestoreFacts {
	readonly seq: number;
	readonly backTo: string;
	readonly changes: readonly HistoryChange[];
	readonly names: HistoryNames;
	/** Who has the document open now, by name. */
	readonly connected: readonly string[];
}
