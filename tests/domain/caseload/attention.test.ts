import { describe, expect, test } from 'vitest';
import { attentionSignals, ATTENTION_CODES, type AttentionFacts } from '../../../domain/caseload/attention.ts';
import { isoWeek } from '../../../domain/iso-week.ts';

const TODAY = '2026-11-22';

/** A case in which nothing waits. */
function facts(changes: Partial<AttentionFacts> = {}): AttentionFacts {
	return {
		today: TODAY,
		silence: [{ trackType: 'psychologist', weeks: 0 }],
		overdueTasks: 0,
		noJobTrackSince: undefined,
		attendance: [],
		unchangedWeeks: 0,
		placementEnds: [],
		accessEnds: [],
		contestedChoices: 0,
		raised: [],
		...changes,
	};
}
const weeks = (...came: readonly (number | null)[]) => came.map((count) => (count === null ? null : { came: count, planned: 4 }));

test('where nothing waits there is no signal', () => {
	expect(attentionSignals(facts())).toEqual([]);
});

describe('silence', () => {
	test('of one week is no signal, of two weeks is', () => {
		expect(attentionSignals(facts({ silence: [{ trackType: 'psychologist', weeks: 1 }] }))).toEqual([]);
		expect(attentionSignals(facts({ silence: [{ trackType: 'psychologist', weeks: 2 }] }))).toEqual([
			{ code: 'silence', trackTypes: ['psychologist'], weeks: 2 },
		]);
	});

	test('of several tracks is one signal that never says more weeks than the shortest has', () => {
		const silence = [
			{ trackType: 'psychologist', weeks: 5 },
			{ trackType: 'exercise', weeks: 3 },
			{ trackType: 'exercise', weeks: 4 },
			{ trackType: 'group-teaching', weeks: 0 },
		];
		expect(attentionSignals(facts({ silence }))).toEqual([
			{ code: 'silence', trackTypes: ['psychologist', 'exercise'], weeks: 3 },
		]);
	});
});

test('a missing job-directed track is told with the week it has been missing since', () => {
	expect(attentionSignals(facts({ noJobTrackSince: isoWeek('2026-W41') }))).toEqual([
		{ code: 'no-job-track', since: '2026-W41' },
	]);
});

describe('attendance', () => {
	test('that has fallen by a quarter of what was planned is told from and to, in per cent', () => {
		expect(attentionSignals(facts({ attendance: weeks(4, 4, 3, 3, 1, 1) }))).toEqual([
			{ code: 'attendance-fell', from: 88, to: 25 },
		]);
	});

	test('is compared over weeks somebody counted: silence is never zero', () => {
		expect(attentionSignals(facts({ attendance: weeks(3, 3, null, 3, 3, null, 3, 3, null, null) }))).toEqual([]);
	});

	test('of a few weeks only says nothing yet', () => {
		expect(attentionSignals(facts({ attendance: weeks(4, 4, 4, 0, 0) }))).toEqual([]);
	});
});

test('three weeks without change are patience, four are a question', () => {
	expect(attentionSignals(facts({ unchangedWeeks: 3 }))).toEqual([]);
	expect(attentionSignals(facts({ unchangedWeeks: 4 }))).toEqual([{ code: 'unchanged', weeks: 4 }]);
});

describe('what ends', () => {
	test('is told when it is near, the first day first; what is over is not', () => {
		expect(attentionSignals(facts({ placementEnds: ['2026-12-20', '2026-11-21'] }))).toEqual([]);
		expect(attentionSignals(facts({ placementEnds: ['2026-12-13', '2026-12-01'] }))).toEqual([
			{ code: 'placement-ends', day: '2026-12-01' },
		]);
	});

	test('an access is told a fortnight ahead, with how many end', () => {
		expect(attentionSignals(facts({ accessEnds: ['2026-12-06', '2026-11-30', '2026-12-07'] }))).toEqual([
			{ code: 'access-ends', day: '2026-11-30', count: 2 },
		]);
	});
});

test('everything at once stands in one fixed order, whatever the numbers', () => {
	const everything = facts({
		silence: [{ trackType: 'psychologist', weeks: 2 }],
		noJobTrackSince: isoWeek('2026-W41'),
		attendance: weeks(4, 4, 4, 4, 0, 0),
		unchangedWeeks: 9,
		overdueTasks: 7,
		contestedChoices: 1,
		raised: ['exercise', 'exercise'],
		placementEnds: [TODAY],
		accessEnds: [TODAY],
	});
	const signals = attentionSignals(everything);
	expect(signals.map(({ code }) => code)).toEqual(ATTENTION_CODES);
	expect(signals).toContainEqual({ code: 'overdue', count: 7 });
	expect(signals).toContainEqual({ code: 'raised', trackTypes: ['exercise'] });
	expect(signals.some((signal) => 'score' in signal)).toBe(false);
});
