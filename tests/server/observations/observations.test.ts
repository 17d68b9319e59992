import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../board/new-id.ts';
import { auditEntriesOf } from '../../../db/repo/audit.ts';
import { closeCase } from '../../../db/repo/case.ts';
import type { DraftId, ObservationId, TrackId } from '../../../domain/ids.ts';
import type { ObservationView } from '../../../server/api/case-board.ts';
import { aDatabase } from '../../support/database.ts';
import { aFullCase, type FullCase, type Who } from '../../support/full-case.ts';

const db = await aDatabase();
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
let full: FullCase;
beforeAll(async () => {
	full = await aFullCase(db);
});
beforeEach(() => {
	full.announced.length = 0;
	full.clock.ms += 1_000;
});

const draft = (given: object = {}) => ({
	draftId: newId<DraftId>(),
	kind: 'fact',
	compartment: 'team',
	text: 'Hun kom selv.',
	...given,
});
const share = (who: Who, body: object) => full.request(who, `/cases/${full.case.id}/observations`, body);
const shared = async (who: Who, body: object): Promise<ObservationId> =>
	((await (await share(who, body)).json()) as { observationId: ObservationId }).observationId;
const stream = async (who: Who) =>
	((await (await full.request(who, `/cases/${full.case.id}/observations`)).json()) as { observations: ObservationView[] })
		.observations;
const one = async (who: Who, id: ObservationId) => (await stream(who)).find((each) => each.id === id);

