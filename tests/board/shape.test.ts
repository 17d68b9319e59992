import * as Y from 'yjs';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { addDecision, setDecisionOwner } from '../../board/edit/decision.ts';
import { addDraft, noteDraftShared, setDraftCompartment } from '../../board/edit/draft.ts';
import { setGoalKind, setTargetDay } from '../../board/edit/goal.ts';
import { addAccommodation, setPlannedHours } from '../../board/edit/placement.ts';
import { seedDocument } from '../../board/edit/seed.ts';
import { addTask, dropTask, finishTask, moveTask, reopenTask, undropTask } from '../../board/edit/task.ts';
import { replaceText } from '../../board/edit/text.ts';
import {
	addTrack,
	moveTrack,
	pauseTrack,
	removeTrack,
	restoreTrack,
	resumeTrack,
	setTrackOwner,
} from '../../board/edit/track.ts';
import { setAttended, setDirection, setRaise } from '../../board/edit/week.ts';
import { MAX_KEYS, TEXT_LIMITS } from '../../board/limits.ts';
import type { DocumentKind } from '../../board/schema.ts';
import { agreedTextName, goalTextName, lineTextName, taskTextName } from '../../board/schema.ts';
import type { ObservationId, PersonId } from '../../domain/ids.ts';
import { isoWeek } from '../../domain/iso-week.ts';
import { A_TRACK, AT, AT_MS, JONAS, METTE, WEEK_47, aDocument, anEditor, anId } from '../support/board.ts';
import { countLooks } from '../support/count-looks.ts';
import { verdictOn } from '../support/transactions.ts';

/** Many runs on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const mette = anEditor(METTE);
const jonas = anEditor(JONAS);
let server: Y.Doc;
let writers = 100;

beforeEach(() => {
	server = aDocument(1);
	seedDocument(server);
});

/** `write` happens in a copy of the server's document and is sent over in one update. */
function send(
	write: (doc: Y.Doc) => void,
	{ kind = 'team', author = METTE }: { kind?: DocumentKind; author?: PersonId | null } = {},
) {
	const writer = aDocument(writers++, server);
	const before = Y.encodeStateVector(writer);
	write(writer);
	return verdictOn(kind, server, Y.encodeStateAsUpdate(writer, before), author);
}

function sendKey(root: string, key: string, value: unknown, kind: DocumentKind = 'team') {
	return send((doc) => doc.getMap(root).set(key, value), { kind });
}

