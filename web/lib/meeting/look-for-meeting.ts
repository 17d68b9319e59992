import type { PersonId } from '../../../domain/ids.ts';
import { lookNowAndThen } from './look-now-and-then.ts';
import { listMeetings } from './meeting-requests.ts';
import { phaseOfFirst, type UnclosedPhase } from './phase-of-first.ts';

/** For a page that shows the way to the meeting: which phase it is in by now. */
export function lookForMeeting(personId: PersonId, found: (phase: UnclosedPhase | undefined) => void): () => void {
	return lookNowAndThen(async () => {
		const list = await listMeetings(personId, fetch);
		if (list.ok) found(phaseOfFirst(list.value));
	});
}