describe('observation/share, handleShareObservation', () => {
	test('makes a draft an authored row at the top of the stream', async () => {
		const trackId = newId<TrackId>();
		const body = draft({ kind: 'suggestion', trackId });
		const id = await shared('teacher', body);
		const [top] = await stream('caseWorker');
		expect(top).toMatchObject({
			id,
			kind: 'suggestion',
			trackId,
			compartment: 'team',
			text: 'Hun kom selv.',
			author: { id: full.people.teacher.id, profession: 'teacher' },
			sharedAt: full.now().toISOString(),
			draftId: null,
			mayAmend: false,
			mayComment: true,
			amendments: [],
			comments: [],
		});
		expect(await one('teacher', id)).toMatchObject({ draftId: body.draftId, mayAmend: true });
	});

	test('is idempotent by draft: the second call answers with the first’s id, and nothing else happens', async () => {
		const body = draft();
		const first = await share('teacher', body);
		const entries = await full.entries();
		full.announced.length = 0;
		const second = await share('teacher', body);
		expect([first.status, second.status]).toEqual([201, 200]);
		const { observationId } = (await first.json()) as { observationId: ObservationId };
		expect(await second.json()).toEqual({ observationId });
		expect(await full.entries()).toBe(entries);
		expect(full.announced).toEqual([]);
	});

	test.each([{ text: 'other words' }, { kind: 'interpretation' }, { compartment: 'clinical' }])(
		'refuses to share a draft again as something else, and says what it became: %j',
		async (changed) => {
			const body = draft();
			const observationId = await shared('psychologist', body);
			const entries = await full.entries();
			const again = await share('psychologist', { ...body, ...changed });
			expect(await again.json()).toMatchObject({ status: 409, code: 'already-shared', observationId });
			expect(await full.entries()).toBe(entries);
			expect(await one('psychologist', observationId)).toMatchObject({
				text: 'Hun kom selv.',
				kind: 'fact',
				compartment: 'team',
			});
		},
	);

	test('is idempotent when both calls come at once', async () => {
		const body = draft();
		const answers = await Promise.all([share('teacher', body), share('teacher', body), share('teacher', body)]);
		const ids = new Set(
			await Promise.all(answers.map(async (each) => ((await each.json()) as { observationId: string }).observationId)),
		);
		expect(ids.size).toBe(1);
		expect((await stream('teacher')).filter(({ draftId }) => draftId === body.draftId)).toHaveLength(1);
	});

	test('keeps one person’s draft apart from another’s of the same id', async () => {
		const body = draft();
		expect(await shared('teacher', body)).not.toBe(await shared('caseWorker', body));
	});

	test('writes one audit entry, without a word of the text', async () => {
		const before = await full.entries();
		const id = await shared('psychologist', draft({ compartment: 'clinical' }));
		expect(await full.entries()).toBe(before + 1);
		const [entry] = await auditEntriesOf(db.orm, full.case.id, 1);
		expect(entry).toMatchObject({
			action: 'observation.share',
			personId: full.people.psychologist.id,
			subject: { caseId: full.case.id, observationId: id },
			compartments: ['clinical'],
		});
		expect(JSON.stringify(entry)).not.toContain('Hun kom');
	});

	test('announces ids only, after the commit', async () => {
		const id = await shared('teacher', draft());
		expect(full.announced).toEqual([
			{ kind: 'observations', caseId: full.case.id, observationId: id, compartment: { kind: 'team' } },
		]);
	});

	test.each([
		['teacher', { compartment: 'clinical' }, 403],
		['teacher', { compartment: 'justice' }, 403],
		['prison', { compartment: 'team' }, 403],
		['mentorA', { compartment: 'team' }, 403],
		['psychologist', { compartment: 'clinical' }, 201],
		['prison', { compartment: 'justice' }, 201],
	] as const)('%s sharing to %o is answered %i', async (who, where, status) => {
		expect((await share(who, draft(where))).status).toBe(status);
	});

	test('does not tell a company mentor that there is another placement', async () => {
		const { a, b } = full.placements;
		expect((await share('mentorA', draft({ compartment: 'placement', placementId: a.id }))).status).toBe(201);
		expect((await share('mentorA', draft({ compartment: 'placement', placementId: b.id }))).status).toBe(404);
		expect((await share('mentorA', draft({ compartment: 'placement', placementId: newId() }))).status).toBe(404);
		expect((await share('mentorA', draft({ compartment: 'placement' }))).status).toBe(400);
	});

	test('takes no track from somebody who may not know of tracks', async () => {
		const id = await shared('mentorA', draft({ compartment: 'placement', placementId: full.placements.a.id, trackId: newId() }));
		expect((await one('lead', id))?.trackId).toBeNull();
	});

	test.each(['otherLead', 'stranger', 'admin'] as const)('hides the case from %s', async (who) => {
		const before = await full.entries();
		expect((await share(who, draft())).status).toBe(404);
		expect(await full.entries()).toBe(before);
		expect(full.announced).toEqual([]);
	});

	test('refuses nothing at all and too much, and stores words as they were typed', async () => {
		expect((await share('teacher', draft({ text: ' \n ' }))).status).toBe(400);
		expect((await share('teacher', draft({ text: 'a'.repeat(8_001) }))).status).toBe(400);
		const id = await shared('teacher', draft({ text: '  to linjer\n\n  og æøå 🙂 ' }));
		expect((await one('teacher', id))?.text).toBe('  to linjer\n\n  og æøå 🙂 ');
	});

	test('leaves no readable words in the table', async () => {
		await shared('teacher', draft({ text: 'needle-in-the-table' }));
		const { rows } = await db.pool.query<{ found: boolean }>(
			"select bool_or(position('needle'::bytea in sealed_text) > 0) as found from observation",
		);
		expect(rows[0]?.found).toBe(false);
	});
});

describe('observation/amend, handleAmendObservation', () => {
	const amend = (who: Who, id: ObservationId, text = 'Rettet.') => full.request(who, `/observations/${id}/amendments`, { text });

	test('keeps the first words and adds the later ones', async () => {
		const id = await shared('teacher', draft());
		const before = await full.entries();
		expect((await amend('teacher', id, 'Hun kom med sin mor.')).status).toBe(201);
		expect(await full.entries()).toBe(before + 1);
		expect((await auditEntriesOf(db.orm, full.case.id, 1))[0]).toMatchObject({
			action: 'observation.amend',
			personId: full.people.teacher.id,
		});
		full.clock.ms += 1_000;
		await amend('teacher', id, 'Hun kom med sin søster.');
		expect(await one('caseWorker', id)).toMatchObject({
			text: 'Hun kom selv.',
			amendments: [{ text: 'Hun kom med sin mor.' }, { text: 'Hun kom med sin søster.' }],
		});
	});

	test('sent again under its id it stands there once; other words under the id are refused', async () => {
		const observationId = await shared('teacher', draft());
		const before = await full.entries();
		const send = (words: object) => full.request('teacher', `/observations/${observationId}/amendments`, words);
		const words = { id: newId(), text: 'Hun kom med sin mor.' };
		for (const _ of [1, 2]) expect((await send(words)).status).toBe(201);
		expect(await full.entries()).toBe(before + 1);
		const refused = await send({ ...words, text: 'Hun kom alene.' });
		expect([refused.status, await codeOf(refused)]).toEqual([409, 'id-taken']);
		expect((await one('caseWorker', observationId))?.amendments).toMatchObject([{ text: 'Hun kom med sin mor.' }]);
	});

	test('is for the author alone', async () => {
		const id = await shared('teacher', draft());
		const before = await full.entries();
		expect((await amend('lead', id)).status).toBe(403);
		expect((await amend('otherLead', id)).status).toBe(404);
		expect(await full.entries()).toBe(before);
		expect(await one('teacher', id)).toMatchObject({ amendments: [] });
	});

	test('hides what the caller may not read: a colleague asking for a clinical one is told nothing', async () => {
		const id = await shared('psychologist', draft({ compartment: 'clinical' }));
		expect((await amend('teacher', id)).status).toBe(404);
		expect((await amend('teacher', newId())).status).toBe(404);
	});
});

