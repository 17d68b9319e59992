import { IDLE } from './idle.ts';
import { KILL } from './kill.ts';
import { RECONNECTS } from './reconnects.ts';
import type { Scenario } from './scenario.ts';
import { SLOW_READER } from './slow-reader.ts';
import { typingScenario } from './typing.ts';
import { YEAR_OLD } from './year-old.ts';

export const SCENARIOS: readonly Scenario[] = [
	typingScenario({
		name: 'meeting',
		story: 'One document; 15 people, all typing 5 edits a second, a caret with each.',
		...{ documents: 1, people: 15, typing: 15, editsPerSecond: 5, cursors: true, cpuGoal: 1, medianGoalMs: 3.5 },
	}),
	typingScenario({
		name: 'rush-hour',
		story: '60 documents of 10 people; in each, one types 2 edits a second.',
		...{ documents: 60, people: 10, typing: 1, editsPerSecond: 2, cursors: false, cpuGoal: 1.3, medianGoalMs: 1.5 },
	}),
	typingScenario({
		name: 'eight-meetings',
		story: 'Eight documents of 15 people; in each, five type 5 edits a second, a caret with each.',
		...{ documents: 8, people: 15, typing: 5, editsPerSecond: 5, cursors: true, cpuGoal: 0.8 },
	}),
	typingScenario({
		name: 'big-room',
		story: 'One document; 150 people, 30 of them typing 5 edits a second.',
		...{ documents: 1, people: 150, typing: 30, editsPerSecond: 5, cursors: false, cpuGoal: 0.5, medianGoalMs: 20 },
	}),
	YEAR_OLD,
	RECONNECTS,
	SLOW_READER,
	IDLE,
	KILL,
];
