import type { Compartment } from '../../domain/compartments.ts';
import type { PlacementId } from '../../domain/ids.ts';
import type { ShareableCompartment } from '../../domain/observation/observation.ts';

interface CompartmentInput {
	readonly compartment: ShareableCompartment;
	readonly placementId?: PlacementId | undefined;
}

/** Undefined unless a placement, and nothing else, is named by its id. */
export function compartmentFrom({
	compartment,
	placementId,
}: CompartmentInput): Exclude<Compartment, { kind: 'private' }> | undefined {
	if (compartment !== 'placement') return placementId ? undefined : { kind: compartment };
	return placementId && { kind: 'placement', placementId };
}
