import type { Compartment, DocumentCompartment } from '../../domain/compartments.ts';
import type {
	AccessId,
	CaseId,
	DocumentId,
	MeetingId,
	ObservationId,
	PersonId,
	PlacementId,
	TeamId,
	WallScreenId,
} from '../../domain/ids.ts';

/**
 * What a command tells the rest of the process after its commit: ids only, never words. The meeting room passes it on to
 * those who may read it; they fetch what changed.
 */
export type Announcement =
	| {
			readonly kind: 'observations';
			readonly caseId: CaseId;
			readonly observationId: ObservationId;
			readonly compartment: Compartment;
	  }
	/** Somebody rated a milestone, or what was hidden is shown now. */
	| { readonly kind: 'ratings'; readonly caseId: CaseId }
	| { readonly kind: 'access'; readonly caseId: CaseId; readonly personId: PersonId; readonly accessId: AccessId }
	| { readonly kind: 'coordinator'; readonly caseId: CaseId; readonly personId: PersonId }
	| { readonly kind: 'placement'; readonly caseId: CaseId; readonly placementId: PlacementId }
	| { readonly kind: 'case'; readonly caseId: CaseId }
	/** It has this revision now; where it is, whoever hears this asks. */
	| { readonly kind: 'meeting'; readonly meetingId: MeetingId; readonly teamId: TeamId; readonly revision: number }
	/** A screen was approved or taken off. */
	| { readonly kind: 'wall'; readonly screenId: WallScreenId }
	/** A document's read model took in what people wrote: the board has it by its own channel, lists have not. */
	| {
			readonly kind: 'board';
			readonly caseId: CaseId;
			readonly compartment: DocumentCompartment;
			/** Where a command wrote rather than a page: whoever holds the document loads it again. */
			readonly writtenIn?: DocumentId;
	  }
	/** Nothing of the case is left: whoever holds one of its documents lets go of it. */
	| { readonly kind: 'erased'; readonly caseId: CaseId; readonly documents: readonly DocumentId[] }
	/** Rights changed and the outbox row is committed: look at it now rather than at the next tick. */
	| { readonly kind: 'rights' };

export type Announce = (announcement: Announcement) => void;
