import { expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import { closeCase } from '../../../../db/repo/case.ts';
import { loadRounds } from '../../../../db/repo/rating.ts';
import { meeting } from '../../../../db/schema/meetings.ts';
import { handleGiveRatings } from '../../../../server/commands/rating/give.ts';
import { handleRevealRatings } from '../../../../server/commands/rating/reveal.ts';
import { aCoordinator, NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aRating, aReveal, WEEK } from '../../../support/ratings.ts';
import { aStaffedBoard } from '../../../support/staffed-board.ts';

const db = await aDatabase();
const board = await aStaffedBoard(db);
const { people, as, team, otherTeam } = board;
const { id: caseId } = board.case;
const lead = as(people.lead, [team.id]);
const rated = (milestone: string) => handleGiveRatings(as(people.teacher), caseId, aRating(3, { milestone }));
const revealed = { ok: true, value: { revealedAt: NOON } };

test('shows a round at once, and writes that down once', async () => {
	await rated('motivation');
	await rated('off-substances');
	await board.expectOneEntry(
		() => caseId,
		people.lead.id,
		async () => {
			expect(await handleRevealRatings(lead, caseId, aReveal('motivation'))).toEqual(revealed);
		},
		{ action: 'rating.reveal', subject: { caseId, week: WEEK, milestones: 'motivation' }, compartments: ['team'] },
	);
	expect(await loadRounds(db.orm, caseId, WEEK)).toMatchObject([
		{ milestone: 'motivation', revealedAt: NOON, revealedBy: people.lead.id },
		{ milestone: 'off-substances', revealedAt: null, revealedBy: null },
	]);
	expect(board.announced.at(-1)).toEqual({ kind: 'ratings', caseId });
});

test('never twice, and the first who did it stays written', async () => {
	await board.expectNoEntry(async () => {
		const again = await handleRevealRatings(lead, caseId, aReveal('motivation'));
		expect(again).toEqual({ ok: false, error: { code: 'already-revealed' } });
	});
});

test('shows several at once, or none when one of them has no answer', async () => {
	await rated('everyday-mastery');
	const both = { week: WEEK, milestones: ['everyday-mastery', 'trust-in-system'] };
	expect(await handleRevealRatings(lead, caseId, both)).toEqual({ ok: false, error: { code: 'nothing-to-reveal' } });
	await rated('trust-in-system');
	expect(await handleRevealRatings(lead, caseId, both)).toEqual(revealed);
});

test('is the coordinator’s to do as well', async () => {
	await rated('professional-community');
	await aCoordinator(db.orm, caseId, people.jobConsultant.id);
	const coordinator = as(people.jobConsultant);
	expect(await handleRevealRatings(coordinator, caseId, aReveal('professional-community'))).toEqual(revealed);
});

const aParkedMeeting = {
	id: newId(),
	week: WEEK,
	phase: 'parked',
	revision: 1,
	chairId: people.caseWorker.id,
	isCurtainDown: false,
	isCitizenPresent: false,
	plannedAt: NOON,
	openedAt: NOON,
	parkedAt: NOON,
} as const;

test('is the chair’s to do while the team’s meeting is on', async () => {
	await rated('skills-and-experience');
	await db.orm.insert(meeting).values({ ...aParkedMeeting, organisationId: team.organisationId, teamId: team.id });
	const chair = as(people.caseWorker);
	const reveal = () => handleRevealRatings(chair, caseId, aReveal('skills-and-experience'));
	expect(await reveal()).toEqual({ ok: false, error: { code: 'forbidden' } });
	await db.pool.query("update meeting set phase = 'open', parked_at = null");
	expect(await reveal()).toEqual(revealed);
});

test('refuses who rates but neither leads nor coordinates', async () => {
	await board.expectNoEntry(async () => {
		const refused = { ok: false, error: { code: 'forbidden' } };
		expect(await handleRevealRatings(as(people.teacher), caseId, aReveal('off-substances'))).toEqual(refused);
	});
});

test('hides the case of another team', async () => {
	await board.expectNoEntry(async () => {
		for (const context of [as(people.otherLead, [otherTeam.id]), as(people.stranger), as(people.admin)]) {
			const hidden = { ok: false, error: { code: 'not-found' } };
			expect(await handleRevealRatings(context, caseId, aReveal('off-substances'))).toEqual(hidden);
		}
	});
});

test('refuses in a closed case: what was hidden then stays hidden', async () => {
	await closeCase(db.orm, caseId, NOON);
	const refused = { ok: false, error: { code: 'case-closed' } };
	expect(await handleRevealRatings(lead, caseId, aReveal('off-substances'))).toEqual(refused);
});
