import { beforeAll, describe, expect, test } from 'vitest';
import { closeCase } from '../../../db/repo/case.ts';
import { destroyDataKey } from '../../../db/repo/data-key.ts';
import { goalTextName } from '../../../board/schema.ts';
import { replaceText } from '../../../board/edit/text.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import type { CaseBoard, CaseList, CaseListEntry } from '../../../server/api/case-board.ts';
import { aDatabase } from '../../support/database.ts';
import { leaveAtVersion1 } from '../../support/older-shape.ts';
import { aGrant } from '../../support/case-builders.ts';
import { aFullCase, edit, foundIn, RELEASE_DAY, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
beforeAll(async () => {
	full = await aFullCase(db);
});

const entry = async (who: Who): Promise<CaseListEntry> => {
	const { cases } = (await (await full.request(who, '/cases')).json()) as { cases: CaseListEntry[] };
	return cases.find(({ id }) => id === full.case.id)!;
};
const openBoard = async (who: Who) => (await (await full.request(who, `/cases/${full.case.id}/board`)).json()) as CaseBoard;
const later = (ms: number) => (full.clock.ms += ms);

test('a reader of the plan gets the goal in both wordings, the age and the coordinator', async () => {
	expect(await entry('teacher')).toMatchObject({
		age: 26,
		goal: { team: 'planted-team-goal', citizen: 'planted-citizen-words' },
		coordinator: full.people.jobConsultant.name,
		team: { name: 'Planted Team' },
		placements: [],
		releaseDay: null,
		summaryOnly: false,
		closed: false,
	});
});

test('a company mentor gets a name and the purpose of the placement', async () => {
	expect(await entry('mentorA')).toEqual({
		id: full.case.id,
		citizenName: 'Planted Agnes',
		age: null,
		goal: null,
		phase: null,
		coordinator: full.people.jobConsultant.name,
		team: null,
		placements: [{ id: full.placements.a.id, company: full.companyA.name, purpose: 'planted-purpose-a' }],
		releaseDay: null,
		summaryOnly: false,
		hasNews: expect.any(Boolean),
		closed: false,
		plan: null,
	});
});

test('a prison partner gets a name, the coordinator and the release day', async () => {
	expect(await entry('prison')).toMatchObject({
		age: null,
		goal: null,
		team: null,
		placements: [],
		releaseDay: RELEASE_DAY,
		summaryOnly: true,
	});
});

describe('the caseload', () => {
	const list = async (who: Who, search = '') => (await (await full.request(who, `/cases${search}`)).json()) as CaseList;
	const reads = async (who: Who) =>
		(await auditEntriesOf(db.orm, full.case.id, 100)).filter(
			({ personId, purpose }) => personId === full.people[who].id && purpose === 'caseload',
		).length;

	test('gives who reads the plan the strip, the trend, the tasks and what waits on the team', async () => {
		const { plan } = await entry('teacher');
		expect(plan).toMatchObject({
			phase: null,
			cells: [
				{ trackType: null, kind: 'missing' },
				{ trackType: 'psychologist', kind: 'silent' },
			],
			openTasks: 1,
			overdueTasks: 0,
			coordinatorId: full.people.jobConsultant.id,
			mine: false,
		});
		expect(plan?.attendance).toHaveLength(12);
		expect(plan?.signals).toContainEqual({ code: 'no-job-track', since: '2026-W47' });
		expect((await entry('jobConsultant')).plan?.mine).toBe(true);
		expect((await list('teacher')).trackTypes.map(({ id }) => id)).toContain('psychologist');
	});

	test.each(['mentorA', 'mentorB', 'prison'] as const)('gives %s no strip, no signal and no name of a track', async (who) => {
		const answer = await list(who);
		expect(answer.cases.map(({ plan }) => plan)).toEqual([null]);
		expect(answer.trackTypes).toEqual([]);
		expect(foundIn(JSON.stringify(answer))).not.toContain('team');
	});

	test('asked for single rows gives those and no others; another team’s is missing, not refused', async () => {
		const ids = `?ids=${full.case.id},${full.otherCase.id}`;
		expect((await list('teacher', ids)).cases.map(({ id }) => id)).toEqual([full.case.id]);
		expect((await list('otherLead', ids)).cases.map(({ id }) => id)).toEqual([full.otherCase.id]);
		expect((await list('stranger', ids)).cases).toEqual([]);
		expect((await full.request('teacher', '/cases?ids=none')).status).toBe(400);
	});

	test('is a logged read; rows asked for again are covered by it', async () => {
		const before = await reads('substanceCounsellor');
		await list('substanceCounsellor', `?ids=${full.case.id}`);
		expect(await reads('substanceCounsellor')).toBe(before + 1);
		await list('substanceCounsellor', `?ids=${full.case.id}`);
		expect(await reads('substanceCounsellor')).toBe(before + 1);
		await list('substanceCounsellor');
		expect(await reads('substanceCounsellor')).toBe(before + 2);
	});

	test('tells of an access that ends, unless another of the same person follows', async () => {
		const grant = { caseId: full.case.id, grantedBy: full.people.lead.id };
		const ends = async () => (await entry('lead')).plan?.signals.find(({ code }) => code === 'access-ends');
		const stranger = full.people.stranger.id;
		await aGrant(db.orm, { ...grant, personId: stranger, untilDay: '2026-11-30' });
		expect(await ends()).toEqual({ code: 'access-ends', day: '2026-11-30', count: 1 });
		await aGrant(db.orm, { ...grant, personId: stranger, untilDay: '2027-11-30' });
		expect(await ends()).toBeUndefined();
	});
});

describe('news', () => {
	const write = async (words: string) => {
		later(60_000);
		const on = { caseId: full.case.id, compartment: { kind: 'team' }, by: full.people.lead.id, at: full.now() } as const;
		await edit(full.log, on, (doc, by) => replaceText(doc, goalTextName('team'), words, by.origin));
		later(1_000);
	};

	test('is what somebody else wrote since one last opened the board', async () => {
		await write('first words');
		expect((await entry('teacher')).hasNews).toBe(true);
		await openBoard('teacher');
		expect((await entry('teacher')).hasNews).toBe(false);
		await write('second words');
		expect((await entry('teacher')).hasNews).toBe(true);
		expect((await entry('lead')).hasNews).toBe(true); // observations by others, board never opened
	});

	test('is not made by one’s own words', async () => {
		await openBoard('lead');
		await write('third words');
		expect((await entry('lead')).hasNews).toBe(false);
	});

	test('is not made, nor hidden, by the server bringing a document to a newer shape', async () => {
		const team = { caseId: full.case.id, compartment: { kind: 'team' }, epoch: 1 } as const;
		const { documentId } = (await full.log.open(team))!;
		await openBoard('teacher');
		await leaveAtVersion1(db, full.log, documentId);
		expect(await entry('teacher')).toMatchObject({ hasNews: false, goal: { team: 'third words' } });
		await write('written before the update');
		await leaveAtVersion1(db, full.log, documentId);
		expect((await entry('teacher')).hasNews).toBe(true);
		const { documents } = await openBoard('teacher');
		expect(documents.find(({ compartment }) => compartment === 'team')?.projection).toMatchObject({ decisions: [], agreed: {} });
	});

	test('is never a hint of what one may not read', async () => {
		await openBoard('mentorA');
		await write('fourth words');
		const shared = await full.request('psychologist', `/cases/${full.case.id}/observations`, {
			draftId: '00000000-0000-7000-8000-000000000777',
			kind: 'fact',
			compartment: 'clinical',
			text: 'clinical only',
		});
		expect(shared.status).toBe(201);
		expect((await entry('mentorA')).hasNews).toBe(false);
		expect((await entry('substanceCounsellor')).hasNews).toBe(true);
	});

	test('a read model that a crash left behind is rebuilt when the board is opened', async () => {
		await write('written just before the crash');
		later(60_000);
		const { documents } = await openBoard('teacher');
		expect(documents.find(({ compartment }) => compartment === 'team')).toMatchObject({
			projection: { goal: { team: 'written just before the crash' } },
		});
	});
});

test('a closed case is read and not written, and says so', async () => {
	await closeCase(db.orm, full.otherCase.id, full.now());
	const board = (await (await full.request('otherLead', `/cases/${full.otherCase.id}/board`)).json()) as CaseBoard;
	expect(board.case.closedAt).toBe(full.now().toISOString());
	expect(board.shareTo).toEqual([]);
	expect(board.documents.every(({ access }) => access === 'read')).toBe(true);
});

test('an erased case is not found', async () => {
	await destroyDataKey(db.orm, full.otherCase.dataKeyId, full.now());
	full.keys.forget(full.otherCase.dataKeyId);
	expect((await full.request('otherLead', `/cases/${full.otherCase.id}/board`)).status).toBe(404);
	expect(((await (await full.request('otherLead', '/cases')).json()) as { cases: unknown[] }).cases).toEqual([]);
});
