import { expect, test } from 'vitest';
import type { CaseId, MeetingId, TaskId, TeamId } from '../../../domain/ids.ts';
import { closeMeeting } from '../../../domain/meeting/close-meeting.ts';
import type { OpenMeeting } from '../../../domain/meeting/meeting.ts';
import { anId, METTE, WEEK_47 } from '../../support/board.ts';

const OPENED = new Date('2026-11-18T08:50:00Z');
const CLOSED = new Date('2026-11-18T10:10:00Z');
const MINUTE = 60_000;
const item = { budgetMs: 4 * MINUTE, spentMs: MINUTE };

function anOpenMeeting(given: Partial<OpenMeeting> = {}): OpenMeeting {
	return {
		id: anId<MeetingId>(1),
		teamId: anId<TeamId>(2),
		week: WEEK_47,
		phase: 'open',
		openedAt: OPENED,
		chairId: METTE,
		askedBy: null,
		isCurtainDown: false,
		isCitizenPresent: false,
		items: [
			{ caseId: anId<CaseId>(3), state: 'done', ...item },
			{ caseId: anId<CaseId>(4), state: 'current', since: new Date(CLOSED.getTime() - 2 * MINUTE), ...item },
			{ caseId: anId<CaseId>(5), state: 'waiting', ...item },
		],
		...given,
	};
}

test('ends the current item with its time, and what waited was not reached', () => {
	const closed = closeMeeting(anOpenMeeting(), [], CLOSED);
	expect(closed).toMatchObject({ ok: true, value: { phase: 'closed', closedAt: CLOSED, openedAt: OPENED, chairId: METTE } });
	expect(closed.ok && closed.value.items).toEqual([
		{ caseId: anId(3), state: 'done', budgetMs: 4 * MINUTE, spentMs: MINUTE },
		{ caseId: anId(4), state: 'done', budgetMs: 4 * MINUTE, spentMs: 3 * MINUTE },
		{ caseId: anId(5), state: 'not-reached', budgetMs: 4 * MINUTE, spentMs: MINUTE },
	]);
});

test('refuses while an open task is neither done, carried nor dropped, naming it', () => {
	const forgotten = anId<TaskId>(1);
	expect(closeMeeting(anOpenMeeting(), [forgotten], CLOSED)).toEqual({
		ok: false,
		error: { code: 'tasks-unaccounted', taskIds: [forgotten] },
	});
});

test('refuses a meeting that talked of nobody', () => {
	const waiting = anOpenMeeting({ items: [{ caseId: anId<CaseId>(5), state: 'waiting', ...item }] });
	expect(closeMeeting(waiting, [], CLOSED)).toEqual({ ok: false, error: { code: 'nothing-discussed' } });
});

test('refuses a meeting that is not open', () => {
	for (const phase of ['planned', 'parked', 'closed'] as const) {
		const meeting = { ...anOpenMeeting(), phase, parkedAt: CLOSED, closedAt: CLOSED } as never;
		expect(closeMeeting(meeting, [], CLOSED)).toEqual({ ok: false, error: { code: 'meeting-not-open' } });
	}
});
