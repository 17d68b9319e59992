/** A board to look at and to test components with, written through the same editors as people use. */
import * as Y from 'yjs';
import type { Editor } from '../../board/edit/editor.ts';
import { setGoalKind, setSaidInWeek, setTargetDay } from '../../board/edit/goal.ts';
import { addTask, dropTask, finishTask, removeTask } from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import { addTrack, pauseTrack } from '../../board/edit/track.ts';
import { setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { projectTeam } from '../../board/project.ts';
import { goalTextName } from '../../board/schema.ts';
import { asId, type PersonId, type TrackId } from '../../domain/ids.ts';
import { addDays, addWeeks, isoWeek, mondayOf, type IsoWeek } from '../../domain/iso-week.ts';
import { defaultTemplate } from '../../domain/programme/default-templates.ts';
import type { CaseBoard, PersonOnCase } from '../../server/api/case-board.ts';

export const FIXTURE_NOW = '2026-11-18T09:14:00.000Z';
export const FIXTURE_WEEK = isoWeek('2026-W47');
const TODAY = '2026-11-18';

const id = <Kind extends string>(number: number): Kind => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}` as Kind;
const person = (
	number: number,
	name: string,
	profession: PersonOnCase['profession'],
	organisation = 'Nordby Kommune',
	external = false,
): PersonOnCase => ({ id: asId(id(number)), name, profession, organisation, external });

export const FIXTURE_PEOPLE = {
	jonas: person(1, 'Jonas Bak', 'team-lead'),
	mette: person(2, 'Mette Lund', 'job-consultant'),
	sofie: person(3, 'Sofie Krag', 'psychologist', 'Region Nord', true),
	peter: person(4, 'Peter Dahl', 'teacher', 'VUC Nord', true),
	ali: person(5, 'Ali Demir', 'social-mentor'),
	karin: person(6, 'Karin Holt', 'case-worker'),
	hanne: person(7, 'Hanne Vig', 'health-staff'),
} as const;
type Who = keyof typeof FIXTURE_PEOPLE;

export function editorOf(who: Who, at = FIXTURE_NOW): Editor {
	const personId = FIXTURE_PEOPLE[who].id;
	return { personId, origin: { source: 'field', personId }, at };
}

interface Lane {
	readonly type: string;
	readonly owner: Who;
	readonly times: number;
	readonly from: number;
	readonly until: number;
	readonly came: readonly (number | null)[];
	readonly label?: string;
}
/** Weeks are counted from week 36, as the mock-up's columns; `came` is the attended share from the first week on. */
const LANES: readonly Lane[] = [
	{ type: 'psychologist', owner: 'sofie', times: 1, from: 1, until: 17, came: [1, 1, 0, 1, 1, 1, 0, 1, 1, null, null] },
	{
		type: 'group-teaching',
		owner: 'peter',
		times: 4,
		from: 0,
		until: 13,
		came: [0.25, 0.5, 0.5, 0.25, 0.5, 0.5, 0.75, 0.75, 0.5, 0.75, 0.75, 1],
	},
	{ type: 'motivation-talks', owner: 'mette', times: 1, from: 0, until: 22, came: [1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1] },
	{ type: 'social-mentor', owner: 'ali', times: 2, from: 3, until: 19, came: [0.5, 1, 0.5, 1, 1, 1, 0.5, 1] },
	{ type: 'health-support', owner: 'hanne', times: 0, from: 5, until: 15, came: [1, 1, 1, 0.5] },
	{ type: 'practical-help', owner: 'karin', times: 0.5, from: 7, until: 14, came: [1, null, 1, null, 1] },
	{ type: 'company-placement', owner: 'mette', times: 2, from: 8, until: 15, came: [0.5, 0.75, 1, 1], label: 'Løvbjerg' },
];

export function fixtureDocument(options: { readonly withoutJob?: boolean } = {}): Y.Doc {
	const doc = new Y.Doc();
	const lead = editorOf('jonas');
	const first = addWeeks(FIXTURE_WEEK, -11);
	replaceText(
		doc,
		goalTextName('citizen'),
		'Jeg vil have et arbejde, hvor jeg bruger hænderne og ved, hvad jeg skal, når jeg kommer.',
		lead.origin,
	);
	replaceText(doc, goalTextName('team'), 'Ordinære løntimer i gartneri, 12 timer om ugen, senest i uge 6.', lead.origin);
	setGoalKind(doc, lead, 'job');
	setTargetDay(doc, lead, '2027-02-12');
	setSaidInWeek(doc, lead, isoWeek('2026-W36'));
	const tracks = LANES.filter(({ type }) => !options.withoutJob || type !== 'company-placement').map((lane) => ({
		lane,
		trackId: fillLane(doc, lane, first),
	}));
	const trackOf = (type: string) => tracks.find(({ lane }) => lane.type === type)?.trackId;
	const health = trackOf('health-support');
	if (health) pauseTrack(doc, lead, health, isoWeek('2026-W45'));
	const mentor = trackOf('social-mentor');
	if (mentor) contest(doc, mentor);
	const psychologist = trackOf('psychologist');
	if (psychologist) setRaise(doc, lead, FIXTURE_WEEK, psychologist, true);
	addTasks(doc, trackOf);
	return doc;
}

function fillLane(doc: Y.Doc, lane: Lane, first: IsoWeek): TrackId {
	const by = editorOf(lane.owner);
	const track = addTrack(doc, by, {
		type: lane.type,
		owner: FIXTURE_PEOPLE[lane.owner].id,
		state: 'running',
		timesPerWeek: lane.times,
		startsOn: mondayOf(addWeeks(first, lane.from)),
		endsOn: addDays(mondayOf(addWeeks(first, lane.until)), 4),
		...(lane.label ? { label: lane.label } : {}),
	});
	const planned = Math.max(1, Math.ceil(lane.times));
	lane.came.forEach((share, index) => {
		if (share === null) return;
		const week = addWeeks(first, lane.from + index);
		const of = lane.type === 'company-placement' ? 4 : planned;
		setAttended(doc, by, week, track.id, { came: Math.round(share * of), planned: of });
		setDirection(
			doc,
			by,
			week,
			track.id,
			lane.type === 'motivation-talks' || lane.type === 'practical-help' ? 'unchanged' : 'forward',
		);
	});
	return track.id;
}

/** Two people chose at once: both stand there until one is picked. */
function contest(doc: Y.Doc, trackId: TrackId): void {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	setDirection(doc, editorOf('ali'), FIXTURE_WEEK, trackId, 'forward');
	setDirection(other, editorOf('karin'), FIXTURE_WEEK, trackId, 'unchanged');
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}

function addTasks(doc: Y.Doc, trackOf: (type: string) => TrackId | undefined): void {
	const rows: readonly [string, Who, string, string?][] = [
		['Få svar fra psykologen om angst i frokoststuen', 'karin', '2026-11-14', 'psychologist'],
		['Aftale faste pauser med Løvbjerg', 'mette', '2026-11-19', 'company-placement'],
		['Køre ruten med bussen sammen', 'ali', '2026-11-20', 'social-mentor'],
		['Spørge Amina, hvem der må se skånehensyn', 'mette', '2026-11-25'],
		['Regne på 12 timer og boligstøtte', 'karin', '2026-12-04', 'practical-help'],
		['Sikkerhedssko udleveret', 'mette', '2026-11-17'],
		['Bestille ergoterapeut', 'hanne', '2026-11-20'],
		['Søge om cykel', 'ali', '2026-11-23'],
	];
	const added = rows.map(([text, owner, dueOn, track]) =>
		addTask(doc, editorOf('jonas', '2026-11-11T09:00:00.000Z'), {
			text,
			owner: FIXTURE_PEOPLE[owner].id,
			dueOn,
			track: (track && trackOf(track)) || null,
		}),
	);
	if (added[5]) finishTask(doc, editorOf('mette', '2026-11-18T08:40:00.000Z'), added[5].id);
	if (added[6]) removeTask(doc, editorOf('jonas', FIXTURE_NOW), added[6].id);
	if (added[7]) dropTask(doc, editorOf('jonas', FIXTURE_NOW), added[7].id, 'bussen kører hver time');
}

export function fixtureBoard(options: { readonly withoutJob?: boolean; readonly access?: 'read' | 'write' } = {}): CaseBoard {
	const template = defaultTemplate('parallel');
	const people = Object.values(FIXTURE_PEOPLE);
	const { jonas, mette, karin, peter, ali, sofie } = FIXTURE_PEOPLE;
	const observation = (
		number: number,
		author: PersonOnCase,
		kind: 'fact' | 'interpretation' | 'suggestion',
		sharedAt: string,
		text: string,
		compartment: 'team' | 'clinical' = 'team',
	) => ({
		id: asId<never>(id(100 + number)),
		compartment,
		placementId: null,
		author,
		kind,
		trackId: null,
		text,
		sharedAt,
		amendments: [],
		comments: [] as CaseBoard['observations'][number]['comments'],
		readerCount: compartment === 'team' ? 9 : 4,
		draftId: null,
		mayAmend: author.id === jonas.id,
		mayComment: true,
	});
	return {
		case: {
			id: asId(id(50)),
			citizenId: asId(id(52)),
			citizenName: 'Amina Holm',
			age: 27,
			phase: template.phases.items[2]?.id ?? null,
			team: { id: asId(id(51)), name: 'Team Vest' },
			releaseDay: null,
			openedAt: '2026-08-24T08:00:00.000Z',
			closedAt: null,
		},
		me: { ...jonas, isCoordinator: false, isLead: true },
		reach: { team: true, clinical: true, justice: false, drafts: true, summary: false, placementIds: [asId(id(60))] },
		may: { manageAccess: true, revealCpr: true },
		shareTo: [
			{ compartment: 'team', placementId: null },
			{ compartment: 'placement', placementId: asId(id(60)) },
		],
		coordinators: [
			{ person: mette, from: '2026-10-26', until: null },
			{ person: karin, from: '2026-08-24', until: '2026-10-25' },
		],
		people: people.map((one) => ({ ...one, isLead: one.id === jonas.id, isCoordinator: one.id === mette.id, access: [] })),
		placements: [{ id: asId(id(60)), company: 'Løvbjerg Gartneri', from: '2026-10-26', until: '2026-12-18' }],
		template: {
			name: template.name,
			trackTypes: template.trackTypes,
			phases: template.phases.items,
			milestones: template.milestones,
		},
		documents: [
			{
				compartment: 'team',
				name: `${id(50)}.team.e1`,
				access: options.access ?? 'write',
				seq: 1,
				restored: null,
				projection: projectTeam(fixtureDocument(options)),
			},
			{
				compartment: 'placement',
				placementId: asId(id(60)),
				name: `${id(50)}.placement-${id(60)}.e1`,
				access: 'write',
				seq: 1,
				restored: null,
				projection: {
					purpose: 'Amina prøver arbejdet i gartneriet og finder ud af, hvor mange timer hun kan holde til.',
					tasks: [],
					hours: [],
					accommodations: [],
				},
			},
			{
				compartment: 'private',
				personId: jonas.id,
				name: `${id(50)}.private-${jonas.id}.e1`,
				access: 'write',
				seq: 0,
				restored: null,
				projection: null,
			},
		],
		observations: [
			observation(
				1,
				mette,
				'fact',
				'2026-11-18T08:41:00.000Z',
				'Løvbjerg siger ja til 12 timer fra uge 1, hvis pauserne er faste. Formanden hedder Bente og møder selv kl. 7.',
			),
			{
				...observation(
					2,
					peter,
					'interpretation',
					'2026-11-16T13:20:00.000Z',
					'Hun kommer alle fire dage, når hun ved, hvem der sidder ved siden af. Jeg tror, det er stedet og ikke stoffet, der afgør det.',
				),
				comments: [
					{
						id: asId(id(120)),
						author: ali,
						text: 'Det samme i bussen. Faste pladser virker.',
						commentedAt: '2026-11-16T15:00:00.000Z',
					},
				],
			},
			observation(
				3,
				ali,
				'suggestion',
				'2026-11-13T15:05:00.000Z',
				'Lad Amina selv vise Bente, hvordan hun stiller planterne op. Det er hendes idé.',
			),
			observation(
				4,
				sofie,
				'interpretation',
				'2026-11-05T10:00:00.000Z',
				'Angsten er knyttet til uforudsete skift. Et fast program for dagen er vigtigere end færre timer.',
				'clinical',
			),
		],
		formerPeople: [],
		unsentTexts: [],
		lastMeeting: null,
		now: FIXTURE_NOW,
		today: TODAY,
		week: FIXTURE_WEEK,
	};
}

export type FixturePersonId = PersonId;
