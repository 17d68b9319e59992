import { beforeAll, expect, test } from 'vitest';
import { addTask, finishTask } from '../../../board/edit/task.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import type { MyTasks } from '../../../server/api/case-board.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, edit, foundIn, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
const tasksOf = async (who: Who) => (await (await full.request(who, '/tasks')).json()) as MyTasks;

beforeAll(async () => {
	full = await aFullCase(db);
	const { lead, teacher, mentorA } = full.people;
	const caseId = full.case.id;
	await edit(full.log, { caseId, compartment: { kind: 'team' }, by: lead.id }, (doc, by) => {
		addTask(doc, by, { text: 'of the teacher', owner: teacher.id, dueOn: '2026-11-20' });
		finishTask(doc, by, addTask(doc, by, { text: 'done already', owner: teacher.id }).id);
		addTask(doc, by, { text: 'of the lead', owner: lead.id });
	});
	const placement = { kind: 'placement', placementId: full.placements.a.id } as const;
	await edit(full.log, { caseId, compartment: placement, by: lead.id }, (doc, by) => {
		addTask(doc, by, { text: 'of the mentor', owner: mentorA.id });
	});
	await full.log.projectBehind();
});

test('are one’s own open ones, with who may be handed them', async () => {
	const { documents } = await tasksOf('teacher');
	expect(documents).toMatchObject([
		{ compartment: 'team', access: 'write', tasks: [{ text: 'of the teacher', dueOn: '2026-11-20', track: null }] },
	]);
	const people = documents[0]!.people.map(({ id }) => id);
	expect(people).toContain(full.people.lead.id);
	expect(people).not.toContain(full.people.mentorA.id);
	expect(people).not.toContain(full.people.teacher.id);
});

test('of a company mentor stand in their placement, and tell of nothing else of the case', async () => {
	const answer = await tasksOf('mentorA');
	expect(answer.documents).toMatchObject([{ compartment: 'placement', tasks: [{ text: 'of the mentor' }] }]);
	expect(foundIn(JSON.stringify(answer))).toEqual([]);
});

test('are a logged read of the documents they stand in, and no read where there are none', async () => {
	const reads = async (who: Who) =>
		(await auditEntriesOf(db.orm, full.case.id, 100)).filter(
			({ personId, purpose }) => personId === full.people[who].id && purpose === 'tasks',
		);
	const before = (await reads('lead')).length;
	await tasksOf('lead');
	const after = await reads('lead');
	expect(after).toHaveLength(before + 1);
	expect(after[0]?.compartments).toEqual(['team']);
	expect((await tasksOf('psychologist')).documents).toEqual([]);
	expect(await reads('psychologist')).toEqual([]);
});

test('of a case are asked for again within the opening, also where none is left', async () => {
	const again = async (who: Who, caseId: string) => (await (await full.request(who, `/tasks?ids=${caseId}`)).json()) as MyTasks;
	await tasksOf('teacher');
	const before = await auditEntriesOf(db.orm, full.case.id, 100);
	const { documents, readable } = await again('teacher', full.case.id);
	expect(documents.map(({ tasks }) => tasks.map(({ text }) => text))).toEqual([['of the teacher']]);
	expect(readable).toContain(documents[0]?.name);
	const none = await again('psychologist', full.case.id);
	expect([none.documents, none.readable.length > 0]).toEqual([[], true]);
	expect(await auditEntriesOf(db.orm, full.case.id, 100)).toEqual(before);
	expect(await again('otherLead', full.case.id)).toMatchObject({ documents: [], readable: [] });
	expect((await full.request('teacher', '/tasks?ids=no-id')).status).toBe(400);
});
