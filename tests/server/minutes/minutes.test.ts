import { newId } from '../../../board/new-id.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addDecision } from '../../../board/edit/decision.ts';
import { replaceText } from '../../../board/edit/text.ts';
import { goalTextName } from '../../../board/schema.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import { destroyDataKey } from '../../../db/repo/data-key.ts';
import type { MeetingId } from '../../../domain/ids.ts';
import { verifySnapshots } from '../../../server/log/snapshot-chain.ts';
import { handleAmendMinutes } from '../../../server/commands/minutes/amend.ts';
import { WEEK_47 } from '../../support/board.ts';
import { NOON } from '../../support/case-builders.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, edit, foundIn, type FullCase, type Who } from '../../support/full-case.ts';
import { anOpenMeeting } from '../../support/meeting-builders.ts';

const db = await aDatabase();
const product = await aFullCase(db);
const { case: theCase, people, request } = product;
const LATER_MS = 2 * 3_600_000;

async function closeAMeeting(of: FullCase): Promise<MeetingId> {
	const meetingId = await anOpenMeeting(db.orm, {
		team: of.team,
		chairId: people.lead.id,
		openedAt: new Date(of.clock.ms - 3_600_000),
		attended: [people.lead.id, people.teacher.id],
		items: [{ caseId: theCase.id, state: 'done' }],
	});
	const answer = await request('lead', `/meetings/${meetingId}/close`, {});
	expect(answer.status).toBe(200);
	return meetingId;
}

const json = async <Shape>(who: Who, path: string): Promise<Shape> => (await (await request(who, path)).json()) as Shape;
interface SnapshotAnswer {
	readonly parts: readonly { id: string; compartment: string; documentBytes: number | null }[];
}
interface MinutesAnswer {
	readonly hash: string;
	readonly snapshotId: string;
	readonly saidLater: readonly string[];
	readonly amendments: readonly { text: string; author: { name: string } }[];
	readonly chain: { readonly count: number; readonly brokenAt: number | null };
}

let first: MeetingId;
let second: MeetingId;
let before: MinutesAnswer;
/** After words were written on the board, and before the next meeting. */
let between: MinutesAnswer;
let bytesThen: Buffer;
const minutesPath = (meetingId: MeetingId) => `/minutes/${meetingId}/${theCase.id}`;

async function teamBytes(snapshotId: string): Promise<Buffer> {
	const { parts } = await json<SnapshotAnswer>('lead', `/snapshots/${snapshotId}`);
	const team = parts.find(({ compartment }) => compartment === 'team')!;
	const answer = await request('lead', `/snapshots/${snapshotId}/parts/${team.id}/document`);
	return Buffer.from(await answer.arrayBuffer());
}

beforeAll(async () => {
	first = await closeAMeeting(product);
	before = await json('lead', minutesPath(first));
	bytesThen = await teamBytes(before.snapshotId);
	await edit(product.log, { caseId: theCase.id, compartment: { kind: 'team' }, by: people.teacher.id }, (doc, by) => {
		replaceText(doc, goalTextName('team'), 'Elev i et gartneri', by.origin);
		addDecision(doc, by, { week: WEEK_47, text: 'Mette ringer til Løvbjerg' });
	});
	between = await json('teacher', minutesPath(first));
	product.clock.ms = NOON.getTime() + LATER_MS;
	second = await closeAMeeting(product);
});

