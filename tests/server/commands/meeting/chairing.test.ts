/** What the chair does to a meeting that is on: each does it, is refused to who may not, is hidden elsewhere, is written down once. */
import { describe, expect, test } from 'vitest';
import { newId } from '../../../../board/new-id.ts';
import type { CaseId, MeetingId } from '../../../../domain/ids.ts';
import type { CommandContext } from '../../../../server/commands/context.ts';
import { handleBorrowTime } from '../../../../server/commands/meeting/borrow-time.ts';
import { handleHandChair } from '../../../../server/commands/meeting/hand-chair.ts';
import { handleMoveMeeting } from '../../../../server/commands/meeting/move.ts';
import { handleParkMeeting } from '../../../../server/commands/meeting/park.ts';
import { handleRunClock } from '../../../../server/commands/meeting/run-clock.ts';
import { handleSetCitizenPresent } from '../../../../server/commands/meeting/set-citizen-present.ts';
import { handleSetCurtain } from '../../../../server/commands/meeting/set-curtain.ts';
import { NOON } from '../../../support/case-builders.ts';
import { aDatabase } from '../../../support/database.ts';
import { aTeamMeeting } from '../../../support/a-team-meeting.ts';

const db = await aDatabase();
const board = await aTeamMeeting(db);
const { people, as } = board;

/** Everybody is talked of already, so that every command has somebody to be about. */
async function aMeetingAtAmina() {
	const meeting = await board.anOpenTeamMeeting();
	await handleMoveMeeting(meeting.asLead, meeting.meetingId, { caseId: meeting.amina });
	return { ...meeting, revision: 3 };
}
type At = Awaited<ReturnType<typeof aMeetingAtAmina>>;

interface Chairing {
	readonly action: string;
	readonly run: (ctx: CommandContext, meetingId: MeetingId, at: At) => Promise<{ readonly ok: boolean }>;
	readonly then: (at: At) => object;
	readonly subject?: (at: At) => object;
}

const CHAIRING: readonly Chairing[] = [
	{
		action: 'meeting.move',
		run: (ctx, id, { emre }) => handleMoveMeeting(ctx, id, { caseId: emre }),
		then: ({ amina, emre }) => ({
			items: [
				{ caseId: amina, state: 'done' },
				{ caseId: emre, state: 'current', since: NOON },
			],
		}),
		subject: ({ emre }) => ({ caseId: emre }),
	},
	{
		action: 'meeting.run-clock',
		run: (ctx, id) => handleRunClock(ctx, id, { running: false }),
		then: () => ({ items: [{ state: 'current', since: null }, { state: 'waiting' }] }),
		subject: () => ({ to: 'paused' }),
	},
	{
		action: 'meeting.borrow-time',
		run: (ctx, id) => handleBorrowTime(ctx, id, { minutes: 2 }),
		then: () => ({ items: [{ budgetMs: 360_000 }, { budgetMs: 120_000 }] }),
		subject: () => ({ minutes: '2' }),
	},
	{
		action: 'meeting.set-curtain',
		run: (ctx, id, { amina }) => handleSetCurtain(ctx, id, { down: false, caseId: amina }),
		then: () => ({ isCurtainDown: false }),
		subject: () => ({ to: 'up' }),
	},
	{
		action: 'meeting.set-citizen-present',
		run: (ctx, id) => handleSetCitizenPresent(ctx, id, { present: true }),
		then: () => ({ isCitizenPresent: true }),
		subject: () => ({ to: 'present' }),
	},
	{
		action: 'meeting.hand-chair',
		run: (ctx, id) => handleHandChair(ctx, id, { personId: people.teacher.id }),
		then: () => ({ chairId: people.teacher.id, askedBy: null }),
		subject: () => ({ personId: people.teacher.id }),
	},
	{
		action: 'meeting.park',
		run: (ctx, id) => handleParkMeeting(ctx, id),
		then: () => ({ phase: 'parked', parkedAt: NOON, items: [{ state: 'current', since: null }, { state: 'waiting' }] }),
	},
];

