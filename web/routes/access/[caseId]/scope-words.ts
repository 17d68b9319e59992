/** What an access opens, in words and before it is given. Asks the same policy as the server does. */
import type { CaseFacts, ValidGrant } from '../../../../domain/policy.ts';
import { reachOf } from '../../../../domain/policy.ts';
import type { OrganisationId, PersonId, PlacementId, TeamId } from '../../../../domain/ids.ts';
import type { Profession } from '../../../../domain/people.ts';
import type { Texts } from '../../../lib/i18n/texts.svelte.ts';
import type { PageData } from './$types.ts';

type Access = NonNullable<PageData['access']>;

interface Given {
	readonly placementId: PlacementId | null;
	readonly addsClinical: boolean;
	readonly addsJustice: boolean;
}

/** `teamets tavle, virksomhedsforløbene og det kliniske rum`; empty when it opens nothing. */
export function scopeWords(
	texts: Texts,
	access: Access,
	person: { readonly id: PersonId; readonly profession: Profession },
	given: Given,
): string {
	const { t } = texts;
	// The organisation plays no part in what a profession reads.
	const organisationId = '' as OrganisationId;
	const facts: CaseFacts = {
		caseId: access.id,
		teamId: access.team.id,
		organisationId,
		closed: false,
		placementIds: access.placements.map(({ id }) => id),
	};
	const adds = [given.addsClinical && ('clinical' as const), given.addsJustice && ('justice' as const)].filter(
		(each) => each !== false,
	);
	const grant: ValidGrant = { placementId: given.placementId, adds };
	const noTeams: readonly TeamId[] = [];
	const reach = reachOf({ personId: person.id, profession: person.profession, organisationId, leads: noTeams }, facts, {
		grants: [grant],
		isCoordinator: false,
	});
	const company = access.placements.find(({ id }) => id === given.placementId)?.company.name;
	const words = [
		reach.team && t('admin.access.reads.team'),
		reach.team && t('admin.access.reads.placements'),
		!reach.team && company !== undefined && reach.placementIds.length > 0 && t('admin.access.reads.placement', { company }),
		reach.clinical && t('admin.access.reads.clinical'),
		reach.justice && t('admin.access.reads.justice'),
		reach.summary && t('admin.access.reads.summary'),
	];
	return texts.format.list(words.filter((each) => each !== false));
}
