import { expect, test } from 'vitest';
import { transaction } from '../../../../db/client.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import { loadRatings } from '../../../../db/repo/rating.ts';
import { defaultTemplate } from '../../../../domain/programme/default-templates.ts';
import { handleGiveRatings } from '../../../../server/commands/rating/give.ts';
import { handleRevealRatings } from '../../../../server/commands/rating/reveal.ts';
import { unsealRating } from '../../../../server/log/sealed-rating.ts';
import { aCitizenCase, aGrant, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aRating, aReveal, LAST_WEEK, WEEK } from '../../../support/ratings.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const { id: caseId } = board.case;
const given = { ok: true, value: { givenAt: NOON } };
const lead = as(people.lead, [team.id]);
const stored = async (milestone: string, week = WEEK) =>
	(await loadRatings(db.orm, caseId, week))
		.filter((row) => row.milestone === milestone && row.week === week)
		.toSorted(
			(a, b) => Number(a.personId !== null) - Number(b.personId !== null) || Number(a.afterReveal) - Number(b.afterReveal),
		);
const valuesOf = async (milestone: string) => {
	const key = await board.keys.open(db.orm, board.case.dataKeyId);
	return (await stored(milestone)).map(({ id, sealedValue }) => unsealRating(key, sealedValue, id));
};

test('stores a rating sealed, with whose it is and what they were, and writes that down once, without the value', async () => {
	await board.expectOneEntry(
		() => caseId,
		people.teacher.id,
		async () => {
			expect(await handleGiveRatings(as(people.teacher), caseId, aRating(4))).toEqual(given);
		},
		{
			action: 'rating.give',
			subject: { caseId, week: WEEK, milestones: 'motivation', as: 'professional' },
			compartments: ['team'],
		},
	);
	const { id: personId, profession } = people.teacher;
	expect(await stored('motivation')).toMatchObject([{ personId, profession, recordedBy: personId, afterReveal: false }]);
	expect(await valuesOf('motivation')).toEqual([4]);
});

test('announces after the commit that something was rated, not what', () => {
	expect(board.announced).toContainEqual({ kind: 'ratings', caseId });
});

test('a second answer takes the place of the first', async () => {
	expect(await handleGiveRatings(as(people.teacher), caseId, aRating(2))).toEqual(given);
	expect(await valuesOf('motivation')).toEqual([2]);
});

test('the citizen answers once, whoever writes it down; the last one to do so stands beside it', async () => {
	const milestone = 'everyday-mastery';
	for (const [who, value] of [
		[people.teacher, 5],
		[people.caseWorker, 3],
	] as const) {
		expect(await handleGiveRatings(as(who), caseId, aRating(value, { as: 'citizen', milestone }))).toEqual(given);
	}
	expect(await handleGiveRatings(as(people.caseWorker), caseId, aRating(1, { milestone }))).toEqual(given);
	expect(await stored(milestone)).toMatchObject([
		{ personId: null, profession: null, recordedBy: people.caseWorker.id },
		{ personId: people.caseWorker.id, profession: 'case-worker', recordedBy: people.caseWorker.id },
	]);
	expect(await valuesOf(milestone)).toEqual([3, 1]);
});

test('takes several milestones and the week before: all of them or none', async () => {
	const ratings = [
		{ milestone: 'trust-in-system', value: 1 },
		{ milestone: 'off-substances', value: 5 },
	];
	const input = { week: LAST_WEEK, as: 'professional', ratings } as const;
	expect(await handleGiveRatings(lead, caseId, input)).toEqual(given);
	const mixed = { ...input, week: WEEK, ratings: [...ratings, { milestone: 'wealth', value: 1 }] };
	expect(await handleGiveRatings(lead, caseId, mixed)).toEqual({ ok: false, error: { code: 'no-such-milestone' } });
	expect(await stored('trust-in-system', LAST_WEEK)).toHaveLength(1);
	expect(await stored('trust-in-system')).toEqual([]);
});

test('two who answer the same milestones in opposite order both get through', async () => {
	const ratings = ['professional-community', 'skills-and-experience', 'trust-in-system'].map((milestone) => ({
		milestone,
		value: 2,
	}));
	const input = { week: WEEK, as: 'professional', ratings } as const;
	const answers = await Promise.all([
		handleGiveRatings(as(people.teacher), caseId, input),
		handleGiveRatings(as(people.caseWorker), caseId, { ...input, ratings: ratings.toReversed() }),
	]);
	expect(answers).toEqual([given, given]);
});

test('after the reveal a new answer is marked, and one that was shown stays', async () => {
	const milestone = 'belief-in-own-abilities';
	await handleGiveRatings(as(people.teacher), caseId, aRating(2, { milestone }));
	await handleRevealRatings(lead, caseId, aReveal(milestone));
	expect(await handleGiveRatings(as(people.teacher), caseId, aRating(5, { milestone }))).toEqual({
		ok: false,
		error: { code: 'rating-revealed' },
	});
	expect(await handleGiveRatings(as(people.caseWorker), caseId, aRating(4, { milestone }))).toEqual(given);
	expect(await stored(milestone)).toMatchObject([{ afterReveal: false }, { afterReveal: true }]);
	expect(await valuesOf(milestone)).toEqual([2, 4]);
});

test('an answer and the reveal at the same moment end as before or after, never as hidden in what is shown', async () => {
	const milestone = 'labour-market-knowledge';
	await handleGiveRatings(lead, caseId, aRating(3, { milestone }));
	const [answer, reveal] = await Promise.all([
		handleGiveRatings(as(people.teacher), caseId, aRating(5, { milestone })),
		handleRevealRatings(lead, caseId, aReveal(milestone)),
	]);
	expect([answer.ok, reveal.ok]).toEqual([true, true]);
	expect(await stored(milestone)).toHaveLength(2);
});

test('refuses a step that is not on the scale, and a week nobody remembers', async () => {
	expect(await handleGiveRatings(lead, caseId, aRating(6))).toEqual({ ok: false, error: { code: 'not-on-scale' } });
	const old = aRating(3, { week: '2026-W45' as typeof WEEK });
	expect(await handleGiveRatings(lead, caseId, old)).toMatchObject({ ok: false, error: { code: 'week-not-rateable' } });
});

test('refuses who sees the case but not its plan', async () => {
	await aGrant(db.orm, { caseId, personId: people.mentor.id, grantedBy: people.lead.id, placementId: board.placement.id });
	await board.expectNoEntry(async () => {
		expect(await handleGiveRatings(as(people.mentor), caseId, aRating(3))).toEqual({ ok: false, error: { code: 'forbidden' } });
	});
});

test('hides the case of another team, and from who has nothing to do with it', async () => {
	await board.expectNoEntry(async () => {
		for (const context of [as(people.otherLead, [otherTeam.id]), as(people.stranger), as(people.admin)]) {
			expect(await handleGiveRatings(context, caseId, aRating(3))).toEqual({ ok: false, error: { code: 'not-found' } });
		}
	});
});

test('refuses in a closed case', async () => {
	const options = { team, keys: board.keys, templateContent: defaultTemplate('parallel') };
	const closed = await transaction(db, (tx) => aCitizenCase(tx, options));
	await closeCase(db.orm, closed.id, NOON);
	expect(await handleGiveRatings(lead, closed.id, aRating(3))).toEqual({ ok: false, error: { code: 'case-closed' } });
});