describe('a snapshot', () => {
	test('reopens byte-equal after the board went on', async () => {
		expect((await teamBytes(before.snapshotId)).equals(bytesThen)).toBe(true);
		const doc = new Y.Doc();
		Y.applyUpdateV2(doc, bytesThen);
		expect(String(doc.getText(goalTextName('team')))).toBe('planted-team-goal');
		expect(await json('lead', minutesPath(first))).toMatchObject({ hash: before.hash, document: expect.anything() });
	});

	test('opens to each reader the parts of their compartments, and no sign of the others', async () => {
		const kindsFor = async (who: Who) => {
			const answer = await request(who, `/snapshots/${before.snapshotId}`);
			const body = await answer.text();
			if (answer.status !== 200) return { status: answer.status, found: foundIn(body) };
			return {
				parts: (JSON.parse(body) as SnapshotAnswer).parts.map(({ compartment }) => compartment).toSorted(),
				found: foundIn(body),
			};
		};
		expect(await kindsFor('teacher')).toEqual({
			parts: ['placement', 'placement', 'team'],
			found: ['team', 'placementA', 'placementB'],
		});
		expect(await kindsFor('psychologist')).toMatchObject({ parts: ['clinical', 'placement', 'placement', 'team'] });
		expect(await kindsFor('mentorA')).toEqual({ parts: ['placement'], found: ['placementA'] });
		expect(await kindsFor('prison')).toEqual({ parts: ['justice'], found: ['justice'] });
		for (const who of ['otherLead', 'stranger', 'admin'] as const)
			expect(await kindsFor(who)).toEqual({ status: 404, found: [] });
	});

	test('holds what was shared since the one before, and nobody’s drafts', async () => {
		const { snapshotId } = await json<MinutesAnswer>('lead', minutesPath(second));
		const then = await (await request('psychologist', `/snapshots/${before.snapshotId}`)).text();
		const now = await (await request('psychologist', `/snapshots/${snapshotId}`)).text();
		expect(then).toContain('planted-clinical-observation');
		expect(now).not.toContain('planted-clinical-observation');
		expect(then + now).not.toContain('planted-draft-of-psychologist');
	});

	test('a part one may not read is not found by its id either', async () => {
		const { parts } = await json<SnapshotAnswer>('psychologist', `/snapshots/${before.snapshotId}`);
		const clinical = parts.find(({ compartment }) => compartment === 'clinical')!;
		expect((await request('teacher', `/snapshots/${before.snapshotId}/parts/${clinical.id}/document`)).status).toBe(404);
	});

	test('compares with a later one in sentences', async () => {
		const { snapshotId } = await json<MinutesAnswer>('lead', minutesPath(second));
		const answer = await json<{ changes: { key: string }[] }>(
			'teacher',
			`/snapshots/compare?from=${before.snapshotId}&to=${snapshotId}`,
		);
		expect(answer.changes.map(({ key }) => key)).toEqual(['minutes.change.goalTeam', 'minutes.change.decided']);
		expect((await request('mentorA', `/snapshots/compare?from=${before.snapshotId}&to=${snapshotId}`)).status).toBe(404);
	});
});

describe('minutes', () => {
	test('are read by who reads the plan; each reading is logged with its purpose', async () => {
		const entries = await product.entries();
		expect((await request('teacher', minutesPath(first))).status).toBe(200);
		expect(await product.entries()).toBe(entries + 1);
		const [newest] = await auditEntriesOf(db.orm, theCase.id, 1);
		expect(newest).toMatchObject({ action: 'case.read', purpose: 'minutes', personId: people.teacher.id });
		expect(newest!.compartments).not.toContain('clinical');
	});

	test('offer what was decided after closing as an amendment, until the next meeting writes it down', async () => {
		expect([before.saidLater, between.saidLater]).toEqual([[], ['Mette ringer til Løvbjerg']]);
		for (const meetingId of [first, second])
			expect((await json<MinutesAnswer>('teacher', minutesPath(meetingId))).saidLater).toEqual([]);
	});

	test('are nobody else’s', async () => {
		for (const who of ['mentorA', 'prison', 'otherLead', 'stranger', 'admin'] as const)
			expect((await request(who, minutesPath(first))).status).toBe(404);
	});

	test('hold no word of a compartment their reader does not read', async () => {
		const body = await (await request('psychologist', minutesPath(first))).text();
		expect(foundIn(body)).toEqual(expect.not.arrayContaining(['clinical', 'justice', 'drafts', 'otherCase']));
	});

	test('the record of the meeting names the citizens its reader may read, and counts the others', async () => {
		const record = await json<{ items: { caseId: string | null; citizenName: string | null }[]; equation: object }>(
			'lead',
			`/minutes/${first}`,
		);
		expect(record.items).toEqual([
			expect.objectContaining({ caseId: theCase.id, citizenName: 'Planted Agnes', state: 'discussed' }),
		]);
		expect((await request('otherLead', `/minutes/${first}`)).status).toBe(404);
		const { meetings } = await json<{ meetings: { id: string }[] }>('lead', '/meetings/past');
		expect(meetings.map(({ id }) => id)).toEqual([second, first]);
		expect(await json('otherLead', '/meetings/past')).toEqual({ meetings: [] });
	});

	test('the board knows the last meeting that talked of the case', async () => {
		const board = await json<{ lastMeeting: { meetingId: string } | null }>('teacher', `/cases/${theCase.id}/board`);
		expect(board.lastMeeting?.meetingId).toBe(second);
	});
});

