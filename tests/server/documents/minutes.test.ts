import { expect, test } from 'vitest';
import type { CaseId, MeetingId, SnapshotId, TeamId } from '../../../domain/ids.ts';
import { isoWeek } from '../../../domain/iso-week.ts';
import type { MinutesFacts } from '../../../domain/meeting/minutes-facts.ts';
import type { Block } from '../../../server/documents/content.ts';
import { minutesDocument } from '../../../server/documents/minutes.ts';
import { anId, AT, JONAS, METTE, WEEK_47 } from '../../support/board.ts';

function theFacts(given: Partial<MinutesFacts> = {}): MinutesFacts {
	return {
		version: 1,
		meetingId: anId<MeetingId>(1),
		caseId: anId<CaseId>(2),
		organisation: 'Nordby Kommune',
		team: { id: anId<TeamId>(3), name: 'Team Vest' },
		week: WEEK_47,
		openedAt: AT,
		closedAt: AT,
		position: 6,
		of: 14,
		spentMs: 240_000,
		citizenName: 'Amina Holm',
		goal: { team: 'Løntimer', citizen: 'Et arbejde', kinds: ['job'], targetDays: [], saidInWeeks: [] },
		phase: null,
		coordinator: METTE,
		coordinatorBefore: null,
		decisions: [],
		agreed: {},
		tracks: [],
		tasks: [],
		equation: { open: 0, done: 0, carried: 0, dropped: [] },
		chair: JONAS,
		attendance: [{ personId: JONAS, firstSeenAt: AT, lastSeenAt: AT }],
		absent: [],
		writers: [],
		people: {
			[METTE]: { name: 'Mette Lund', profession: 'job-consultant', organisation: null },
			[JONAS]: { name: 'Jonas Brandt', profession: 'team-lead', organisation: null },
		},
		snapshotId: anId<SnapshotId>(4),
		snapshotHash: '0'.repeat(64),
		...given,
	};
}

const blocksOf = (given: Partial<MinutesFacts>): readonly Block[] => minutesDocument(theFacts(given)).blocks;
const statusOf = (track: Partial<MinutesFacts['tracks'][number]>) => {
	const whole = {
		type: { da: 'Psykolog', en: 'Psychologist' },
		label: '',
		state: 'running' as const,
		pausedFrom: null,
		directions: [],
		attended: [],
		line: '',
		lastSaid: null,
		...track,
	};
	const table = blocksOf({ tracks: [whole] }).find((block) => block.kind === 'table')!;
	return table.rows[0]!;
};

test('a silent track is drawn as silence, with since when, and its attendance is no zero', () => {
	const [, status, came, line] = statusOf({ lastSaid: isoWeek('2026-W45') });
	expect(status).toMatchObject({ mark: 'silent' });
	expect(came).toEqual({ words: { said: '–' } });
	expect(line?.words).toEqual({ key: 'minutes.silentSince', with: { week: { week: '2026-W45' } } });
});

test('two directions nobody picked from both stand there', () => {
	const [, status] = statusOf({ directions: ['forward', 'back'] });
	expect(status).toEqual({ words: { join: [{ key: 'common.status.forward' }, { key: 'common.status.back' }], by: ' / ' } });
});

test('a task that was dropped says by whom and why', () => {
	const dropped = [{ text: 'Bestille ergoterapeut', by: JONAS, at: AT, reason: 'Løvbjerg har egen' }];
	const json = JSON.stringify(blocksOf({ equation: { open: 7, done: 1, carried: 5, dropped } }));
	expect(json).toContain('minutes.droppedBecause');
	for (const word of ['Bestille ergoterapeut', 'Jonas Brandt', 'Løvbjerg har egen']) expect(json).toContain(word);
});

test('what nobody said has no heading', () => {
	expect(JSON.stringify(blocksOf({}))).not.toMatch(/heading\.(decided|agreed|status)/);
});

test('somebody the minutes no longer know by name is a former colleague, never an id', () => {
	const json = JSON.stringify(minutesDocument(theFacts({ people: {} })));
	expect(json).toContain('board.someone');
	expect(json).not.toContain(JONAS);
});
