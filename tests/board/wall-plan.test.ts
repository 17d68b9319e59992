import * as Y from 'yjs';
import { describe, expect, test } from 'vitest';
import { addDecision } from '../../board/edit/decision.ts';
import { seedDocument } from '../../board/edit/seed.ts';
import { addTask } from '../../board/edit/task.ts';
import { addTrack } from '../../board/edit/track.ts';
import { projectTeam } from '../../board/project.ts';
import { wallPlan } from '../../board/wall-plan.ts';
import { isoWeek } from '../../domain/iso-week.ts';
import { WALL_TRACKS } from '../../domain/meeting/wall.ts';
import { defaultTemplate } from '../../domain/programme/default-templates.ts';
import type { PersonId } from '../../domain/ids.ts';
import { anEditor, anId, METTE } from '../support/board.ts';

const week = isoWeek('2026-W47');
const { trackTypes } = defaultTemplate('parallel');
const job = trackTypes.find(({ jobDirected }) => jobDirected)!;
const hidden = trackTypes.find(({ shownWithCitizenPresent }) => !shownWithCitizenPresent)!;

function planOf(write: (doc: Y.Doc, by: ReturnType<typeof anEditor>) => void, isCitizenPresent = false) {
	const doc = new Y.Doc();
	seedDocument(doc);
	write(doc, anEditor(METTE, '2026-11-18T09:00:00.000Z'));
	return wallPlan(projectTeam(doc), [], trackTypes, week, isCitizenPresent);
}

describe('tracks', () => {
	test('the way to the job stands last, and is never what there was no room for', () => {
		const plan = planOf((doc, by) => {
			addTrack(doc, by, { type: job.id });
			for (const type of trackTypes.filter(({ jobDirected }) => !jobDirected).slice(0, WALL_TRACKS))
				addTrack(doc, by, { type: type.id });
		});
		expect(plan.tracks).toHaveLength(WALL_TRACKS);
		expect(plan.tracks.at(-1)).toMatchObject({ label: job.label, isJobDirected: true, status: 'silent' });
		expect(plan.moreTracks).toBe(1);
	});

	test('what the template keeps from a citizen’s view is not counted either while they are in the room', () => {
		const write = (doc: Y.Doc, by: ReturnType<typeof anEditor>) => void addTrack(doc, by, { type: hidden.id });
		expect(planOf(write).tracks).toHaveLength(1);
		expect(planOf(write, true)).toMatchObject({ tracks: [], moreTracks: 0 });
	});

	test('a type the template does not know is left out', () => {
		expect(planOf((doc, by) => void addTrack(doc, by, { type: 'of-another-time' })).tracks).toEqual([]);
	});
});

test('the newest decision of the week is shown, and none while the citizen is in the room', () => {
	const write = (doc: Y.Doc, by: ReturnType<typeof anEditor>) => {
		addDecision(doc, by, { week: isoWeek('2026-W46'), text: 'sidste uge' });
		addDecision(doc, by, { week, text: 'Løntimer fra uge 1', owner: anId<PersonId>(2), dueOn: '2026-11-27' });
	};
	expect(planOf(write).decision).toEqual({ text: 'Løntimer fra uge 1', owner: anId<PersonId>(2), dueOn: '2026-11-27' });
	expect(planOf(write, true).decision).toBeNull();
});

test('open tasks are shown only while the citizen is in the room, and those without room are counted', () => {
	const write = (doc: Y.Doc, by: ReturnType<typeof anEditor>) => {
		for (const text of ['en', 'to', 'tre', 'fire', 'fem']) addTask(doc, by, { text });
	};
	expect(planOf(write)).toMatchObject({ tasks: [], moreTasks: 0 });
	expect(planOf(write, true)).toMatchObject({ tasks: [{ text: 'en' }, {}, {}, {}], moreTasks: 1 });
});
