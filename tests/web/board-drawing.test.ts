import { describe, expect, test } from 'vitest';
import { isoWeek } from '../../domain/iso-week.ts';
import { axisFor, columnOf } from '../../web/lib/board/axis.ts';
import { isSilent, silentWeeks, type TrackFacts, type WeekReport } from '../../domain/week/track-weeks.ts';
import { drawLane } from '../../web/lib/board/lane-weeks.ts';

const NOW = isoWeek('2026-W47');
const axis = axisFor(NOW, NOW);

function aLane(facts: Partial<TrackFacts> = {}, reports: Readonly<Record<string, WeekReport>> = {}): TrackFacts {
	return {
		from: isoWeek('2026-W44'),
		until: isoWeek('2026-W50'),
		timesPerWeek: 2,
		running: true,
		pauses: [],
		report: (week) => reports[week],
		...facts,
	};
}

describe('the axis', () => {
	test('has 24 weeks of the ISO calendar, week 53 of 2026 among them, this week in column 12', () => {
		expect(axis.weeks).toHaveLength(24);
		expect(axis.weeks[0]).toBe('2026-W36');
		expect(axis.weeks[17]).toBe('2026-W53');
		expect(axis.weeks[18]).toBe('2027-W01');
		expect(axis.currentColumn).toBe(12);
	});

	test('names a month over the weeks whose Thursday lies in it, and the year where it turns', () => {
		expect(axis.months.map(({ month, column, span }) => [month.slice(0, 7), column, span])).toEqual([
			['2026-09', 1, 4],
			['2026-10', 5, 5],
			['2026-11', 10, 4],
			['2026-12', 14, 5],
			['2027-01', 19, 4],
			['2027-02', 23, 2],
		]);
		expect(axis.months.filter(({ newYear }) => newYear).map(({ month }) => month)).toEqual(['2027-01-01']);
	});

	test('keeps room for the label of this week and moves back with an older week', () => {
		expect(axis.ticks.map(({ number }) => number)).toEqual([36, 38, 40, 42, 44, 50, 52, 1, 3, 5]);
		expect(axisFor(NOW, isoWeek('2026-W30')).weeks[0]).toBe('2026-W30');
		expect(columnOf(axis, isoWeek('2020-W01'))).toBe(0);
	});
});

describe('a lane', () => {
	test('tells attendance, zero, a report without attendance, silence and rest apart', () => {
		const reports = {
			'2026-W44': { direction: undefined, attended: { came: 1, planned: 2 } },
			'2026-W45': { direction: undefined, attended: { came: 0, planned: 2 } },
			'2026-W46': { direction: 'forward' as const, attended: undefined },
		};
		expect(drawLane(aLane({}, reports), axis).weeks.map(({ kind }) => kind)).toEqual(['attended', 'zero', 'said', 'silent']);
		const resting = aLane({ pauses: [{ from: isoWeek('2026-W46'), until: null }] }, reports);
		expect(drawLane(resting, axis).weeks.at(-1)?.kind).toBe('paused');
	});

	test('is past until this week and planned after it, with its end said beside where there is room', () => {
		const drawing = drawLane(aLane(), axis);
		expect([drawing.past, drawing.plan, drawing.until]).toEqual([[9, 13], [13, 16], 'beside']);
		expect(drawLane(aLane({ until: isoWeek('2027-W05') }), axis).until).toBe('inside');
		expect(drawLane(aLane({ until: undefined }), axis)).toMatchObject({ plan: undefined, until: 'none' });
	});

	test('that has not begun has a plan and no past', () => {
		expect(drawLane(aLane({ from: isoWeek('2026-W49'), until: isoWeek('2026-W51') }), axis)).toMatchObject({
			past: undefined,
			plan: [14, 17],
			weeks: [],
		});
	});

	test('as needed owes no report; every second week owes one in two', () => {
		expect(isSilent(aLane({ timesPerWeek: 0 }), NOW, NOW)).toBe(false);
		const biweekly = aLane({ timesPerWeek: 0.5 }, { '2026-W46': { direction: 'unchanged', attended: { came: 1, planned: 1 } } });
		expect(isSilent(biweekly, NOW, NOW)).toBe(false);
		expect(isSilent(aLane({ timesPerWeek: 0.5 }), NOW, NOW)).toBe(true);
	});

	test('counts the weeks of silence in a row', () => {
		expect(silentWeeks(aLane({}, { '2026-W45': { direction: 'back', attended: undefined } }), NOW)).toBe(2);
		expect(silentWeeks(aLane({ running: false }), NOW)).toBe(0);
	});
});