describe('an amendment', () => {
	test(`stands under the minutes in its author’s name, one entry in the log (${handleAmendMinutes.name})`, async () => {
		await request('teacher', '/me');
		const entries = await product.entries();
		const answer = await request('teacher', `${minutesPath(first)}/amendments`, { text: 'Bente kan først den 30.' });
		expect(answer.status).toBe(201);
		expect(await product.entries()).toBe(entries + 1);
		const [newest] = await auditEntriesOf(db.orm, theCase.id, 1);
		expect(newest).toMatchObject({ action: 'minutes.amend', personId: people.teacher.id });
		const { amendments, hash } = await json<MinutesAnswer>('lead', minutesPath(first));
		expect(amendments).toEqual([
			expect.objectContaining({
				text: 'Bente kan først den 30.',
				author: expect.objectContaining({ name: people.teacher.name }),
			}),
		]);
		expect(hash).toBe(before.hash);
	});

	test('sent again under its id it stands there once; other words under the id are refused', async () => {
		const entries = await product.entries();
		const send = (text: string) => request('teacher', `${minutesPath(second)}/amendments`, { id, text });
		const id = newId();
		for (const _ of [1, 2]) expect((await send('Også den 30.')).status).toBe(201);
		expect((await send('Ikke den 30.')).status).toBe(409);
		expect(await product.entries()).toBe(entries + 1);
		const { amendments } = await json<MinutesAnswer>('lead', minutesPath(second));
		expect(amendments.map(({ text }) => text)).toEqual(['Også den 30.']);
	});

	test('is sealed at rest', async () => {
		const { rows } = await db.pool.query<{ sealed_text: Buffer }>('select sealed_text from minutes_amendment');
		expect(rows[0]!.sealed_text.includes('Bente')).toBe(false);
	});

	test('is not for who does not read the minutes, nor without words', async () => {
		for (const who of ['mentorA', 'otherLead', 'stranger'] as const)
			expect((await request(who, `${minutesPath(first)}/amendments`, { text: 'x' })).status).toBe(404);
		expect((await request('teacher', `${minutesPath(first)}/amendments`, { text: '  ' })).status).toBe(400);
	});
});

describe('the chain', () => {
	const verify = async (key: Buffer | null) => verifySnapshots(db.orm, key, theCase.id);
	const keyOf = () => product.keys.open(db.orm, theCase.dataKeyId);
	const tampering = async (statement: string, undo: string, run: () => Promise<void>): Promise<void> => {
		await db.pool.query('alter table snapshot_part disable trigger all');
		await db.pool.query('alter table snapshot disable trigger all');
		await db.pool.query(statement);
		await run();
		await db.pool.query(undo);
	};

	test('is whole, and the minutes say so', async () => {
		expect(await verify(await keyOf())).toEqual({ count: 2, brokenAt: null, isReadable: true });
		expect((await json<MinutesAnswer>('lead', minutesPath(second))).chain).toEqual({ count: 2, brokenAt: null });
	});

	test('finds a changed hash, changed bytes and a part that was taken away', async () => {
		const key = await keyOf();
		const flip = (column: string) => `set_byte(${column}, 3, get_byte(${column}, 3) # 1)`;
		const one = `(select id from snapshot_part order by id limit 1)`;
		for (const column of ['hash', 'sealed_content']) {
			const change = `update snapshot_part set ${column} = ${flip(column)} where id = ${one}`;
			await tampering(change, change, async () => expect((await verify(key)).brokenAt).toBe(1));
		}
		const last = 'update snapshot set hash = ' + flip('hash') + ' where position = 2';
		await tampering(last, last, async () => expect((await verify(key)).brokenAt).toBe(2));
		const away = `create table taken as select * from snapshot_part where id = ${one}; delete from snapshot_part where id in (select id from taken)`;
		const back = 'insert into snapshot_part select * from taken; drop table taken';
		await tampering(away, back, async () => expect((await verify(key)).brokenAt).toBe(1));
		expect((await verify(key)).brokenAt).toBeNull();
	});

	test('can be followed after an erasure, when nobody can read what it holds', async () => {
		await destroyDataKey(db.orm, theCase.dataKeyId, NOON);
		product.keys.forget(theCase.dataKeyId);
		expect(await verify(null)).toEqual({ count: 2, brokenAt: null, isReadable: false });
		expect((await request('lead', minutesPath(first))).status).toBe(404);
		expect(await json('lead', `/minutes/${first}`)).toMatchObject({ items: [{ caseId: null, citizenName: null }] });
	});
});
