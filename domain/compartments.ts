import type { PersonId, PlacementId } from './ids.ts';

/**
 * The parts a case is divided into by who may read them. Danish: rum.
 * `placement` is one per placement and `private` one per person, so both carry whose they are.
 */
export type Compartment =
	| { readonly kind: 'team' }
	| { readonly kind: 'placement'; readonly placementId: PlacementId }
	| { readonly kind: 'clinical' }
	| { readonly kind: 'justice' }
	| { readonly kind: 'private'; readonly personId: PersonId };

export type CompartmentKind = Compartment['kind'];

/** Compartments whose content is a co-edited document; the others hold rows only. */
export type DocumentCompartment = Extract<Compartment, { kind: 'team' | 'placement' | 'private' }>;
