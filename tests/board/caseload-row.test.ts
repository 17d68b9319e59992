import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseloadPlan, type PlanRows } from '../../board/caseload-row.ts';
import { addTask, dropTask, finishTask, removeTask, setTaskDueOn } from '../../board/edit/task.ts';
import { addTrack, removeTrack, setTrackState, type NewTrack } from '../../board/edit/track.ts';
import { setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { projectTeam } from '../../board/project.ts';
import type { TrackId } from '../../domain/ids.ts';
import { addWeeks, isoWeek } from '../../domain/iso-week.ts';
import { anEditor, JONAS } from '../support/board.ts';

const WEEK = isoWeek('2026-W47');
const TODAY = '2026-11-22';
const by = anEditor();

function planOf(write: (doc: Y.Doc) => void, changes: Partial<PlanRows> = {}) {
	const doc = new Y.Doc();
	write(doc);
	return caseloadPlan({
		team: projectTeam(doc),
		placementTasks: [],
		isJobDirected: (type) => type === 'company-placement' || type === 'paid-hours',
		openedAt: '2026-09-01T08:00:00.000Z',
		week: WEEK,
		today: TODAY,
		...changes,
	});
}
const aTrack = (doc: Y.Doc, type: string, changes: Partial<NewTrack> = {}): TrackId =>
	addTrack(doc, by, { type, state: 'running', timesPerWeek: 2, startsOn: '2026-10-05', ...changes }).id;

describe('the strip', () => {
	test('shows this week’s status, silence as silence, and the missing job-directed track', () => {
		const { cells } = planOf((doc) => {
			setDirection(doc, by, WEEK, aTrack(doc, 'psychologist'), 'forward');
			aTrack(doc, 'exercise');
		});
		expect(cells).toEqual([
			{ trackType: null, kind: 'missing' },
			{ trackType: 'psychologist', kind: 'forward' },
			{ trackType: 'exercise', kind: 'silent' },
		]);
	});

	test('has one column for everything job-directed, and says the harder of two', () => {
		const { cells } = planOf((doc) => {
			setDirection(doc, by, WEEK, aTrack(doc, 'company-placement'), 'forward');
			setDirection(doc, by, WEEK, aTrack(doc, 'paid-hours'), 'back');
		});
		expect(cells).toEqual([{ trackType: null, kind: 'back' }]);
	});

	test('tells rest, attendance alone, and a choice nobody has settled apart', () => {
		const { cells } = planOf((doc) => {
			const [paused, counted, contested] = ['health-support', 'exercise', 'social-mentor'].map((type) => aTrack(doc, type));
			setTrackState(doc, by, paused!, 'paused');
			setAttended(doc, by, WEEK, counted!, { came: 1, planned: 2 });
			const apart = new Y.Doc();
			Y.applyUpdate(apart, Y.encodeStateAsUpdate(doc));
			setDirection(doc, by, WEEK, contested!, 'forward');
			setDirection(apart, anEditor(JONAS), WEEK, contested!, 'back');
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(apart));
		});
		expect(cells.map(({ kind }) => kind)).toEqual(['missing', 'paused', 'counted', 'contested']);
	});

	test('leaves out what is planned, over or removed; a planned job-directed track is not missing', () => {
		const { cells, facts } = planOf((doc) => {
			aTrack(doc, 'psychologist', { startsOn: '2026-12-07' });
			aTrack(doc, 'exercise', { endsOn: '2026-11-01' });
			removeTrack(doc, by, aTrack(doc, 'group-teaching'));
			aTrack(doc, 'company-placement', { state: 'planned', startsOn: '2026-12-07' });
		});
		expect(cells).toEqual([]);
		expect(facts.noJobTrackSince).toBeUndefined();
	});
});

describe('the trend', () => {
	test('sums the tracks of each of twelve weeks and leaves a gap where nobody counted', () => {
		const { attendance } = planOf((doc) => {
			for (const type of ['psychologist', 'exercise']) {
				const id = aTrack(doc, type);
				setAttended(doc, by, WEEK, id, { came: 1, planned: 2 });
				setAttended(doc, by, addWeeks(WEEK, -11), id, { came: 2, planned: 2 });
				setDirection(doc, by, addWeeks(WEEK, -1), id, 'forward');
			}
		});
		expect(attendance).toEqual([{ came: 4, planned: 4 }, ...Array(10).fill(null), { came: 2, planned: 4 }]);
	});
});

test('while two days stand the earlier one counts, as it does when a meeting closes', () => {
	const apart = new Y.Doc();
	const { overdueTasks } = planOf((doc) => {
		const { id } = addTask(doc, by, { text: 'when?', dueOn: '2026-12-01' });
		Y.applyUpdate(apart, Y.encodeStateAsUpdate(doc));
		setTaskDueOn(doc, by, id, '2026-12-24');
		setTaskDueOn(apart, anEditor(JONAS), id, '2026-11-20');
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(apart));
	});
	expect(overdueTasks).toBe(1);
});

test('open and overdue tasks are counted, of the plan and of the placements; what is done, dropped or removed is not', () => {
	const placementTasks = tasksOfAPlacement();
	const { openTasks, overdueTasks } = planOf(
		(doc) => {
			addTask(doc, by, { text: 'late', dueOn: '2026-11-21' });
			addTask(doc, by, { text: 'today', dueOn: TODAY });
			finishTask(doc, by, addTask(doc, by, { text: 'done', dueOn: '2026-11-01' }).id);
			removeTask(doc, by, addTask(doc, by, { text: 'removed' }).id);
			dropTask(doc, by, addTask(doc, by, { text: 'dropped' }).id, 'no longer needed');
		},
		{ placementTasks },
	);
	expect([openTasks, overdueTasks]).toEqual([3, 1]);
});

function tasksOfAPlacement() {
	const doc = new Y.Doc();
	addTask(doc, by, { text: 'at the company' });
	return projectTeam(doc).tasks;
}

describe('the facts for attention', () => {
	test('count silent weeks, and the weeks in which every report said "unchanged"', () => {
		const { facts } = planOf((doc) => {
			const told = aTrack(doc, 'psychologist');
			const silent = aTrack(doc, 'exercise');
			for (let back = 1; back <= 4; back++) setDirection(doc, by, addWeeks(WEEK, -back), told, 'unchanged');
			setDirection(doc, by, addWeeks(WEEK, -5), silent, 'forward');
		});
		expect(facts.silence).toEqual([
			{ trackType: 'psychologist', weeks: 1 },
			{ trackType: 'exercise', weeks: 5 },
		]);
		expect(facts.unchangedWeeks).toBe(4);
	});

	test('tell since when the job-directed track is missing: from the opening, or from the end of the last', () => {
		expect(planOf(() => {}).facts.noJobTrackSince).toBe('2026-W36');
		const ended = planOf((doc) => void aTrack(doc, 'company-placement', { endsOn: '2026-11-05' }));
		expect(ended.facts.noJobTrackSince).toBe('2026-W45');
	});

	test('name the tracks somebody wants talked about', () => {
		const { facts } = planOf((doc) => setRaise(doc, by, WEEK, aTrack(doc, 'exercise'), true));
		expect(facts.raised).toEqual(['exercise']);
	});
});
