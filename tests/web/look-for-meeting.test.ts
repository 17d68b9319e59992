import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MeetingId, PersonId, TeamId } from '../../domain/ids.ts';
import { lookForMeeting } from '../../web/lib/meeting/look-for-meeting.ts';
import { lookNowAndThen } from '../../web/lib/meeting/look-now-and-then.ts';
import { meetingOfTeam } from '../../web/lib/meeting/meeting-of-team.ts';
import { anId } from '../support/board.ts';

const [KARIN, TEAM, MEETING] = [anId<PersonId>(1), anId<TeamId>(2), anId<MeetingId>(3)];
const A_WHILE_MS = 20_000;
let running: object[];
let asked: string[];
let stop: () => void;

beforeEach(() => {
	running = [];
	asked = [];
	vi.useFakeTimers();
	vi.stubGlobal('document', { visibilityState: 'visible' });
	vi.stubGlobal('fetch', (path: string) => {
		asked.push(path);
		return Promise.resolve(Response.json(path.endsWith(MEETING) ? { id: MEETING, phase: 'open' } : { running, startable: [] }));
	});
});
afterEach(() => {
	stop?.();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test('a board learns of its team’s meeting that begins while it stands open, and of no other team’s', async () => {
	let found: unknown;
	stop = lookNowAndThen(async () => (found = await meetingOfTeam(TEAM, KARIN)));
	running = [{ id: anId<MeetingId>(4), team: { id: anId<TeamId>(5) }, phase: 'open' }];
	await vi.advanceTimersByTimeAsync(A_WHILE_MS);
	expect([asked.length, found]).toEqual([1, undefined]);
	running = [{ id: MEETING, team: { id: TEAM }, phase: 'planned' }];
	await vi.advanceTimersByTimeAsync(A_WHILE_MS);
	expect(found).toBeUndefined();
	running = [{ id: MEETING, team: { id: TEAM }, phase: 'open' }];
	await vi.advanceTimersByTimeAsync(A_WHILE_MS);
	expect(found).toEqual({ id: MEETING, phase: 'open' });
});

test('the caseload learns that the meeting begins, is laid aside and ends', async () => {
	const phases: unknown[] = [];
	stop = lookForMeeting(KARIN, (phase) => phases.push(phase));
	for (const phase of ['planned', 'open', 'parked', undefined]) {
		running = phase ? [{ id: MEETING, phase }] : [];
		await vi.advanceTimersByTimeAsync(A_WHILE_MS);
	}
	expect([...new Set(phases)]).toEqual(['planned', 'open', 'parked', undefined]);
});

test('nobody looks for a page that nobody sees, or that was left', async () => {
	stop = lookForMeeting(KARIN, () => {});
	vi.stubGlobal('document', { visibilityState: 'hidden' });
	await vi.advanceTimersByTimeAsync(3 * A_WHILE_MS);
	expect(asked).toEqual([]);
	vi.stubGlobal('document', { visibilityState: 'visible' });
	stop();
	await vi.advanceTimersByTimeAsync(3 * A_WHILE_MS);
	expect(asked).toEqual([]);
});
