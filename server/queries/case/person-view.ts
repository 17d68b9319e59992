import type { StandingRow } from '../../../db/repo/case-standing.ts';
import type { ShownPersonRow } from '../../../db/repo/shown-person.ts';
import { showsProfessions } from '../../../domain/disclosure/profession-shown.ts';
import type { PersonId } from '../../../domain/ids.ts';
import type { Reach } from '../../../domain/policy.ts';
import type { PersonOnCase } from './case-board.ts';

/** A colleague as this reader may be shown them; oneself always whole. */
export function viewPerson(reach: Reach, row: ShownPersonRow, self: PersonId): PersonOnCase {
	const shown = row.personId === self || showsProfessions(reach);
	return {
		id: row.personId,
		name: row.name,
		profession: shown ? row.profession : null,
		organisation: shown || !row.external ? row.organisationName : null,
		external: row.external,
	};
}

export function shownFromStanding({ actor, name, organisationName, external }: StandingRow): ShownPersonRow {
	return { personId: actor.personId, name, profession: actor.profession, organisationName, external };
}
