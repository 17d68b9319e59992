import { ok, refuse, type Result } from '../result.ts';

export type SetPhaseRefusal = { readonly code: 'no-such-phase' | 'phase-changed' };

/**
 * Where in the programme a case stands from now on. Only the phases of the template it started with are there for it.
 *
 * @param seen what stood there for whoever decided: somebody else may have moved the case meanwhile
 */
export function setPhase(
	phases: readonly { readonly id: string }[],
	current: string | null,
	{ phase, seen }: { readonly phase: string; readonly seen: string | null },
): Result<string, SetPhaseRefusal> {
	if (!phases.some(({ id }) => id === phase)) return refuse({ code: 'no-such-phase' });
	if (current !== seen) return refuse({ code: 'phase-changed' });
	return ok(phase);
}
