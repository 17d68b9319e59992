import { addDays, type Day } from '../iso-week.ts';
import type { OrganisationId } from '../ids.ts';
import type { Profession } from '../people.ts';
import { ok, refuse, type Result } from '../result.ts';

/** Need is looked at again at least once a year. */
const LONGEST_ACCESS_DAYS = 366;

export interface AccessTerm {
	readonly from: Day;
	/** The last day, included. */
	readonly until: Day;
	readonly addsClinical: boolean;
	readonly addsJustice: boolean;
}

export interface AccessReceiver {
	readonly profession: Profession;
	readonly organisationId: OrganisationId;
	readonly ended: boolean;
}

export type GiveAccessRefusal =
	| { readonly code: 'access-ends-before-it-starts' }
	| { readonly code: 'access-too-long'; readonly latest: Day }
	| { readonly code: 'access-for-admin' }
	| { readonly code: 'person-ended' }
	| { readonly code: 'no-placement' }
	| { readonly code: 'placement-not-for-profession' }
	| { readonly code: 'mentor-of-another-company' }
	| { readonly code: 'adds-not-for-mentor' };

/**
 * Access is by need, dated, and never larger than the profession it is given to. A company mentor sees one placement at
 * their own company and nothing can be added to that; everybody else sees the case, not one placement of it.
 *
 * @param placement the one placement the access is about, if any, and the company it is at
 */
export function giveAccess(
	receiver: AccessReceiver,
	term: AccessTerm,
	placement: { readonly companyId: OrganisationId } | undefined,
): Result<AccessTerm, GiveAccessRefusal> {
	const latest = addDays(term.from, LONGEST_ACCESS_DAYS - 1);
	if (term.until < term.from) return refuse({ code: 'access-ends-before-it-starts' });
	if (term.until > latest) return refuse({ code: 'access-too-long', latest });
	if (receiver.profession === 'admin') return refuse({ code: 'access-for-admin' });
	if (receiver.ended) return refuse({ code: 'person-ended' });
	if (receiver.profession !== 'company-mentor') return placement ? refuse({ code: 'placement-not-for-profession' }) : ok(term);
	if (!placement) return refuse({ code: 'no-placement' });
	if (placement.companyId !== receiver.organisationId) return refuse({ code: 'mentor-of-another-company' });
	return term.addsClinical || term.addsJustice ? refuse({ code: 'adds-not-for-mentor' }) : ok(term);
}
