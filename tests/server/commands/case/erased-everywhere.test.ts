/**
 * Scenario 11 (docs/guide/sync.md): words are written everywhere a case keeps words, the case is erased, and then a dump, the
 * files of the database and its log are searched, and everything that is left is tried with every key that is left.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDecision } from '../../../../board/edit/decision.ts';
import { addDraft } from '../../../../board/edit/draft.ts';
import { addTask, dropTask } from '../../../../board/edit/task.ts';
import { replaceText } from '../../../../board/edit/text.ts';
import { addTrack } from '../../../../board/edit/track.ts';
import { newId } from '../../../../board/new-id.ts';
import { agreedTextName, lineTextName } from '../../../../board/schema.ts';
import { type Database, openDatabase } from '../../../../db/client.ts';
import { startEmbedded } from '../../../../db/embedded.ts';
import type { Embedded } from '../../../../db/embedded/owned-cluster.ts';
import { migrateDatabase } from '../../../../db/migrate.ts';
import { allDataKeys, wipeDestroyedKeys } from '../../../../db/repo/data-key.ts';
import type { DraftId } from '../../../../domain/ids.ts';
import { minutesPlace, snapshotPartPlace } from '../../../../server/log/places.ts';
import { SealBroken, unseal } from '../../../../server/log/seal.ts';
import { CITIZEN_TEXT, MINUTES_AMENDMENT, sealText } from '../../../../server/log/sealed-text.ts';
import { WEEK_47 } from '../../../support/board.ts';
import { aFullCase, CITIZEN, edit, type FullCase, type Who } from '../../../support/full-case.ts';
import { anOpenMeeting } from '../../../support/meeting-builders.ts';
import { dump15, hasPostgresql15, startPostgresql15 } from '../../../support/postgresql-15.ts';
import { aRating, aReveal } from '../../../support/ratings.ts';

/** Every planted word begins so, here and in {@link aFullCase}; names of teams and organisations are no secret and do not. */
const CANARY = 'planted-';
const CPR = '0707011234';
const SECRETS = [CANARY, CITIZEN, CPR];

/** What a file or a dump holds of them, as bytes or, as a dump writes bytes, in hexadecimal. */
function foundIn(bytes: Buffer): string[] {
	return SECRETS.filter((secret) => bytes.includes(secret) || bytes.includes(Buffer.from(secret).toString('hex')));
}

const versions = [
	{ version: 18, present: true, start: (dataDir: string) => startEmbedded({ dataDir }) },
	{ version: 15, present: hasPostgresql15, start: startPostgresql15 },
];

describe.each(versions.filter(({ present }) => present))('PostgreSQL $version', ({ version, start }) => {
	let root: string;
	let cluster: Embedded;
	let db: Database;
	let full: FullCase;
	let kept: Buffer;
	let left: LeftBehind[];
	let wrapped: readonly Buffer[];

	beforeAll(async () => {
		root = mkdtempSync(join(tmpdir(), 'tavle-erase-'));
		execFileSync('chmod', ['711', root]);
		cluster = await start(join(root, 'data'));
		db = openDatabase(cluster.url);
		await migrateDatabase(db);
		full = await aFullCase(db);
		await plantEverywhere(full);
		kept = await full.keys.open(db.orm, full.case.dataKeyId);
		wrapped = await wrappedKeys(full);
		await send(full, 'lead', `/cases/${full.case.id}/close`, {});
		await send(full, 'admin', `/cases/${full.case.id}/erase`, { initials: 'PA' });
		left = await leftBehind(full);
		await db.pool.query('checkpoint');
	});
	afterAll(async () => {
		await db.close();
		await cluster.stop();
		rmSync(root, { recursive: true, force: true });
	});

	// npm's PostgreSQL 18 comes without pg_dump.
	if (version === 15)
		test('a dump holds no word of it', () => {
			const dump = dump15(cluster.url);
			expect(dump.includes('Planted Team')).toBe(true); // the search does look
			expect(foundIn(dump)).toEqual([]);
		});

	const files = () =>
		readdirSync(root, { recursive: true, withFileTypes: true })
			.filter((each) => each.isFile())
			.map(({ parentPath, name }) => ({ path: join(parentPath, name), bytes: readFileSync(join(parentPath, name)) }));

	test('no file of the database holds a word of it, also not its log', () => {
		const read = files();
		expect(read.some(({ bytes }) => bytes.includes('Planted Team'))).toBe(true);
		expect(read.some(({ path }) => path.endsWith('postgres.log'))).toBe(true);
		expect(read.flatMap(({ path, bytes }) => foundIn(bytes).map((word) => `${word} in ${path}`))).toEqual([]);
	});

	test('within the hour no table holds the destroyed keys as dead rows; the database’s own log does until it is recycled', async () => {
		const holding = () => files().filter(({ bytes }) => wrapped.some((key) => bytes.includes(key)));
		expect(holding().some(({ path }) => path.includes('/base/'))).toBe(true); // the search does look
		await wipeDestroyedKeys(db, full.now());
		await db.pool.query('checkpoint');
		expect(
			holding()
				.map(({ path }) => path)
				.filter((path) => !path.includes('/pg_wal/')),
		).toEqual([]);
	});

	test('what the chains keep opened with the destroyed key, and opens with none that is left', async () => {
		expect(left.map(({ what }) => what).sort()).toEqual([
			'amendment',
			'minutes',
			...Array(5).fill('part'),
			...Array(3).fill('part document'),
		]);
		const words = left.map(({ sealed, place }) => unseal(kept, sealed, place).toString('latin1')).join(' ');
		expect(words).toContain('planted-amended-minutes');
		const keys = (await allDataKeys(db.orm)).filter(({ wrapped }) => wrapped !== null).map(({ id }) => id);
		const opened = await full.keys.openAll(db.orm, keys);
		expect([keys.length, opened.size]).toEqual([2, 2]); // the other case and its citizen
		for (const key of opened.values())
			for (const { sealed, place } of left) expect(() => unseal(key, sealed, place)).toThrow(SealBroken);
	});
});

