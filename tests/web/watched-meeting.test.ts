import { expect, test } from 'vitest';
import type { PersonId } from '../../domain/ids.ts';
import type { MeetingView } from '../../server/api/meetings.ts';
import type { MeetingRequests } from '../../web/lib/meeting/meeting-requests.ts';
import { WatchedMeeting } from '../../web/lib/meeting/watched-meeting.svelte.ts';

const [JONAS, KARIN] = ['jonas', 'karin'] as readonly string[] as [PersonId, PersonId];

/** As it is fetched: by what was stamped so far. */
function aView(given: Partial<MeetingView> & { present?: readonly PersonId[] }): MeetingView {
	const { present = [], ...rest } = given;
	const attendance = [JONAS, KARIN].map((id) => ({ person: { id, name: id }, isPresent: present.includes(id) }));
	return {
		revision: 1,
		phase: 'open',
		items: [],
		attendance,
		now: '2026-11-18T09:00:00.000Z',
		...rest,
	} as unknown as MeetingView;
}

function watched(first: MeetingView, ...fetched: MeetingView[]): WatchedMeeting {
	const views = [...fetched];
	const view = () => Promise.resolve({ ok: true as const, value: views.shift() ?? first });
	return new WatchedMeeting(first, { view } as unknown as MeetingRequests);
}

const presentIn = ({ view }: WatchedMeeting) =>
	view.attendance.filter(({ isPresent }) => isPresent).map(({ person }) => person.id);

test('who is there is what the room said last, also when what is fetched was written before', async () => {
	const meeting = watched(aView({}), aView({ revision: 2, present: [JONAS] }));
	meeting.attended([JONAS, KARIN]);
	await meeting.refetch();
	expect([meeting.view.revision, presentIn(meeting)]).toEqual([2, [JONAS, KARIN]]);
});

test('who left stays gone, though they were seen a moment ago', async () => {
	const both = [JONAS, KARIN];
	const meeting = watched(aView({ present: both }), aView({ revision: 2, present: both }), aView({ revision: 3, present: both }));
	meeting.attended([KARIN]);
	await meeting.refetch();
	await meeting.refetch();
	expect([meeting.view.revision, presentIn(meeting)]).toEqual([3, [KARIN]]);
});

test('nobody is in a meeting that is closed', async () => {
	const meeting = watched(aView({}), aView({ revision: 2, phase: 'closed' }));
	meeting.attended([JONAS, KARIN]);
	await meeting.refetch();
	expect(presentIn(meeting)).toEqual([]);
});
