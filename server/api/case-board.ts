/** The types pages render from: web imports types from server/api only, the query that fills them may not import from here. */
export type { BoardDocument, CaseBoard, DocumentReference, ObservationView, PersonOnCase } from '../queries/case/case-board.ts';
export type { CaseList, CaseListEntry } from '../queries/case/case-list.ts';
