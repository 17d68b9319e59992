import { beforeAll, describe, expect, test } from 'vitest';
import type { CaseBoard } from '../../../server/api/case-board.ts';
import { aDatabase } from '../../support/database.ts';
import {
	aFullCase,
	CITIZEN,
	foundIn,
	PLANTED,
	RELEASE_DAY,
	type FullCase,
	type PlantedIn,
	type Who,
} from '../../support/full-case.ts';

const db = await aDatabase();
let full: FullCase;
beforeAll(async () => {
	full = await aFullCase(db);
});

const TEAM: readonly PlantedIn[] = ['team', 'placementA', 'placementB'];

/** PRODUCT.md, "Who sees what", row by row. Undefined: the case does not exist for them. */
const SEES: readonly (readonly [Who, readonly PlantedIn[] | undefined])[] = [
	['lead', TEAM],
	['jobConsultant', TEAM],
	['caseWorker', TEAM],
	['teacher', TEAM],
	['socialMentor', TEAM],
	['substanceCounsellor', TEAM],
	['psychologist', [...TEAM, 'clinical', 'drafts']],
	['healthStaff', [...TEAM, 'clinical']],
	['justiceReader', [...TEAM, 'justice']],
	['mentorA', ['placementA']],
	['mentorB', ['placementB']],
	['prison', ['justice']],
	['otherLead', undefined],
	['stranger', undefined],
	['admin', undefined],
];

test('everybody asking at once gets what they get alone', async () => {
	const path = `/cases/${full.case.id}/board`;
	for (const [who] of SEES) await full.cookieOf(who);
	const read = async (who: Who) => {
		const { now: _, ...board } = (await (await full.request(who, path)).json()) as CaseBoard;
		return board;
	};
	const atOnce = await Promise.all(SEES.map(([who]) => read(who)));
	for (const [index, [who]] of SEES.entries()) expect(atOnce[index]).toEqual(await read(who));
});

describe.each(SEES)('%s', (who, sees) => {
	const board = async () => full.request(who, `/cases/${full.case.id}/board`);

	test('gets exactly their compartments on the board', async () => {
		const response = await board();
		const body = await response.text();
		expect(response.status).toBe(sees ? 200 : 404);
		expect(foundIn(body).sort()).toEqual([...(sees ?? [])].sort());
		for (const compartment of sees ?? []) for (const word of PLANTED[compartment]) expect(body).toContain(word);
	});

	test('gets exactly their compartments of the stream', async () => {
		const response = await full.request(who, `/cases/${full.case.id}/observations`);
		const body = await response.text();
		expect(response.status).toBe(sees ? 200 : 404);
		expect(foundIn(body).sort()).toEqual((sees ?? []).filter((each) => each !== 'drafts').sort());
	});

	test('finds the case in the list exactly when it is theirs, and no other', async () => {
		const body = await (await full.request(who, '/cases')).text();
		expect(body.includes(CITIZEN)).toBe(sees !== undefined);
		const purposes = who === 'mentorA' ? ['placementA'] : who === 'mentorB' ? ['placementB'] : [];
		const other = who === 'otherLead' ? ['otherCase'] : [];
		expect(foundIn(body)).toEqual([...(sees?.includes('team') ? ['team'] : purposes), ...other]);
	});

	test('connects to exactly the documents they may open', async () => {
		const response = await full.request(who, `/cases/${full.case.id}`);
		expect(response.status).toBe(sees ? 200 : 404);
		if (!sees) return;
		const { documents } = (await response.json()) as { documents: { compartment: string; name: string; access: string }[] };
		const { a, b } = full.placements;
		const expected = [
			...(sees.includes('team') ? [`${full.case.id}.team.e1`] : []),
			...(sees.includes('placementA') ? [`${full.case.id}.placement-${a.id}.e1`] : []),
			...(sees.includes('placementB') ? [`${full.case.id}.placement-${b.id}.e1`] : []),
			`${full.case.id}.private-${full.people[who].id}.e1`,
		];
		expect(documents.map(({ name }) => name).sort()).toEqual(expected.sort());
		expect(documents.every(({ access }) => access === 'write')).toBe(true);
	});

	test('is shown who will be able to read only of compartments they read themselves', async () => {
		const asked = [
			['team', 'team', ''],
			['clinical', 'clinical', ''],
			['justice', 'justice', ''],
			['placementA', 'placement', `&placementId=${full.placements.a.id}`],
			['placementB', 'placement', `&placementId=${full.placements.b.id}`],
		] as const;
		for (const [where, kind, more] of asked) {
			const response = await full.request(who, `/cases/${full.case.id}/readers?compartment=${kind}${more}`);
			expect([where, response.status]).toEqual([where, sees?.includes(where) ? 200 : 404]);
		}
	});

	test('gets the summary only as a prison partner, and no more than it says', async () => {
		const response = await full.request(who, `/cases/${full.case.id}/summary`);
		expect(response.status).toBe(who === 'prison' ? 200 : 404);
		if (who !== 'prison') return;
		const coordinator = full.people.jobConsultant.name;
		expect(await response.json()).toEqual({ id: full.case.id, citizenName: CITIZEN, coordinator, releaseDay: RELEASE_DAY });
	});

	test('is told the release day only with the line about the sentence', async () => {
		const body = `${await (await board()).text()}${await (await full.request(who, '/cases')).text()}`;
		expect(body.includes(RELEASE_DAY)).toBe(sees?.includes('justice') ?? false);
	});
});

