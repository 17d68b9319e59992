/** A plan’s past through the API (`readHistory`, `handleGiveBack`): who wrote what when, only for who reads that document today. */
import { beforeAll, describe, expect, test } from 'vitest';
import { addTask, removeTask } from '../../../../board/edit/task.ts';
import { replaceText } from '../../../../board/edit/text.ts';
import { readTasks } from '../../../../board/read.ts';
import { textOf } from '../../../../board/entries.ts';
import { goalTextName } from '../../../../board/schema.ts';
import { transaction } from '../../../../db/client.ts';
import { auditEntriesOf } from '../../../../db/repo/audit.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import type { TaskId } from '../../../../domain/ids.ts';
import { weekOf } from '../../../../domain/iso-week.ts';
import type { HistoryView } from '../../../../server/api/history-view.ts';
import { replay } from '../../../../server/log/replay.ts';
import { NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aFullCase, edit, foundIn, type FullCase, type Who } from '../../../support/full-case.ts';

const WEEK_MS = 7 * 86_400_000;
const GOAL = goalTextName('team');
const db = await aDatabase();
let full: FullCase;
let taskId: TaskId;

beforeAll(async () => {
	full = await aFullCase(db);
	const on = (by: Who, weeks: number) => ({
		caseId: full.case.id,
		compartment: { kind: 'team' } as const,
		by: full.people[by].id,
		at: new Date(NOON.getTime() + weeks * WEEK_MS),
	});
	await edit(full.log, on('teacher', 1), (doc, by) => replaceText(doc, GOAL, 'Noget helt andet', by.origin));
	await edit(
		full.log,
		on('psychologist', 1),
		(doc, by) => (taskId = addTask(doc, by, { text: 'Ring til lægen', owner: full.people.teacher.id }).id),
	);
	await edit(full.log, on('lead', 2), (doc, by) => removeTask(doc, by, taskId));
	full.clock.ms = NOON.getTime() + 2 * WEEK_MS;
});

const path = (rest = '') => `/cases/${full.case.id}/history${rest}`;
const weekAt = (weeks: number) => weekOf(new Date(NOON.getTime() + weeks * WEEK_MS));
const view = async (who: Who, rest = '') => (await (await full.request(who, path(rest))).json()) as HistoryView;
const giveBack = (who: Who, body: object) => full.request(who, path('/give-back'), body);
async function planNow() {
	const { documentId } = (await full.log.open({ caseId: full.case.id, compartment: { kind: 'team' }, epoch: 1 }))!;
	return replay(await full.log.load(documentId));
}

describe('reading', () => {
	test('a week tells who changed what, with the words before and after', async () => {
		const { moments, weeks } = await view('caseWorker', `?week=${weekAt(1)}`);
		expect(moments.map(({ personId, changes }) => [personId, changes.map(({ field }) => field)])).toEqual([
			[full.people.teacher.id, [GOAL]],
			[full.people.psychologist.id, expect.arrayContaining([`tasks/${taskId}/created`, `tasks/${taskId}/owner`])],
		]);
		expect(moments[0]?.changes[0]).toMatchObject({
			words: { before: { said: 'planted-team-goal' }, after: { said: 'Noget helt andet' } },
			isText: true,
			canBeGivenBack: true,
		});
		expect(weeks).toEqual({ earliest: weekAt(0), now: weekAt(2) });
	});

	test('the plan stands as it was after the moment asked for', async () => {
		const { moments } = await view('teacher', `?week=${weekAt(1)}`);
		const goalAt = async (seq: number) => {
			const { shown } = await view('teacher', `?week=${weekAt(1)}&at=${seq}`);
			return shown && 'goal' in shown.rows ? shown.rows.goal.team : undefined;
		};
		expect(await goalAt(moments[0]!.firstSeq - 1)).toBe('planted-team-goal');
		expect(await goalAt(moments[0]!.lastSeq)).toBe('Noget helt andet');
	});

	test('what came later in the week keeps its name while an earlier moment is shown', async () => {
		const { moments } = await view('teacher', `?week=${weekAt(1)}`);
		const { moments: named } = await view('teacher', `?week=${weekAt(1)}&at=${moments[0]!.firstSeq - 1}`);
		expect(named).toEqual(moments);
		expect(JSON.stringify(named[1]?.changes[0]?.words.subject)).toContain('Ring til lægen');
	});

	test('a week nobody wrote in is empty', async () => {
		const { moments, shown } = await view('teacher', `?week=${weekAt(-3)}`);
		expect([moments, shown]).toEqual([[], null]);
	});

	test.each(['mentorA', 'prison', 'stranger', 'otherLead', 'admin'] as const)('%s is told there is no such plan', async (who) => {
		const answer = await full.request(who, path());
		expect([answer.status, foundIn(await answer.text())]).toEqual([404, []]);
	});

	test('a company’s mentor reads the past of the own placement, and of no other', async () => {
		const own = await full.request('mentorA', path(`?week=${weekAt(0)}&placementId=${full.placements.a.id}`));
		expect([own.status, foundIn(await own.text())]).toEqual([200, ['placementA']]);
		const other = await full.request('mentorA', path(`?week=${weekAt(0)}&placementId=${full.placements.b.id}`));
		expect([other.status, foundIn(await other.text())]).toEqual([404, []]);
	});

	test('is logged with its purpose', async () => {
		await view('socialMentor');
		const [entry] = await auditEntriesOf(db.orm, full.case.id, 50);
		expect(entry).toMatchObject({ action: 'case.read', purpose: 'history', personId: full.people.socialMentor.id });
		expect(entry!.compartments).toEqual(['team']);
	});
});

