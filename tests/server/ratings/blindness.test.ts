/** Until a round is shown, no value in it leaves the server: asserted on whole bodies, not on the screen. */
import { beforeAll, describe, expect, test } from 'vitest';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import type { RatingsView } from '../../../server/api/case-board.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';
import { aRating, aReveal, WEEK } from '../../support/ratings.ts';

const db = await aDatabase();
let full: FullCase;
beforeAll(async () => {
	full = await aFullCase(db);
});

const READERS: readonly Who[] = ['lead', 'caseWorker', 'psychologist', 'teacher', 'socialMentor', 'jobConsultant'];
const path = (rest = '') => `/cases/${full.case.id}/ratings${rest}`;
/** One second after the other, so that the order they were given in is known. */
const give = (who: Who, value: number, given: Parameters<typeof aRating>[1] = {}) => {
	full.clock.ms += 1_000;
	return full.request(who, path(), aRating(value, given));
};
const reveal = (who: Who, milestone?: string) => full.request(who, path('/reveal'), aReveal(milestone));
const view = async (who: Who) => (await (await full.request(who, path())).json()) as RatingsView;
const roundOf = async (who: Who, milestone = 'motivation') =>
	(await view(who)).milestones.find(({ id }) => id === milestone)!.rounds.find(({ week }) => week === WEEK);
/** Every value in an answer's rounds, wherever it stands. */
const valuesIn = (body: unknown): number[] => {
	const found: number[] = [];
	JSON.stringify(body, (key, value: unknown) => {
		if (typeof value === 'number' && ['value', 'citizen', 'professionals'].includes(key)) found.push(value);
		return value;
	});
	return found;
};

describe('before the reveal', () => {
	beforeAll(async () => {
		expect((await give('teacher', 2)).status).toBe(200);
		expect((await give('psychologist', 5)).status).toBe(200);
		expect((await give('caseWorker', 4, { as: 'citizen' })).status).toBe(200);
	});

	test.each(READERS)('%s is told who has answered', async (who) => {
		const { teacher, psychologist, caseWorker } = full.people;
		expect((await roundOf(who))?.answers.map(({ personId, recordedBy }) => [personId, recordedBy])).toEqual([
			[teacher.id, teacher.id],
			[psychologist.id, psychologist.id],
			[null, caseWorker.id],
		]);
	});

	test.each([
		['lead', []],
		['jobConsultant', []],
		['socialMentor', []],
		['teacher', [2]],
		['psychologist', [5]],
		['caseWorker', [4]],
	] as const)('%s gets back exactly %j: what they wrote themselves', async (who, own) => {
		expect(valuesIn(await roundOf(who))).toEqual(own);
	});

	test('what gives a rating does not answer with it, and no other answer of the API holds it', async () => {
		expect(await (await give('teacher', 2)).json()).toEqual({ givenAt: full.now().toISOString() });
		for (const where of ['', '/board', '/observations']) {
			const body = await (await full.request('lead', `/cases/${full.case.id}${where}`)).text();
			expect(body).not.toContain('"afterReveal"');
		}
	});

	test('the database holds it sealed, and the log holds none of it', async () => {
		const { rows } = await db.pool.query<{ row: string }>('select row_to_json(rating)::text as row from rating');
		for (const { row } of rows) expect(Object.keys(JSON.parse(row) as object)).not.toContain('value');
		for (const entry of await auditEntriesOf(db.orm, full.case.id, 10))
			expect(JSON.stringify(entry.subject)).not.toMatch(/value/);
		const lengths = await db.pool.query<{ length: number }>('select distinct length(sealed_value) from rating');
		expect(lengths.rows).toHaveLength(1);
	});

	test('who neither leads nor coordinates cannot show the answers', async () => {
		expect((await reveal('teacher')).status).toBe(403);
		expect(valuesIn(await roundOf('lead'))).toEqual([]);
	});
});

describe('the reveal', () => {
	test('shows one milestone to everybody at once, and leaves the others hidden', async () => {
		await give('teacher', 3, { milestone: 'everyday-mastery' });
		expect((await reveal('lead')).status).toBe(200);
		for (const who of READERS) {
			const round = await roundOf(who);
			expect(round).toMatchObject({ citizen: 4, professionals: 3.5, revealedBy: full.people.lead.id });
			expect(round?.answers.map(({ value }) => value)).toEqual([5, 4, 2]);
		}
		expect(valuesIn(await roundOf('lead', 'everyday-mastery'))).toEqual([]);
	});

	test('lets who had not answered do so, seen at once and marked', async () => {
		expect((await give('socialMentor', 4)).status).toBe(200);
		expect((await roundOf('lead'))?.answers.at(-1)).toMatchObject({
			personId: full.people.socialMentor.id,
			profession: 'social-mentor',
			value: 4,
			afterReveal: true,
		});
	});

	test('refuses to change what was shown, and to show it twice', async () => {
		expect(await (await give('teacher', 5)).json()).toMatchObject({ status: 409, code: 'rating-revealed' });
		expect(await (await reveal('lead')).json()).toMatchObject({ status: 409, code: 'already-revealed' });
	});
});

describe('the question who may', () => {
	test('is answered with the view: all of `team` rate, the lead and the coordinator reveal', async () => {
		const may = async (who: Who) => (await view(who)).may;
		expect(await may('teacher')).toEqual({ rate: true, reveal: false });
		expect(await may('lead')).toEqual({ rate: true, reveal: true });
		expect(await may('jobConsultant')).toEqual({ rate: true, reveal: true });
	});

	test('names everybody who may answer, and nobody else', async () => {
		const answering = (await view('teacher')).people.filter(({ mayAnswer }) => mayAnswer).map(({ id }) => id);
		expect(answering).toHaveLength(9);
		for (const who of ['mentorA', 'prison', 'admin', 'stranger'] as const) {
			expect(answering).not.toContain(full.people[who].id);
		}
	});

	test.each(['mentorA', 'prison', 'otherLead', 'stranger', 'admin'] as const)('%s reads no milestones', async (who) => {
		expect((await full.request(who, path())).status).toBe(404);
	});

	test.each([
		{ week: WEEK, as: 'professional', ratings: [] },
		{ week: '2026-W99', as: 'professional', ratings: [{ milestone: 'motivation', value: 1 }] },
		{ week: WEEK, as: 'lead', ratings: [{ milestone: 'motivation', value: 1 }] },
		{ week: WEEK, as: 'citizen', ratings: [{ milestone: 'motivation', value: 1.5 }] },
		{
			week: WEEK,
			as: 'citizen',
			ratings: [
				{ milestone: 'motivation', value: 1 },
				{ milestone: 'motivation', value: 2 },
			],
		},
	])('is answered 400 for %j', async (body) => {
		expect((await full.request('teacher', path(), body)).status).toBe(400);
	});
});

test('reading is written in the access log with the board it belongs to', async () => {
	full.clock.ms += 13 * 3_600_000;
	const cookie = await full.signIn('teacher');
	const before = await full.entries();
	await full.api.request(`http://tavle.test/api/v1${path()}`, { headers: { cookie } });
	expect(await full.entries()).toBe(before + 1);
	const [entry] = await auditEntriesOf(db.orm, full.case.id, 1);
	expect(entry).toMatchObject({ action: 'case.read', purpose: 'board', personId: full.people.teacher.id });
});
