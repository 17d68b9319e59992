import type { MeetingBrief, MeetingList } from '../../../server/api/meetings.ts';

export type UnclosedPhase = Exclude<MeetingBrief['phase'], 'closed'>;

/** Of the meeting a reader has this week, if any. */
export function phaseOfFirst({ running }: MeetingList): UnclosedPhase | undefined {
	const phase = running[0]?.phase;
	return phase === 'closed' ? undefined : phase;
}