describe('what people do is let through', () => {
	test('in the team document', () => {
		let task = addTask(server, jonas, { text: 'Ring til lægen', track: A_TRACK }).id;
		const other = addTrack(server, jonas, { type: 'teaching', state: 'running' }).id;
		expect(
			send((doc) => {
				const track = addTrack(doc, mette, {
					type: 'psychologist',
					owner: JONAS,
					state: 'planned',
					timesPerWeek: 1.25,
					label: 'Anna',
				}).id;
				moveTrack(doc, mette, track, { before: other });
				const pause = pauseTrack(doc, mette, track, WEEK_47);
				resumeTrack(doc, mette, track, pause.id, isoWeek('2026-W49'));
				removeTrack(doc, mette, other);
				restoreTrack(doc, mette, other);
				setTrackOwner(doc, mette, other, METTE);
				finishTask(doc, mette, task);
				reopenTask(doc, mette, task);
				task = addTask(doc, mette, { text: '📞 igen', dueOn: '2026-11-26', owner: METTE, position: { before: task } }).id;
				moveTask(doc, mette, task, 'last');
				const decision = addDecision(doc, mette, { week: WEEK_47, text: 'Prøv bussen', dueOn: '2026-12-01' }).id;
				addTask(doc, mette, { text: 'Køb kort', decision });
				setDecisionOwner(doc, mette, decision, JONAS);
				dropTask(doc, mette, task, 'Ikke aktuelt');
				undropTask(doc, mette, task);
				replaceText(doc, agreedTextName(WEEK_47, 'own-wish'), 'Køre bus', mette.origin);
				setDirection(doc, mette, WEEK_47, track, 'forward');
				setAttended(doc, mette, WEEK_47, track, { came: 2, planned: 3 });
				setRaise(doc, mette, WEEK_47, track, true);
				setRaise(doc, mette, WEEK_47, track, false);
				setGoalKind(doc, mette, 'job');
				setTargetDay(doc, mette, '2027-03-01');
				replaceText(doc, goalTextName('citizen'), 'Jeg vil køre bus', mette.origin);
				replaceText(doc, lineTextName(WEEK_47, track), 'Kom hver dag', mette.origin);
			}),
		).toBe('fine');
	});

	test('in a placement and among drafts', () => {
		expect(
			send(
				(doc) => {
					setPlannedHours(doc, mette, WEEK_47, 7.5);
					addAccommodation(doc, mette, { text: 'Pauser' });
					dropTask(doc, mette, addTask(doc, mette, { text: 'Nøgle' }).id, 'Lageret lukker');
					replaceText(doc, 'purpose', 'At prøve lageret', mette.origin);
				},
				{ kind: 'placement' },
			),
		).toBe('fine');
		expect(
			send(
				(doc) => {
					const draft = addDraft(doc, mette, { kind: 'fact', track: null, compartment: 'clinical', text: 'Sov dårligt' }).id;
					setDraftCompartment(doc, mette, draft, `placement-${anId(3)}`);
					noteDraftShared(doc, mette, draft, anId<ObservationId>(5));
				},
				{ kind: 'private' },
			),
		).toBe('fine');
	});

	test('what was already taken back when it arrived', () => {
		expect(
			send((doc) => {
				setDirection(doc, mette, WEEK_47, A_TRACK, 'back');
				setDirection(doc, mette, WEEK_47, A_TRACK, 'forward');
				replaceText(doc, goalTextName('team'), 'Bus', mette.origin);
				replaceText(doc, goalTextName('team'), '', mette.origin);
			}),
		).toBe('fine');
	});

	test("choosing after somebody takes the other's choice away", () => {
		setDirection(server, jonas, WEEK_47, A_TRACK, 'back');
		expect(send((doc) => setDirection(doc, mette, WEEK_47, A_TRACK, 'forward'))).toBe('fine');
		expect([...server.getMap('weeks').keys()]).toEqual([`${WEEK_47}/${A_TRACK}/direction/${METTE}`]);
	});

	test("a removal that lost against a colleague's at the same moment", () => {
		const { id } = addTrack(server, jonas, { type: 'teaching' });
		const [early, late] = [aDocument(60, server), aDocument(61, server)];
		removeTrack(early, mette, id);
		removeTrack(late, jonas, id);
		expect(verdictOn('team', server, Y.encodeStateAsUpdate(late, Y.encodeStateVector(server)), JONAS)).toBe('fine');
		expect(verdictOn('team', server, Y.encodeStateAsUpdate(early, Y.encodeStateVector(server)), METTE)).toBe('fine');
	});

	test('the server seeds', () => {
		expect(send((doc) => doc.getMap('meta').set('schemaVersion', 2), { author: null })).toBe('fine');
	});
});

