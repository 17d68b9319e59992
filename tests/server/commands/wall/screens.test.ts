/** Screens on walls: a lead approves and takes off; nobody else may, no other team sees the meeting, each is one entry. */
import { beforeAll, describe, expect, test } from 'vitest';
import { findWallScreen, screensOf } from '../../../../db/repo/wall-screen.ts';
import type { MeetingId } from '../../../../domain/ids.ts';
import { PAIRING_CODE_MS } from '../../../../domain/meeting/wall.ts';
import { newId } from '../../../../board/new-id.ts';
import { handleApproveScreen } from '../../../../server/commands/wall/approve-screen.ts';
import { handleEndScreen } from '../../../../server/commands/wall/end-screen.ts';
import { createShowScreenCode } from '../../../../server/commands/wall/show-code.ts';
import { listWallScreens } from '../../../../server/queries/wall/wall-screens.ts';
import { NOON } from '../../../support/case-builders.ts';
import { aTeamMeeting } from '../../../support/a-team-meeting.ts';
import { aDatabase } from '../../../support/database.ts';

const db = await aDatabase();
const board = await aTeamMeeting(db);
const { people, otherTeam, municipality } = board;
let meeting: Awaited<ReturnType<typeof board.anOpenTeamMeeting>>;
beforeAll(async () => {
	meeting = await board.anOpenTeamMeeting();
});

async function aCode(at = NOON): Promise<string> {
	const shown = await createShowScreenCode(db, () => at)('10.0.0.1');
	if (!shown.ok) throw new Error(shown.error.code);
	return shown.value.code;
}
async function anApprovedScreen() {
	const approved = await handleApproveScreen(meeting.asLead, meeting.meetingId, { code: await aCode() });
	if (!approved.ok) throw new Error(approved.error.code);
	return approved.value.screenId;
}

describe('approving', () => {
	test('makes the screen with that code show the meeting, once, with one entry', async () => {
		const code = await aCode();
		await board.expectOneEntry(
			() => municipality.id,
			meeting.lead.id,
			async () => expect(await handleApproveScreen(meeting.asLead, meeting.meetingId, { code })).toMatchObject({ ok: true }),
			{ action: 'wall.pair' },
		);
		expect(board.announced.at(-1)).toMatchObject({ kind: 'wall' });
		expect(await handleApproveScreen(meeting.asLead, meeting.meetingId, { code })).toEqual({
			ok: false,
			error: { code: 'no-such-code' },
		});
		expect(await listWallScreens(meeting.asTeacher, meeting.meetingId)).toMatchObject({
			ok: true,
			value: [{ approvedBy: meeting.lead.name }],
		});
	});

	test('refuses a member who does not lead, and hides the meeting from another team', async () => {
		const code = await aCode();
		await board.expectNoEntry(async () => {
			expect(await handleApproveScreen(meeting.asTeacher, meeting.meetingId, { code })).toEqual({
				ok: false,
				error: { code: 'forbidden' },
			});
			for (const context of [board.as(people.otherLead, [otherTeam.id]), board.as(people.stranger), board.as(people.admin)]) {
				expect(await handleApproveScreen(context, meeting.meetingId, { code })).toEqual({
					ok: false,
					error: { code: 'not-found' },
				});
				expect(await listWallScreens(context, meeting.meetingId)).toEqual({ ok: false, error: { code: 'not-found' } });
			}
		});
	});

	test('refuses a code that was never shown, and one that was shown too long ago', async () => {
		const old = await aCode(new Date(NOON.getTime() - PAIRING_CODE_MS));
		const unknown = old === '000000' ? '000001' : '000000';
		for (const code of [old, unknown]) {
			expect(await handleApproveScreen(meeting.asLead, meeting.meetingId, { code })).toEqual({
				ok: false,
				error: { code: 'no-such-code' },
			});
		}
	});
});

describe('taking off', () => {
	test('ends the screen with one entry, and a second time it is not there', async () => {
		const screenId = await anApprovedScreen();
		await board.expectOneEntry(
			() => municipality.id,
			meeting.lead.id,
			async () => expect(await handleEndScreen(meeting.asLead, meeting.meetingId, screenId)).toMatchObject({ ok: true }),
			{ action: 'wall.end', subject: { meetingId: meeting.meetingId, screenId } },
		);
		expect(await findWallScreen(db.orm, screenId)).toEqual({ state: 'ended', id: screenId });
		expect(await handleEndScreen(meeting.asLead, meeting.meetingId, screenId)).toEqual({
			ok: false,
			error: { code: 'not-found' },
		});
	});

	test('refuses a member who does not lead, and hides the meeting from another team and the screen from another meeting', async () => {
		const screenId = await anApprovedScreen();
		const another = await board.anOpenTeamMeeting();
		await board.expectNoEntry(async () => {
			expect(await handleEndScreen(meeting.asTeacher, meeting.meetingId, screenId)).toEqual({
				ok: false,
				error: { code: 'forbidden' },
			});
			for (const [context, meetingId] of [
				[board.as(people.otherLead, [otherTeam.id]), meeting.meetingId],
				[another.asLead, another.meetingId],
				[meeting.asLead, newId<MeetingId>()],
			] as const) {
				expect(await handleEndScreen(context, meetingId, screenId)).toEqual({ ok: false, error: { code: 'not-found' } });
			}
		});
		expect((await screensOf(db.orm, meeting.meetingId)).map(({ id }) => id)).toContain(screenId);
	});
});

test('screens nobody approved are forgotten, and no more than the walls of a town wait at once', async () => {
	await db.pool.query("update wall_screen set code_expires_at = 'epoch' where approved_by is null");
	const show = createShowScreenCode(db, () => NOON);
	let shown = await show('10.0.0.1');
	for (let asked = 1; shown.ok && asked <= 200; asked++) shown = await show(`10.0.0.${asked % 10}`);
	expect(shown).toEqual({ ok: false, error: { code: 'too-many-screens' } });
	const { rows } = await db.pool.query('select count(*)::int as waiting from wall_screen where approved_by is null');
	expect(rows).toEqual([{ waiting: 200 }]);
});

test('one address that asks and asks keeps no other from a code, and has one again once its own ran out', async () => {
	await db.pool.query("update wall_screen set code_expires_at = 'epoch' where approved_by is null");
	let at = NOON;
	const show = createShowScreenCode(db, () => at);
	const asked = [];
	for (let times = 0; times < 60; times++) asked.push((await show('10.0.0.66')).ok);
	expect(asked).toEqual(asked.map((_, index) => index < 40));
	expect(await show('10.0.0.1')).toMatchObject({ ok: true });
	at = new Date(NOON.getTime() + PAIRING_CODE_MS);
	expect(await show('10.0.0.66')).toMatchObject({ ok: true });
});
