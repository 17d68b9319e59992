import { isSilentCase } from '../caseload/standing.ts';

/** Why a citizen is on the agenda: about what waits on the team, never about the person. "As last" is neither. */
export interface AgendaSignal {
	readonly isNews: boolean;
	readonly isSilent: boolean;
}

/**
 * @param toldAt when anybody last wrote anything of the case
 * @param discussedAt when a meeting last ended that talked of it
 */
export function agendaSignal(toldAt: Date | undefined, discussedAt: Date | undefined, at: Date): AgendaSignal {
	const isSilent = isSilentCase(toldAt?.getTime(), at.getTime());
	const isSince = toldAt !== undefined && (discussedAt === undefined || toldAt > discussedAt);
	return { isSilent, isNews: !isSilent && isSince };
}
