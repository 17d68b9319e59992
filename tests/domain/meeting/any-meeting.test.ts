/** What holds whatever people do, in whatever order, with a server clock that is set forth and back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CaseId } from '../../../domain/ids.ts';
import { borrowTime } from '../../../domain/meeting/borrow-time.ts';
import { askForChair, handChair } from '../../../domain/meeting/chair.ts';
import { changeAgenda } from '../../../domain/meeting/change-agenda.ts';
import { closeMeeting } from '../../../domain/meeting/close-meeting.ts';
import { setCitizenPresent, setCurtain } from '../../../domain/meeting/curtain.ts';
import { usedMs } from '../../../domain/meeting/item-clock.ts';
import type { Meeting } from '../../../domain/meeting/meeting.ts';
import { moveTo } from '../../../domain/meeting/move.ts';
import { openMeeting } from '../../../domain/meeting/open.ts';
import { parkMeeting } from '../../../domain/meeting/park.ts';
import { runClock } from '../../../domain/meeting/run-clock.ts';
import type { Result } from '../../../domain/result.ts';
import { aClosedMeeting, aPlannedMeeting, CASES, LEAD, NEWCOMER, START, TEACHER } from './a-meeting.ts';

fc.configureGlobal({ seed: 20261125 });

type Step = (meeting: Meeting, at: Date) => Result<Meeting, unknown>;
interface Event {
	readonly name: string;
	readonly step: Step;
	/** For a change of the agenda: who is to wait. */
	readonly waiting?: readonly CaseId[];
}

const anybody = fc.constantFrom(...CASES, NEWCOMER);
const team = new Set([...CASES, NEWCOMER]);
const someone = fc.constantFrom(LEAD, TEACHER);
const always = (name: string, step: Step) => fc.constant<Event>({ name, step });

const EVENTS = {
	open: someone.map((who): Event => ({ name: 'open', step: (meeting, at) => openMeeting(meeting, who, at) })),
	park: always('park', (meeting, at) => parkMeeting(meeting, at)),
	move: fc.option(anybody).map((to): Event => ({ name: 'move', step: (meeting, at) => moveTo(meeting, to, at) })),
	clock: fc.boolean().map((on): Event => ({ name: 'clock', step: (meeting, at) => runClock(meeting, on, at) })),
	borrow: fc.integer({ min: 1, max: 9 }).map((n): Event => ({ name: 'borrow', step: (meeting) => borrowTime(meeting, n) })),
	agenda: fc
		.shuffledSubarray([...CASES, NEWCOMER])
		.map((waiting): Event => ({ name: 'agenda', waiting, step: (meeting) => changeAgenda(meeting, waiting, team) })),
	ask: fc
		.tuple(someone, fc.boolean())
		.map(([who, there]): Event => ({ name: 'ask', step: (meeting) => askForChair(meeting, who, there) })),
	hand: someone.map((who): Event => ({ name: 'hand', step: (meeting) => handChair(meeting, who) })),
	curtain: fc.tuple(fc.boolean(), fc.option(anybody)).map(([down, caseId]): Event => ({
		name: 'curtain',
		step: (meeting) => setCurtain(meeting, down ? { down } : { down, caseId }),
	})),
	close: always('close', (meeting, at) => closeMeeting(meeting, [], at)),
	citizen: fc.tuple(fc.boolean(), fc.option(anybody)).map(([present, caseId]): Event => ({
		name: 'citizen',
		step: (meeting) => setCitizenPresent(meeting, present ? { present } : { present, caseId }),
	})),
};
/** Milliseconds since the event before: negative where the clock was set back. */
const gap = fc.integer({ min: -3_600_000, max: 3_600_000 });
/** Closing is rare, or nothing would come after the first few. */
const { close, ...common } = EVENTS;
const likely = fc.oneof(...Object.values(common).map((arbitrary) => ({ arbitrary, weight: 4 })), { arbitrary: close, weight: 1 });
const history = fc.array(fc.tuple(likely, gap), { minLength: 8, maxLength: 60 });

/** Plays everything that is not refused, and looks at each pair of before and after. */
function play(
	events: readonly (readonly [Event, number])[],
	look: (before: Meeting, after: Meeting, event: Event, at: Date) => void,
): string[] {
	let meeting: Meeting = aPlannedMeeting(CASES);
	let nowMs = START.getTime();
	const played: string[] = [];
	const opening: Event = { name: 'open', step: (each, at) => openMeeting(each, LEAD, at) };
	for (const [event, passedMs] of [[opening, 0] as const, ...events]) {
		nowMs += passedMs;
		const at = new Date(nowMs);
		const result = event.step(meeting, at);
		if (!result.ok) continue;
		look(meeting, result.value, event, at);
		meeting = result.value;
		played.push(event.name);
	}
	return played;
}

const idsOf = (meeting: Meeting) => meeting.items.map(({ caseId }) => caseId);

test('no sequence of events loses a citizen: only a changed agenda takes one off, and only one who waits', () => {
	const seen = new Set<string>();
	fc.assert(
		fc.property(history, (events) => {
			const played = play(events, (before, after, { waiting }) => {
				expect(new Set(idsOf(after)).size).toBe(after.items.length);
				const talkedOf = before.items.filter(({ state }) => state !== 'waiting').map(({ caseId }) => caseId);
				const expected = waiting ? [...talkedOf, ...waiting] : idsOf(before);
				expect(idsOf(after)).toEqual(expected);
			});
			for (const name of played) seen.add(name);
		}),
	);
	expect([...seen].sort()).toEqual(Object.keys(EVENTS).sort());
});

test('at most one is talked of, and a clock runs only for them in an open meeting', () => {
	fc.assert(
		fc.property(history, (events) => {
			play(events, (_, { phase, items }) => {
				const current = items.filter(({ state }) => state === 'current');
				expect(current.length).toBeLessThanOrEqual(1);
				if (phase !== 'open') expect(current.every((item) => item.state === 'current' && item.since === null)).toBe(true);
			});
		}),
	);
});

test('time never runs backwards, whatever the clock does', () => {
	fc.assert(
		fc.property(history, (events) => {
			play(events, (before, after, _, at) => {
				const used = new Map(before.items.map((item) => [item.caseId, usedMs(item, at)]));
				for (const item of after.items) {
					expect(usedMs(item, at)).toBeGreaterThanOrEqual(used.get(item.caseId) ?? 0);
					expect(item.spentMs).toBeGreaterThanOrEqual(before.items.find((each) => each.caseId === item.caseId)?.spentMs ?? 0);
				}
			});
		}),
	);
});

test('whoever was talked of is never again one who waits', () => {
	fc.assert(
		fc.property(history, (events) => {
			play(events, (before, after) => {
				for (const { caseId } of before.items.filter(({ state }) => state !== 'waiting')) {
					expect(after.items.find((item) => item.caseId === caseId)?.state).toMatch(/^(current|done|not-reached)$/);
				}
			});
		}),
	);
});

test('the curtain is down whenever the meeting comes to somebody', () => {
	fc.assert(
		fc.property(history, (events) => {
			play(events, (before, after, { name }) => {
				const moved = name === 'move' && before !== after;
				if (moved && after.phase === 'open') expect([after.isCurtainDown, after.isCitizenPresent]).toEqual([true, false]);
			});
		}),
	);
});

test('closed is final: whatever comes after is refused', () => {
	fc.assert(
		fc.property(fc.oneof(...Object.values(EVENTS)), ({ step }) => {
			expect(step(aClosedMeeting(), START).ok).toBe(false);
		}),
	);
});