describe.each(CHAIRING)('$action', ({ action, run, then, subject }) => {
	test('is done, written down once, and tells the room', async () => {
		const at = await aMeetingAtAmina();
		board.announced.length = 0;
		await board.expectOneEntry(
			() => board.municipality.id,
			at.lead.id,
			async () => {
				expect(await run(at.asLead, at.meetingId, at)).toMatchObject({ ok: true, value: { revision: at.revision + 1 } });
			},
			{ action, subject: { meetingId: at.meetingId, ...subject?.(at) } },
		);
		expect(await board.meetingNow(at.meetingId)).toMatchObject({ revision: at.revision + 1, meeting: then(at) });
		expect(board.announced).toEqual([
			{ kind: 'meeting', meetingId: at.meetingId, teamId: at.team.id, revision: at.revision + 1 },
		]);
	});

	test('is the chair’s too, when that is not the lead', async () => {
		const at = await aMeetingAtAmina();
		await handleHandChair(at.asLead, at.meetingId, { personId: people.teacher.id });
		expect(await run(at.asTeacher, at.meetingId, at)).toMatchObject({ ok: true });
	});

	test('is refused to a member who is not in the chair', async () => {
		const at = await aMeetingAtAmina();
		board.announced.length = 0;
		await board.expectNoEntry(async () => {
			expect(await run(at.asTeacher, at.meetingId, at)).toEqual({ ok: false, error: { code: 'forbidden' } });
		});
		expect(board.announced).toEqual([]);
	});

	test('hides another team’s meeting, and one that is not there', async () => {
		const at = await aMeetingAtAmina();
		for (const ctx of [as(people.otherLead, [board.otherTeam.id]), as(people.stranger), as(people.admin)]) {
			expect(await run(ctx, at.meetingId, at)).toEqual({ ok: false, error: { code: 'not-found' } });
		}
		expect(await run(at.asLead, newId<MeetingId>(), at)).toEqual({ ok: false, error: { code: 'not-found' } });
	});

	test('says what the rule refuses, and changes nothing', async () => {
		const { asLead, meetingId, ...rest } = await board.aMeetingTeam();
		const at = { ...rest, asLead, meetingId, revision: 1 };
		await board.expectNoEntry(async () => {
			expect(await run(asLead, meetingId, at)).toEqual({ ok: false, error: { code: 'meeting-not-open' } });
		});
		expect((await board.meetingNow(meetingId)).revision).toBe(1);
	});
});

test('two who move at once both get there: the slower one is run once more', async () => {
	const { asLead, meetingId, amina, emre } = await board.anOpenTeamMeeting();
	const answers = await Promise.all([
		handleMoveMeeting(asLead, meetingId, { caseId: amina }),
		handleMoveMeeting(asLead, meetingId, { caseId: emre }),
	]);
	expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
	const { revision, meeting } = await board.meetingNow(meetingId);
	expect(revision).toBe(4);
	expect(meeting.items.map(({ state }) => state).sort()).toEqual(['current', 'done']);
});

test('a crowd that moves at once leaves one citizen current, and says so to those who lost twice', async () => {
	const { asLead, meetingId, amina, emre } = await board.anOpenTeamMeeting();
	const answers = await Promise.all(
		Array.from({ length: 12 }, (_, index) => handleMoveMeeting(asLead, meetingId, { caseId: index % 2 ? amina : emre })),
	);
	const codes = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]));
	expect(new Set(codes)).toEqual(new Set(codes.length > 0 ? ['meeting-changed'] : []));
	const { revision, meeting } = await board.meetingNow(meetingId);
	expect(revision).toBe(2 + answers.filter(({ ok }) => ok).length);
	expect(meeting.items.filter(({ state }) => state === 'current')).toHaveLength(1);
});

test('the meeting does not go to somebody who is not on its agenda', async () => {
	const { asLead, meetingId } = await board.anOpenTeamMeeting();
	expect(await handleMoveMeeting(asLead, meetingId, { caseId: newId<CaseId>() })).toEqual({
		ok: false,
		error: { code: 'not-on-agenda' },
	});
});

test('the curtain is not lifted before somebody else than the one it was lifted for, also when a race is lost', async () => {
	const { asLead, asTeacher, meetingId, amina, emre } = await aMeetingAtAmina();
	await handleHandChair(asLead, meetingId, { personId: people.teacher.id });
	const [moved, lifted] = await Promise.all([
		handleMoveMeeting(asLead, meetingId, { caseId: emre }),
		handleSetCurtain(asTeacher, meetingId, { down: false, caseId: amina }),
	]);
	expect(moved).toMatchObject({ ok: true });
	if (!lifted.ok) expect(lifted.error).toEqual({ code: 'meeting-changed' });
	expect((await board.meetingNow(meetingId)).meeting).toMatchObject({ isCurtainDown: true });
	expect(await handleSetCurtain(asTeacher, meetingId, { down: false, caseId: amina })).toEqual({
		ok: false,
		error: { code: 'meeting-changed' },
	});
	expect(await handleSetCurtain(asTeacher, meetingId, { down: true })).toMatchObject({ ok: true });
	expect(await handleSetCurtain(asTeacher, meetingId, { down: false, caseId: emre })).toMatchObject({ ok: true });
});

test('the chair is handed to members only', async () => {
	const { asLead, meetingId } = await board.anOpenTeamMeeting();
	expect(await handleHandChair(asLead, meetingId, { personId: people.stranger.id })).toEqual({
		ok: false,
		error: { code: 'not-found' },
	});
});
