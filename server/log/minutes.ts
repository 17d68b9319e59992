import type { StoredMinutes } from '../../db/repo/minutes.ts';
import type { MinutesFacts } from '../../domain/meeting/minutes-facts.ts';
import { minutesPlace } from './places.ts';
import { seal, unseal } from './seal.ts';

/** A case's minutes as they lie, with the case's key. */
export function sealMinutes(key: Uint8Array, facts: MinutesFacts): StoredMinutes {
	const { meetingId, caseId, snapshotId } = facts;
	return {
		meetingId,
		caseId,
		snapshotId,
		sealed: seal(key, Buffer.from(JSON.stringify(facts)), minutesPlace(meetingId, caseId)),
	};
}

/** @throws {SealBroken} */
export function openMinutes(key: Uint8Array, { meetingId, caseId, sealed }: StoredMinutes): MinutesFacts {
	return JSON.parse(unseal(key, sealed, minutesPlace(meetingId, caseId)).toString()) as MinutesFacts; // safe: sealed by us
}
