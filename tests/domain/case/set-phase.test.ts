import { expect, test } from 'vitest';
import { setPhase } from '../../../domain/case/set-phase.ts';

const phases = [{ id: 'start-up' }, { id: 'placement' }];

test('a case goes to any phase of its template, back too', () => {
	expect(setPhase(phases, 'placement', { phase: 'start-up', seen: 'placement' })).toEqual({ ok: true, value: 'start-up' });
	expect(setPhase(phases, null, { phase: 'placement', seen: null })).toEqual({ ok: true, value: 'placement' });
});

test('refuses a phase the template has not, and a decision about a phase that stands there no more', () => {
	expect(setPhase(phases, 'placement', { phase: 'other', seen: 'placement' })).toEqual({
		ok: false,
		error: { code: 'no-such-phase' },
	});
	expect(setPhase(phases, 'placement', { phase: 'start-up', seen: 'start-up' })).toEqual({
		ok: false,
		error: { code: 'phase-changed' },
	});
});