describe('in the name of another', () => {
	const direction = `${WEEK_47}/${A_TRACK}/direction`;

	test("refuses to write somebody else's choice", () => {
		expect(sendKey('weeks', `${direction}/${JONAS}`, 'forward')).toBe('not-yours');
	});

	test("refuses to change somebody else's choice, also to the same", () => {
		setDirection(server, jonas, WEEK_47, A_TRACK, 'back');
		expect(sendKey('weeks', `${direction}/${JONAS}`, 'back')).toBe('not-yours');
	});

	test("refuses to raise and to lower somebody else's hand", () => {
		const key = `${WEEK_47}/${A_TRACK}/raise/${JONAS}`;
		expect(sendKey('weeks', key, true)).toBe('not-yours');
		setRaise(server, jonas, isoWeek('2026-W48'), A_TRACK, true);
		expect(send((doc) => doc.getMap('weeks').delete(`2026-W48/${A_TRACK}/raise/${JONAS}`))).toBe('not-yours');
	});

	test.each([
		['tracks', 'created'],
		['tracks', 'removed'],
		['tasks', 'finished'],
	])('refuses a mark of another in %s: %s', (root, field) => {
		expect(sendKey(root, `${A_TRACK}/${field}`, { by: JONAS, at: AT })).toBe('forged-mark');
	});

	test("refuses a pause in another's name", () => {
		expect(sendKey('tracks', `${A_TRACK}/pause/${anId(7)}`, { by: JONAS, from: WEEK_47, until: null })).toBe('forged-mark');
	});

	test('refuses a mark from the future, one minute allowed', () => {
		const at = (ms: number): object => ({ by: METTE, at: new Date(AT_MS + ms).toISOString() });
		expect(sendKey('tasks', `${anId(8)}/removed`, at(60_000))).toBe('fine');
		expect(sendKey('tasks', `${anId(9)}/removed`, at(60_001))).toBe('future-mark');
	});

	test("refuses to touch meta, which is the server's", () => {
		expect(sendKey('meta', 'schemaVersion', 1)).toBe('server-only');
		server = aDocument(1);
		seedDocument(server);
		expect(send((doc) => doc.getMap('meta').delete('schemaVersion'))).toBe('server-only');
	});
});

describe('what stands once', () => {
	test.each(['type', 'created'])('refuses to write %s of a track again, and to take it away', (field) => {
		const { id } = addTrack(server, mette, { type: 'psychologist' });
		const value = field === 'type' ? 'teaching' : { by: METTE, at: AT };
		expect(sendKey('tracks', `${id}/${field}`, value)).toBe('written-once');
		server = aDocument(1);
		const again = addTrack(server, mette, { type: 'psychologist' }).id;
		expect(send((doc) => doc.getMap('tracks').delete(`${again}/${field}`))).toBe('never-deleted');
	});

	test('refuses to write it again and take that away at once', () => {
		const { id } = addTrack(server, mette, { type: 'psychologist' });
		expect(
			send((doc) => {
				doc.getMap('tracks').set(`${id}/type`, 'teaching');
				doc.getMap('tracks').delete(`${id}/type`);
			}),
		).toBe('never-deleted');
	});

	test('refuses to take the order away', () => {
		const { id } = addTrack(server, mette, { type: 'psychologist' });
		expect(send((doc) => doc.getMap('tracks').delete(`${id}/rank`))).toBe('never-deleted');
	});
});

