import type { CaseChanged } from '../../board/room-events.ts';
import { mayRead } from '../../domain/policy.ts';
import { unreachable } from '../../domain/result.ts';
import type { Announcement } from '../commands/announcement.ts';
import type { Reader } from '../queries/case/reader.ts';

/** What happened in a case; changed rights travel by their own way, through the outbox. */
export type CaseAnnouncement = Exclude<Announcement, { readonly kind: 'rights' | 'erased' | 'meeting' | 'wall' }>;
/** What a page of the case is told; what is written in its documents it has from them. */
export type PageAnnouncement = Exclude<CaseAnnouncement, { readonly kind: 'board' }>;
export type MeetingAnnouncement = Extract<Announcement, { readonly kind: 'meeting' }>;

/** What a page is told: ids, never words. It asks for the rest, and that asking is checked again. */
export function eventFor(announcement: PageAnnouncement): CaseChanged {
	return { caseId: announcement.caseId, what: announcement.kind, id: subjectOf(announcement) };
}

function subjectOf(announcement: PageAnnouncement): string | null {
	switch (announcement.kind) {
		case 'observations':
			return announcement.observationId;
		case 'access':
		case 'coordinator':
			return announcement.personId;
		case 'placement':
			return announcement.placementId;
		case 'ratings':
		case 'case':
			return null;
		default:
			return unreachable(announcement);
	}
}

/** Who may even know that it happened. */
export function mayHear({ actor, reach }: Reader, announcement: CaseAnnouncement): boolean {
	switch (announcement.kind) {
		case 'observations':
		case 'board':
			return mayRead(actor, reach, announcement.compartment);
		case 'access':
		case 'ratings':
			return reach.team;
		case 'placement':
			return reach.placementIds.includes(announcement.placementId);
		case 'coordinator':
		case 'case':
			return true;
		default:
			return unreachable(announcement);
	}
}
