/** The types pages of minutes render from: web imports types from server/api only. */
export type { Block, Cell, ContentDocument, Words } from '../documents/content.ts';
export type { MeetingRecord, PastMeeting, SnapshotView } from '../queries/minutes/minutes-view.ts';
export type { Minutes } from './minutes.ts';
