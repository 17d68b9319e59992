import type { ReadPurpose } from './disclosure/access-basis.ts';

/**
 * What an auditor can ask about: domain verbs, never table operations. Parameters are ids and closed words only,
 * never a name, a number or a text, so that the log itself is not a second place where sensitive data lies.
 */
export const AUDIT_ACTIONS = [
	'case.read',
	'case.open',
	'case.close',
	'case.assign-coordinator',
	'access.give',
	'access.end',
	'cpr.reveal',
	'organisation.create',
	'person.create',
	'team.create',
	'team.add-member',
	'team.end-member',
	'citizen.create',
	'placement.create',
	'observation.share',
	'observation.amend',
	'observation.comment',
	'unsent-text.seal',
	'unsent-text.open',
	'session.sign-in',
	'session.sign-out',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
	readonly action: AuditAction;
	/** What the entry is about, by id: `{ caseId, accessId }`. */
	readonly subject: Readonly<Record<string, string>>;
	/** Only for reads. */
	readonly purpose?: ReadPurpose;
	readonly compartments?: readonly string[];
}