describe('observation/comment, handleCommentObservation', () => {
	const comment = (who: Who, id: ObservationId, text = 'Enig.') => full.request(who, `/observations/${id}/comments`, { text });

	test('stands under the observation in the commenter’s name', async () => {
		const id = await shared('teacher', draft());
		full.announced.length = 0;
		const before = await full.entries();
		expect((await comment('socialMentor', id)).status).toBe(201);
		expect(await full.entries()).toBe(before + 1);
		expect((await auditEntriesOf(db.orm, full.case.id, 1))[0]).toMatchObject({
			action: 'observation.comment',
			personId: full.people.socialMentor.id,
		});
		expect((await one('lead', id))?.comments).toMatchObject([{ text: 'Enig.', author: { id: full.people.socialMentor.id } }]);
		expect(full.announced).toEqual([
			{ kind: 'observations', caseId: full.case.id, observationId: id, compartment: { kind: 'team' } },
		]);
	});

	test('sent again under its id it stands there once; other words, another place or another person under the id are refused', async () => {
		const [here, there] = [await shared('teacher', draft()), await shared('teacher', draft())];
		const before = await full.entries();
		const send = (who: Who, observationId: ObservationId, words: object) =>
			full.request(who, `/observations/${observationId}/comments`, words);
		const words = { id: newId(), text: 'Enig.' };
		for (const _ of [1, 2]) expect((await send('socialMentor', here, words)).status).toBe(201);
		expect(await full.entries()).toBe(before + 1);
		for (const refused of [
			await send('socialMentor', here, { ...words, text: 'Uenig.' }),
			await send('socialMentor', there, words),
			await send('caseWorker', here, words),
		])
			expect([refused.status, await codeOf(refused)]).toEqual([409, 'id-taken']);
		expect((await one('lead', here))?.comments).toMatchObject([{ text: 'Enig.' }]);
		expect((await one('lead', there))?.comments).toEqual([]);
	});

	test('is hidden from who may not read the compartment, and from another team', async () => {
		const id = await shared('psychologist', draft({ compartment: 'clinical' }));
		const before = await full.entries();
		for (const who of ['teacher', 'mentorA', 'prison', 'otherLead', 'admin'] as const)
			expect((await comment(who, id)).status).toBe(404);
		expect(await full.entries()).toBe(before);
		expect((await comment('healthStaff', id)).status).toBe(201);
	});
});

test('a closed case takes no more words', async () => {
	const id = await shared('otherLead', draft()).catch(() => undefined);
	const body = draft();
	const path = `/cases/${full.otherCase.id}/observations`;
	const { observationId } = (await (await full.request('otherLead', path, body)).json()) as { observationId: ObservationId };
	await closeCase(db.orm, full.otherCase.id, full.now());
	expect(id).toBeUndefined();
	expect((await full.request('otherLead', path, draft())).status).toBe(409);
	expect((await full.request('otherLead', `/observations/${observationId}/amendments`, { text: 'x' })).status).toBe(409);
	expect((await full.request('otherLead', `/observations/${observationId}/comments`, { text: 'x' })).status).toBe(409);
});
