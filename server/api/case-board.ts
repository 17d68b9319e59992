/** The types pages render from: web imports types from server/api only, the query that fills them may not import from here. */
export type { BoardDocument, CaseBoard, DocumentReference, ObservationView, PersonOnCase } from '../queries/case/case-board.ts';
export type { CaseList, CaseListEntry, CasePlan } from '../queries/case/case-list.ts';
export type { RatingAnswer, RatingRoundView, RatingsView } from '../queries/case/ratings-view.ts';
export type { MassDeletionView } from '../queries/case/mass-deletions.ts';
export type { OfflineKeys } from '../queries/case/offline-keys.ts';
export type { CaseProgramme } from '../queries/case/case-programme.ts';
export type { MyTasks, TaskDocument } from '../queries/case/my-tasks.ts';
