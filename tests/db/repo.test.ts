import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { openDatabase, transaction } from '../../db/client.ts';
import { loadAmendments, loadComments } from '../../db/repo/observation-read.ts';
import { insertAmendment, insertComment, insertObservation, type Observation } from '../../db/repo/observation.ts';
import { organisationsOf } from '../../db/repo/organisation.ts';
import { peopleOf } from '../../db/repo/person.ts';
import { insertRightsChange, newestRightsChange, rightsChangesAfter } from '../../db/repo/rights-change.ts';
import { insertTemplateVersion, templatesValidOn } from '../../db/repo/template.ts';
import { deleteUnsentTextsBefore, findUnsentText, insertUnsentText } from '../../db/repo/unsent-text.ts';
import type {
	AmendmentId,
	CommentId,
	DraftId,
	ObservationId,
	PersonId,
	TemplateVersionId,
	UnsentTextId,
} from '../../domain/ids.ts';
import { anOrganisation, aPerson, aStaffedCase, NOON, someCaseKeys } from '../support/case-builders.ts';
import { aDatabase } from '../support/database.ts';

const db = await aDatabase();
const keys = someCaseKeys();
const sealed = Buffer.from('sealed');

describe('observations', () => {
	const anObservation = async (): Promise<Observation> => {
		const {
			case: { id: caseId },
			teacher,
		} = await aStaffedCase(db.orm, keys);
		return {
			id: newId<ObservationId>(),
			caseId,
			compartment: 'team',
			placementId: null,
			authorId: teacher.id,
			draftId: newId<DraftId>(),
			kind: 'fact',
			trackId: null,
			sealedText: sealed,
			sharedAt: NOON,
		};
	};

	test('sharing a draft twice is one observation: the first', async () => {
		const row = await anObservation();
		expect(await insertObservation(db.orm, row)).toEqual({ observation: row, isNew: true });
		const again = { ...row, id: newId<ObservationId>(), sealedText: Buffer.from('later') };
		expect(await insertObservation(db.orm, again)).toEqual({ observation: row, isNew: false });
		const { rows } = await db.pool.query<{ id: string }>('select id from observation where case_id = $1', [row.caseId]);
		expect(rows).toEqual([{ id: row.id }]);
	});

	test('the same draft shared by two tabs at once is one observation for both', async () => {
		const row = await anObservation();
		const tabs = Array.from({ length: 5 }, () =>
			transaction(db, (tx) => insertObservation(tx, { ...row, id: newId<ObservationId>() })),
		);
		const shared = await Promise.all(tabs);
		expect(shared.filter(({ isNew }) => isNew)).toHaveLength(1);
		expect(new Set(shared.map(({ observation }) => observation.id)).size).toBe(1);
	});

	test('one in a placement names which, and no other does', async () => {
		const row = await anObservation();
		await expect(insertObservation(db.orm, { ...row, compartment: 'placement' })).rejects.toMatchObject({
			cause: { constraint: 'observation_placement' },
		});
	});

	test('amendments and comments come back in the order they were made', async () => {
		const row = await anObservation();
		await insertObservation(db.orm, row);
		const later = new Date(NOON.getTime() + 1_000);
		for (const amendedAt of [later, NOON])
			await insertAmendment(db.orm, { id: newId<AmendmentId>(), observationId: row.id, sealedText: sealed, amendedAt });
		await insertComment(db.orm, {
			id: newId<CommentId>(),
			observationId: row.id,
			authorId: row.authorId,
			sealedText: sealed,
			commentedAt: NOON,
		});
		expect((await loadAmendments(db.orm, [row.id])).map(({ amendedAt }) => amendedAt)).toEqual([NOON, later]);
		expect(await loadComments(db.orm, [row.id])).toHaveLength(1);
	});

	test('a comment that comes twice is stored once; one that only something else keeps out is not taken for stored', async () => {
		const row = await anObservation();
		await insertObservation(db.orm, row);
		const comment = () => ({
			id: newId<CommentId>(),
			observationId: row.id,
			authorId: row.authorId,
			sealedText: sealed,
			commentedAt: NOON,
		});
		const mine = comment();
		const kept = transaction(db, async (tx) => {
			await tx.execute(
				sql`create unique index one_comment on observation_comment (observation_id) where observation_id = ${sql.raw(`'${row.id}'`)}`,
			);
			expect([await insertComment(tx, mine), await insertComment(tx, mine)]).toEqual([undefined, mine]);
			await insertComment(tx, comment());
		});
		await expect(kept).rejects.toMatchObject({ cause: { constraint: 'one_comment' } });
	});
});

