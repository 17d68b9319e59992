import type { Compartment } from '../domain/compartments.ts';
import { isUuid } from '../domain/ids.ts';
import type { PersonId, PlacementId } from '../domain/ids.ts';

/** A compartment as it stands in a document's name, a draft and an address: `placement-<placementId>`. */
export function formatCompartment(compartment: Compartment): string {
	switch (compartment.kind) {
		case 'team':
		case 'clinical':
		case 'justice':
			return compartment.kind;
		case 'placement':
			return `placement-${compartment.placementId}`;
		case 'private':
			return `private-${compartment.personId}`;
	}
}

export function parseCompartment(raw: string): Compartment | undefined {
	if (raw === 'team' || raw === 'clinical' || raw === 'justice') return { kind: raw };
	const dash = raw.indexOf('-');
	const [kind, id] = [raw.slice(0, dash), raw.slice(dash + 1)];
	if (!isUuid(id)) return undefined;
	if (kind === 'placement') return { kind, placementId: id as PlacementId }; // safe: isUuid above
	if (kind === 'private') return { kind, personId: id as PersonId }; // safe: isUuid above
	return undefined;
}
