import type { CaseId } from '../ids.ts';
import { ok, refuse, type Result } from '../result.ts';
import type { Meeting } from './meeting.ts';
import { waitingItem } from './plan.ts';

export interface ChangeAgendaRefusal {
	readonly code: 'meeting-closed' | 'item-not-waiting' | 'not-of-team' | 'twice-on-agenda';
}

/**
 * Whom the meeting is still to talk of, in order. Whoever was talked of stays, before them; a waiting one who is left out is
 * off the agenda, and nobody else can be.
 *
 * @param waiting everybody who is to wait from now on, each once
 * @param ofTeam the team's open cases: only those can be added
 */
export function changeAgenda(
	meeting: Meeting,
	waiting: readonly CaseId[],
	ofTeam: ReadonlySet<CaseId>,
): Result<Exclude<Meeting, { readonly phase: 'closed' }>, ChangeAgendaRefusal> {
	if (meeting.phase === 'closed') return refuse({ code: 'meeting-closed' });
	if (new Set(waiting).size < waiting.length) return refuse({ code: 'twice-on-agenda' });
	const before = new Map(meeting.items.map((item) => [item.caseId, item]));
	for (const caseId of waiting) {
		const item = before.get(caseId);
		if (item && item.state !== 'waiting') return refuse({ code: 'item-not-waiting' });
		if (!item && !ofTeam.has(caseId)) return refuse({ code: 'not-of-team' });
	}
	const talkedOf = meeting.items.filter(({ state }) => state !== 'waiting');
	return ok({ ...meeting, items: [...talkedOf, ...waiting.map((caseId) => before.get(caseId) ?? waitingItem(caseId))] });
}