describe('the outbox of rights', () => {
	test('whoever has read up to an id has missed none before it, though transactions overlap', async () => {
		const other = openDatabase(db.url);
		const start = await newestRightsChange(db.orm);
		const personId = newId<PersonId>();
		const { promise: mayCommit, resolve: commit } = Promise.withResolvers<void>();
		const { promise: written, resolve: wrote } = Promise.withResolvers<void>();
		const slow = transaction(db, async (tx) => {
			await insertRightsChange(tx, { caseId: null, personId, at: NOON });
			wrote();
			await mayCommit;
		});
		await written;
		const fast = transaction(other, (tx) => insertRightsChange(tx, { caseId: null, personId, at: NOON }));
		await Promise.race([fast, new Promise((resolve) => setTimeout(resolve, 200))]);
		expect(await rightsChangesAfter(db.orm, start)).toEqual([]);
		commit();
		await Promise.all([slow, fast]);
		const changes = await rightsChangesAfter(db.orm, start);
		expect(changes).toHaveLength(2);
		expect(await newestRightsChange(db.orm)).toBe(changes[1]!.id);
		await other.close();
	});
});

test('unsent text opens for its author alone; it goes after its time', async () => {
	const {
		case: { id: caseId },
		teacher,
		lead,
	} = await aStaffedCase(db.orm, keys);
	const row = { id: newId<UnsentTextId>(), caseId, authorId: teacher.id, length: 12, sealed, sealedAt: NOON };
	await insertUnsentText(db.orm, row);
	expect(await findUnsentText(db.orm, row.id, teacher.id)).toEqual(row);
	expect(await findUnsentText(db.orm, row.id, lead.id)).toBeUndefined();
	expect(await deleteUnsentTextsBefore(db.orm, NOON)).toBe(0);
	expect(await deleteUnsentTextsBefore(db.orm, new Date(NOON.getTime() + 1))).toBe(1);
});

test('a template counts from its first day through its last, the newest version of each', async () => {
	const { id: organisationId } = await anOrganisation(db.orm);
	const aVersion = async (version: number, validFrom: string, validUntil: string | null) =>
		insertTemplateVersion(db.orm, {
			id: newId<TemplateVersionId>(),
			organisationId,
			templateKey: 'forløb',
			version,
			validFrom,
			validUntil,
			content: { version },
			createdAt: NOON,
		});
	await aVersion(1, '2026-01-01', null);
	await aVersion(2, '2026-11-01', '2026-11-30');
	const versionsOn = async (day: string) => (await templatesValidOn(db.orm, organisationId, day)).map(({ version }) => version);
	expect(await versionsOn('2025-12-31')).toEqual([]);
	expect(await versionsOn('2026-10-31')).toEqual([1]);
	expect(await versionsOn('2026-11-30')).toEqual([2]);
	expect(await versionsOn('2026-12-01')).toEqual([1]);
});

test('partners belong to their municipality, and their people are outsiders there', async () => {
	const [host, elsewhere] = [await anOrganisation(db.orm), await anOrganisation(db.orm)];
	const bakery = await anOrganisation(db.orm, { hostId: host.id, name: 'Ågårdens Bageri' });
	const mentor = await aPerson(db.orm, {
		organisationId: bakery.id,
		email: 'mentor@bageri.example',
		profession: 'company-mentor',
	});
	await aPerson(db.orm, { organisationId: elsewhere.id });
	expect((await organisationsOf(db.orm, host.id)).map(({ id }) => id).sort()).toEqual([host.id, bakery.id].sort());
	expect(await peopleOf(db.orm, host.id)).toEqual([
		{ ...mentor, endedAt: null, organisationName: 'Ågårdens Bageri', hostId: host.id, external: true },
	]);
});