describe('another shape', () => {
	test.each([
		'plan',
		'',
		'__proto__',
		'constructor',
		'toString',
		'tracks/',
		'goal/someone',
		'task/not-an-id',
		`line/2025-W53/${A_TRACK}`,
		`agreed/${WEEK_47}/other-wish`,
		`agreed/${WEEK_47}`,
	])('refuses an unknown root: %j', (root) => {
		expect(sendKey(root, 'x', 1)).toBe('unknown-root');
		server = aDocument(1);
		expect(send((doc) => doc.getText(root).insert(0, 'x'))).toBe('unknown-root');
	});

	test('refuses roots of another kind of document', () => {
		expect(sendKey('tracks', `${A_TRACK}/type`, 'psychologist', 'placement')).toBe('unknown-root');
		expect(sendKey('decisions', `${A_TRACK}/week`, WEEK_47, 'placement')).toBe('unknown-root');
		server = aDocument(1);
		expect(send((doc) => doc.getText(`draft/${A_TRACK}`).insert(0, 'x'))).toBe('unknown-root');
	});

	test('refuses an unknown root that known content only names', () => {
		const named = aDocument(50);
		named.getMap('hidden').set('x', 1);
		const known = aDocument(50);
		known.getMap('goal').set(`kind/${METTE}`, 'job');
		Y.applyUpdate(server, Y.encodeStateAsUpdate(known));
		known.getMap('goal').set(`kind/${METTE}`, 'education');
		expect(verdictOn('team', server, Y.mergeUpdates([Y.encodeStateAsUpdate(named)]), METTE)).toBe('unknown-root');
	});

	test('refuses list items in a map and keys in a text', () => {
		expect(send((doc) => doc.getText('tracks').insert(0, 'x'))).toBe('wrong-kind');
		server = aDocument(1);
		expect(send((doc) => doc.getArray('tracks').insert(0, [1]))).toBe('wrong-kind');
		server = aDocument(1);
		expect(sendKey('goal/team', 'x', 1)).toBe('wrong-kind');
		server = aDocument(1);
		expect(send((doc) => doc.getArray('goal/team').insert(0, ['x']))).toBe('wrong-kind');
	});

	test.each([
		['a nested map', () => new Y.Map()],
		['a nested text', () => new Y.Text('x')],
		['bytes', () => Uint8Array.of(1)],
		['a document', () => new Y.Doc()],
	])('refuses %s as a value', (_, value) => {
		expect(sendKey('goal', `kind/${METTE}`, value())).toMatch(/^(bad-content|nested-type)$/);
	});

	test('refuses formats and embeds in a text, also inside of existing words', () => {
		server.getText(goalTextName('team')).insert(0, 'køre bus');
		expect(send((doc) => doc.getText(goalTextName('team')).format(0, 4, { bold: true }))).toBe('bad-content');
		server = aDocument(1);
		server.getText(goalTextName('team')).insert(0, 'køre bus');
		expect(send((doc) => doc.getText(goalTextName('team')).insertEmbed(4, { image: 'x' }))).toBe('bad-content');
		server = aDocument(1);
		server.getArray(goalTextName('team')).insert(0, ['x']);
		expect(send((doc) => doc.getArray(goalTextName('team')).insert(1, ['y']))).toBe('wrong-kind');
	});

	test.each([
		`${A_TRACK}/owner`,
		`${A_TRACK}/owner/${METTE}/more`,
		`${A_TRACK}/owner/`,
		`/${A_TRACK}/owner/${METTE}`,
		`${A_TRACK}/owner/me`,
		`x/type`,
		'',
		'__proto__',
		`${A_TRACK}/__proto__`,
		`${A_TRACK}/colour`,
		`${A_TRACK.toUpperCase().replace('9', 'A')}/type`,
		`${A_TRACK}/type/${'x/'.repeat(40)}`,
	])('refuses the key %j among tracks', (key) => {
		expect(sendKey('tracks', key, METTE)).toBe('unknown-key');
	});

	test('refuses a key that nobody knows even when it was taken away at once', () => {
		expect(
			send((doc) => {
				doc.getMap('tracks').set('x', 1);
				doc.getMap('tracks').delete('x');
			}),
		).toBe('unknown-key');
	});

	test.each([
		['tracks', `${A_TRACK}/type`, ''],
		['tracks', `${A_TRACK}/type`, 'x'.repeat(65)],
		['tracks', `${A_TRACK}/type`, null],
		['tracks', `${A_TRACK}/rank`, 'V0'],
		['tracks', `${A_TRACK}/rank`, 'V!'],
		['tracks', `${A_TRACK}/rank`, 'V'.repeat(200)],
		['tracks', `${A_TRACK}/owner/${METTE}`, 'Mette'],
		['tracks', `${A_TRACK}/state/${METTE}`, 'sleeping'],
		['tracks', `${A_TRACK}/timesPerWeek/${METTE}`, 14.25],
		['tracks', `${A_TRACK}/timesPerWeek/${METTE}`, 0.1],
		['tracks', `${A_TRACK}/timesPerWeek/${METTE}`, -1],
		['tracks', `${A_TRACK}/timesPerWeek/${METTE}`, Number.NaN],
		['tracks', `${A_TRACK}/timesPerWeek/${METTE}`, '2'],
		['tracks', `${A_TRACK}/startsOn/${METTE}`, '2026-02-30'],
		['tracks', `${A_TRACK}/startsOn/${METTE}`, '2026-11-21T00:00:00Z'],
		['tracks', `${A_TRACK}/label/${METTE}`, 'x'.repeat(81)],
		['tracks', `${A_TRACK}/pause/${anId(7)}`, { by: METTE, from: '2026-W47', until: '2026-W46' }],
		['tracks', `${A_TRACK}/removed`, { by: METTE }],
		['tracks', `${A_TRACK}/removed`, { by: METTE, at: AT, more: 1 }],
		['tracks', `${A_TRACK}/removed`, { by: METTE, at: 'now' }],
		['tracks', `${A_TRACK}/removed`, { by: METTE, at: '2026-13-45T99:00:00.000Z' }],
		['tracks', `${A_TRACK}/removed`, [METTE, AT]],
		['tracks', `${A_TRACK}/removed`, true],
		['tasks', `${A_TRACK}/track`, 'x'],
		['weeks', `${WEEK_47}/${A_TRACK}/direction/${METTE}`, 'sideways'],
		['weeks', `${WEEK_47}/${A_TRACK}/raise/${METTE}`, false],
		['weeks', `${WEEK_47}/${A_TRACK}/attended/${METTE}`, { came: 1.5, planned: 3 }],
		['goal', `targetDay/${METTE}`, 'soon'],
		['goal', `saidInWeek/${METTE}`, '2025-W53'],
		['goal', `kind/${METTE}`, undefined],
	])('refuses in %s under %s: %j', (root, key, value) => {
		expect(sendKey(root, key, value)).toBe('bad-value');
	});

	test('refuses a value whose fields hide in its prototype', () => {
		const disguised = JSON.parse(`{ "__proto__": { "by": "${METTE}", "at": "${AT}" } }`) as object;
		expect(sendKey('tracks', `${A_TRACK}/removed`, disguised)).toBe('bad-value');
		const padded = JSON.parse(`{ "by": "${METTE}", "at": "${AT}", "__proto__": { "more": 1 } }`) as object;
		expect(sendKey('tasks', `${A_TRACK}/removed`, padded)).toBe('bad-value');
	});

	test('refuses a draft for nowhere', () => {
		expect(sendKey('drafts', `${A_TRACK}/compartment`, 'everyone', 'private')).toBe('bad-value');
		expect(sendKey('drafts', `${A_TRACK}/compartment`, `private-${METTE}`, 'private')).toBe('bad-value');
	});
});

