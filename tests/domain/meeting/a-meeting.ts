/** Meetings to test the rules with. */
import type { CaseId, MeetingId, PersonId, TeamId } from '../../../domain/ids.ts';
import { isoWeek } from '../../../domain/iso-week.ts';
import type { ClosedMeeting, OpenMeeting, PlannedMeeting } from '../../../domain/meeting/meeting.ts';
import { moveTo } from '../../../domain/meeting/move.ts';
import { openMeeting } from '../../../domain/meeting/open.ts';
import { planMeeting } from '../../../domain/meeting/plan.ts';
import type { Result } from '../../../domain/result.ts';

const numbered = <Kind extends string>(number: number): Kind =>
	`00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as Kind;

export const CASES = [1, 2, 3, 4, 5].map((number) => numbered<CaseId>(number));
export const [AMINA, EMRE, FREJA, IDA] = CASES as [CaseId, CaseId, CaseId, CaseId];
/** Of the team, and on no agenda yet. */
export const NEWCOMER = numbered<CaseId>(9);
export const LEAD = numbered<PersonId>(11);
export const TEACHER = numbered<PersonId>(12);
export const MENTOR = numbered<PersonId>(13);

export const START = new Date('2026-11-18T08:00:00Z');
export const after = (minutes: number): Date => new Date(START.getTime() + minutes * 60_000);

export function aPlannedMeeting(caseIds: readonly CaseId[] = [AMINA, EMRE, FREJA]): PlannedMeeting {
	const facts = { id: numbered<MeetingId>(21), teamId: numbered<TeamId>(22), week: isoWeek('2026-W47') };
	return planMeeting(facts, caseIds);
}

export function anOpenMeeting(caseIds?: readonly CaseId[]): OpenMeeting {
	return the(openMeeting(aPlannedMeeting(caseIds), LEAD, START));
}

/** @param caseId who is talked of since the start */
export function aMeetingAt(caseId: CaseId, caseIds?: readonly CaseId[]): OpenMeeting {
	return the(moveTo(anOpenMeeting(caseIds), caseId, START));
}

export function aClosedMeeting(): ClosedMeeting {
	const { askedBy: _, isCurtainDown: _down, isCitizenPresent: _present, ...started } = anOpenMeeting();
	return { ...started, phase: 'closed', closedAt: after(60) };
}

/** @throws {Error} when the rule refused */
export function the<Value, Refusal>(result: Result<Value, Refusal>): Value {
	if (!result.ok) throw new Error(JSON.stringify(result.error));
	return result.value;
}

export const refusal = (code: string) => ({ ok: false, error: { code } });
