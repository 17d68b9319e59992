import type { RightsChanged } from '../../board/room-events.ts';
import type { Reader } from '../queries/case/reader.ts';

const KINDS = ['team', 'clinical', 'justice', 'drafts', 'summary'] as const;

/** How what somebody can do in a case has changed; undefined when it has not. `after` is undefined when nothing is left. */
export function compareAccess(before: Reader, after: Reader | undefined): RightsChanged['access'] | undefined {
	if (!after) return 'none';
	if (includes(after, before)) return includes(before, after) ? undefined : 'same-or-wider';
	return 'narrowed';
}

/** Can one do everything the other can? A closed case is read, not written. */
function includes(one: Reader, other: Reader): boolean {
	return (
		KINDS.every((kind) => one.reach[kind] || !other.reach[kind]) &&
		other.reach.placementIds.every((id) => one.reach.placementIds.includes(id)) &&
		(!one.facts.closed || other.facts.closed)
	);
}