describe('giving back', () => {
	test('what was overwritten stands there again as an edit of who asked, written down once', async () => {
		const { moments } = await view('psychologist', `?week=${weekAt(1)}`);
		const [newest] = await auditEntriesOf(db.orm, full.case.id, 50);
		const answer = await giveBack('psychologist', { field: GOAL, seq: moments[0]!.firstSeq - 1 });
		expect([answer.status, await answer.json()]).toEqual([200, { changed: true }]);
		expect(textOf(await planNow(), GOAL)).toBe('planted-team-goal');
		const written = (await auditEntriesOf(db.orm, full.case.id, 50)).filter(({ position }) => position > newest!.position);
		expect(written.map(({ action, personId }) => [action, personId])).toEqual([
			['history.give-back', full.people.psychologist.id],
		]);
		const now = await view('lead', `?week=${weekAt(2)}`);
		expect(now.moments.at(-1)).toMatchObject({ personId: full.people.psychologist.id });
		expect(full.announced.at(-1)).toMatchObject({ kind: 'board', caseId: full.case.id, writtenIn: expect.any(String) });
	});

	test('what stands there already is no edit', async () => {
		const { moments } = await view('psychologist', `?week=${weekAt(1)}`);
		const answer = await giveBack('psychologist', { field: GOAL, seq: moments[0]!.firstSeq - 1 });
		expect(await answer.json()).toEqual({ changed: false });
	});

	test('what was removed is there again', async () => {
		const { moments } = await view('teacher', `?week=${weekAt(2)}`);
		const removal = moments.find(({ changes }) => changes.some(({ field }) => field === `tasks/${taskId}/removed`))!;
		const answer = await giveBack('teacher', { field: `tasks/${taskId}/removed`, seq: removal.firstSeq - 1 });
		expect(answer.status).toBe(200);
		expect(readTasks(await planNow()).find(({ id }) => id === taskId)?.removed).toBeNull();
	});

	test.each(['mentorA', 'prison', 'stranger', 'otherLead', 'admin'] as const)('%s is told there is no such plan', async (who) => {
		expect((await giveBack(who, { field: GOAL, seq: 1 })).status).toBe(404);
	});

	test.each([
		['a field that is a choice', { field: 'goal/kind', seq: 1 }],
		['a field nobody has', { field: 'nowhere', seq: 1 }],
		['a sequence that is not reached', { field: GOAL, seq: 99_999 }],
	])('%s is refused', async (_, body) => {
		const answer = await giveBack('lead', body);
		expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([409, 'not-to-give-back']);
	});

	test('a closed case is read, not written', async () => {
		await transaction(db, (tx) => closeCase(tx, full.case.id, full.now()));
		expect((await giveBack('lead', { field: GOAL, seq: 1 })).status).toBe(409);
		expect((await full.request('lead', path())).status).toBe(200);
	});
});