describe('too much', () => {
	test('refuses a text past twice its field: two people who filled it offline are let through', () => {
		const write = (length: number) => send((doc) => doc.getText(taskTextName(anId(4))).insert(0, 'x'.repeat(length)));
		expect(write(TEXT_LIMITS.task)).toBe('fine');
		expect(write(TEXT_LIMITS.task)).toBe('fine');
		expect(write(1)).toBe('too-long');
	});

	test('refuses one key more than a map may ever hold', () => {
		server.transact(() => {
			for (let index = 0; index < MAX_KEYS.goal; index++) server.getMap('goal').set(`kind/${anId(index)}`, 'job');
		});
		expect(sendKey('goal', `saidInWeek/${METTE}`, WEEK_47)).toBe('too-many');
	});

	test('costs what the change costs, not what the document weighs', () => {
		const looksFor = (tasks: number): number => {
			const doc = aDocument(1);
			doc.transact(() => {
				for (let index = 0; index < tasks; index++) {
					doc.getMap('tasks').set(`${anId(index)}/created`, { by: METTE, at: AT });
					doc.getText(taskTextName(anId(index))).insert(0, 'x');
				}
			});
			const writer = aDocument(2, doc);
			const verdict = () => {
				const before = Y.encodeStateVector(writer);
				writer.getText(taskTextName(anId(0))).insert(0, 'y');
				return verdictOn('team', doc, Y.encodeStateAsUpdate(writer, before), METTE);
			};
			expect(verdict()).toBe('fine'); // notes the names of all roots, once
			const looks = countLooks(doc.share, doc.getMap('tasks')._map);
			expect(verdict()).toBe('fine');
			return looks();
		};
		expect(looksFor(4_000)).toBe(looksFor(40));
	});
});
