import { describe, expect, test } from 'vitest';
import { setAttended } from '../../board/edit/week.ts';
import { addTask, finishTask, removeTask } from '../../board/edit/task.ts';
import { addTrack } from '../../board/edit/track.ts';
import { readTasks, readTracks, readWeeks } from '../../board/read.ts';
import { WeekRows } from '../../board/track-facts.ts';
import type { TrackId } from '../../domain/ids.ts';
import { isoWeek } from '../../domain/iso-week.ts';
import { lastTalk, sinceLast } from '../../web/lib/board/since-last.ts';
import { aDocument, anEditor, METTE } from '../support/board.ts';

/** The team met on Monday of week 47; today is Monday of week 48. */
const [W46, W47, W48] = ['2026-W46', '2026-W47', '2026-W48'].map(isoWeek) as [
	ReturnType<typeof isoWeek>,
	ReturnType<typeof isoWeek>,
	ReturnType<typeof isoWeek>,
];
const MEETING = { closedAt: '2026-11-16T10:00:00.000Z', week: W47 };
const NOW = '2026-11-23T08:00:00.000Z';

function news(doc: ReturnType<typeof aDocument>, observations: readonly string[] = [], meeting: typeof MEETING | null = MEETING) {
	const stream = observations.map((sharedAt) => ({ sharedAt }));
	return sinceLast(readTracks(doc), readTasks(doc), stream, new WeekRows(readWeeks(doc)), lastTalk(meeting, NOW, W48), W48);
}

describe('on the Monday after a Monday meeting', () => {
	test('everything since the meeting is news, and nothing before it', () => {
		const doc = aDocument(1);
		for (const at of ['2026-11-16T09:00:00.000Z', '2026-11-18T09:00:00.000Z', '2026-11-22T09:00:00.000Z']) {
			const by = anEditor(METTE, at);
			finishTask(doc, by, addTask(doc, by, { text: 'x' }).id);
		}
		const seen = news(doc, ['2026-11-13T09:00:00.000Z', '2026-11-16T10:00:00.001Z', '2026-11-20T09:00:00.000Z']);
		expect([seen.finished, seen.observations]).toEqual([2, 2]);
	});

	test('what was finished and taken away is no news', () => {
		const doc = aDocument(1);
		const by = anEditor(METTE, '2026-11-18T09:00:00.000Z');
		const { id } = addTask(doc, by, { text: 'x' });
		finishTask(doc, by, id);
		removeTask(doc, by, id);
		expect(news(doc).finished).toBe(0);
	});

	test('attendance is compared in the newest week told of, as long as the meeting had not heard of it', () => {
		const doc = aDocument(1);
		const by = anEditor(METTE, '2026-11-02T09:00:00.000Z');
		const { id } = addTrack(doc, by, { type: 'teaching', state: 'running' });
		const came = (week: typeof W46, times: number) => setAttended(doc, by, week, id as TrackId, { came: times, planned: 4 });
		came(W46, 3);
		came(W47, 1);
		expect(news(doc).attendance).toEqual([{ trackId: id, from: 3, to: 1 }]);
		expect(news(doc, [], { ...MEETING, week: W48 }).attendance).toEqual([]);
	});
});

test('without a meeting the last seven days are news', () => {
	expect(lastTalk(null, NOW, W48)).toEqual({ at: new Date('2026-11-16T08:00:00.000Z'), week: W47 });
	expect(news(aDocument(1), ['2026-11-16T07:59:00.000Z', '2026-11-16T08:01:00.000Z'], null).observations).toBe(1);
});
