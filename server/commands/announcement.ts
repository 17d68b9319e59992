import type { Compartment } from '../../domain/compartments.ts';
import type { AccessId, CaseId, ObservationId, PersonId, PlacementId } from '../../domain/ids.ts';

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
	| { readonly kind: 'access'; readonly caseId: CaseId; readonly personId: PersonId; readonly accessId: AccessId }
	| { readonly kind: 'coordinator'; readonly caseId: CaseId; readonly personId: PersonId }
	| { readonly kind: 'placement'; readonly caseId: CaseId; readonly placementId: PlacementId }
	| { readonly kind: 'case'; readonly caseId: CaseId }
	/** Rights changed and the outbox row is committed: look at it now rather than at the next tick. */
	| { readonly kind: 'rights' };

export type Announce = (announcement: Announcement) => void;