async function send(full: FullCase, who: Who, path: string, body: object): Promise<Record<string, string>> {
	const answer = await full.request(who, path, body);
	if (!answer.ok) throw new Error(`${path} gave ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as Record<string, string>;
}

/** Where {@link aFullCase} has no words yet: lines, drafts, drops, decisions, comments, amendments, ratings, minutes, unsent text, CPR. */
async function plantEverywhere(full: FullCase): Promise<void> {
	const { case: theCase, people, log, db, keys } = full;
	const caseId = theCase.id;
	await edit(log, { caseId, compartment: { kind: 'team' }, by: people.teacher.id }, (doc, by) => {
		const track = addTrack(doc, by, { type: 'education', label: 'planted-second-track', owner: people.teacher.id }).id;
		replaceText(doc, lineTextName(WEEK_47, track), 'planted-line', by.origin);
		replaceText(doc, agreedTextName(WEEK_47, 'biggest-obstacle'), 'planted-agreed', by.origin);
		dropTask(doc, by, addTask(doc, by, { text: 'planted-dropped-task' }).id, 'planted-reason');
		addDecision(doc, by, { week: WEEK_47, text: 'planted-decision' });
	});
	await edit(log, { caseId, compartment: { kind: 'private', personId: people.teacher.id }, by: people.teacher.id }, (doc, by) => {
		addDraft(doc, by, { kind: 'fact', track: null, compartment: 'team', text: 'planted-draft-of-teacher' });
	});
	const shared = { draftId: newId<DraftId>(), text: 'planted-shared', kind: 'fact', trackId: null, compartment: 'team' };
	const { observationId } = await send(full, 'teacher', `/cases/${caseId}/observations`, shared);
	await send(full, 'teacher', `/observations/${observationId}/amendments`, { text: 'planted-amended' });
	await send(full, 'lead', `/observations/${observationId}/comments`, { text: 'planted-comment' });
	await send(full, 'teacher', `/cases/${caseId}/ratings`, aRating(3));
	await send(full, 'lead', `/cases/${caseId}/ratings/reveal`, aReveal());
	await log.projectBehind();
	const meetingId = await anOpenMeeting(db.orm, { team: full.team, chairId: people.lead.id, items: [{ caseId, state: 'done' }] });
	await send(full, 'lead', `/meetings/${meetingId}/close`, {});
	await send(full, 'lead', `/minutes/${meetingId}/${caseId}/amendments`, { text: 'planted-amended-minutes' });
	await send(full, 'teacher', '/unsent-texts', { caseId, text: 'planted-unsent' });
	const {
		rows: [citizen],
	} = await db.pool.query<{ data_key_id: typeof theCase.dataKeyId }>('select data_key_id from citizen where id = $1', [
		theCase.citizenId,
	]);
	const sealed = sealText(await keys.open(db.orm, citizen!.data_key_id), CPR, CITIZEN_TEXT.cpr, theCase.citizenId);
	await db.pool.query('update citizen set sealed_cpr = $1, cpr_index = $2 where id = $3', [
		sealed,
		keys.cprIndex(theCase.organisationId, CPR),
		theCase.citizenId,
	]);
}

/** The keys of the case and of its citizen, as they lie in the database. */
async function wrappedKeys({ db, case: { dataKeyId, citizenId } }: FullCase): Promise<readonly Buffer[]> {
	const { rows } = await db.pool.query<{ wrapped: Buffer }>(
		'select wrapped from data_key where id = $1 or id = (select data_key_id from citizen where id = $2)',
		[dataKeyId, citizenId],
	);
	return rows.map((row) => row.wrapped);
}

interface LeftBehind {
	readonly what: string;
	readonly sealed: Buffer;
	readonly place: string;
}

/** Every sealed piece that an erased case still has rows for. */
async function leftBehind({ db, case: { id } }: FullCase): Promise<LeftBehind[]> {
	const of = async <Row>(statement: string) => (await db.pool.query(statement, [id])).rows as Row[];
	const parts = await of<{ id: never; content: Buffer; document: Buffer | null }>(
		`select p.id, sealed_content as content, sealed_document as document
		from snapshot_part p join snapshot s on s.id = p.snapshot_id where s.case_id = $1`,
	);
	const minutes = await of<{ meeting: never; sealed: Buffer }>(
		'select meeting_id as meeting, sealed from minutes where case_id = $1',
	);
	const amendments = await of<{ id: string; sealed: Buffer }>(
		'select id, sealed_text as sealed from minutes_amendment where case_id = $1',
	);
	return [
		...parts.map((part) => ({ what: 'part', sealed: part.content, place: snapshotPartPlace(part.id, 'content') })),
		...parts.flatMap((part) =>
			part.document ? [{ what: 'part document', sealed: part.document, place: snapshotPartPlace(part.id, 'document') }] : [],
		),
		...minutes.map(({ meeting, sealed }) => ({ what: 'minutes', sealed, place: minutesPlace(meeting, id) })),
		...amendments.map((row) => ({ what: 'amendment', sealed: row.sealed, place: `${MINUTES_AMENDMENT}:${row.id}` })),
	];
}