describe('a company mentor', () => {
	const read = async (who: Who): Promise<CaseBoard> =>
		(await full.request(who, `/cases/${full.case.id}/board`)).json() as Promise<CaseBoard>;

	test('never meets a track type, a phase, an age, a team or a profession that names a track', async () => {
		const body = JSON.stringify(await read('mentorA'));
		for (const word of [
			'psychologist',
			'substance',
			'health-staff',
			'teacher',
			'social-mentor',
			'Psykolog',
			'Planted Team',
			'Planted Region',
			'released',
		]) {
			expect(body).not.toContain(word);
		}
		const board = await read('mentorA');
		expect(board).toMatchObject({
			case: { age: null, phase: null, team: null, releaseDay: null },
			template: { name: null, trackTypes: [], phases: [] },
		});
	});

	test('sees the faces of everybody who reads the placement, the other company apart', async () => {
		const { people } = await read('mentorA');
		const ids = people.map(({ id }) => id);
		expect(ids).toContain(full.people.psychologist.id);
		expect(people.find(({ id }) => id === full.people.psychologist.id)).toMatchObject({
			profession: null,
			organisation: null,
			external: true,
		});
		expect(people.find(({ id }) => id === full.people.jobConsultant.id)).toMatchObject({
			profession: null,
			isCoordinator: true,
		});
		for (const who of ['mentorB', 'prison', 'stranger', 'admin'] as const) expect(ids).not.toContain(full.people[who].id);
	});

	test('sees one placement, their own', async () => {
		const board = await read('mentorA');
		expect(board.placements.map(({ id }) => id)).toEqual([full.placements.a.id]);
		expect(board.shareTo).toEqual([{ compartment: 'placement', placementId: full.placements.a.id }]);
	});
});

test('a prison partner sees who reads the line about the sentence and no other colleague but the coordinator', async () => {
	const board = (await (await full.request('prison', `/cases/${full.case.id}/board`)).json()) as CaseBoard;
	expect(board.people.map(({ id }) => id).sort()).toEqual([full.people.prison.id, full.people.justiceReader.id].sort());
	expect(board.coordinators.map(({ person }) => person.name)).toEqual([full.people.jobConsultant.name]);
	expect(board.placements).toEqual([]);
});

test('only who manages access is told what it rests on', async () => {
	const withAccess = async (who: Who) => {
		const { people, may } = (await (await full.request(who, `/cases/${full.case.id}/board`)).json()) as CaseBoard;
		return [may.manageAccess, people.some(({ access }) => access.length > 0)];
	};
	expect(await withAccess('lead')).toEqual([true, true]);
	expect(await withAccess('caseWorker')).toEqual([false, false]);
});

test('nobody signed in gets nothing', async () => {
	for (const path of [
		'/cases',
		`/cases/${full.case.id}`,
		`/cases/${full.case.id}/board`,
		`/cases/${full.case.id}/observations`,
	]) {
		expect((await full.api.request(`http://tavle.test/api/v1${path}`)).status).toBe(401);
	}
});
