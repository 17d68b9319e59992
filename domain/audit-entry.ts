import type { ReadPurpose } from './disclosure/access-basis.ts';

/**
 * What an auditor can ask about: domain verbs, never table operations. Parameters are ids and closed words only,
 * never a name, a number or a text, so that the log itself is not a second place where sensitive data lies.
 */
export const AUDIT_ACTIONS = [
	'case.read',
	'case.open',
	'case.close',
	'case.erase',
	'case.assign-coordinator',
	'case.set-phase',
	'access.give',
	'access.end',
	'cpr.reveal',
	'organisation.create',
	'organisation.set-offline-text',
	'person.create',
	'team.create',
	'team.add-member',
	'team.end-member',
	'citizen.create',
	'placement.create',
	'template.publish-version',
	'template.retire',
	'observation.share',
	'observation.amend',
	'observation.comment',
	'meeting.plan',
	'meeting.open',
	'meeting.park',
	'meeting.move',
	'meeting.run-clock',
	'meeting.borrow-time',
	'meeting.change-agenda',
	'meeting.set-curtain',
	'meeting.set-citizen-present',
	'meeting.ask-for-chair',
	'meeting.hand-chair',
	'meeting.answer-task',
	'meeting.close',
	'minutes.amend',
	'wall.pair',
	'wall.end',
	'rating.give',
	'rating.reveal',
	'history.give-back',
	'document.restore',
	'document.dismiss-mass-deletion',
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
