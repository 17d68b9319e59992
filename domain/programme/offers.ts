import type { Context, Label, Mechanism, TemplateContent } from './template.ts';

/** What explains a track: the part of a template that says which problem is met by what, where, and what it leads to. */
export type ProgrammeTheory = Pick<TemplateContent, 'trackTypes' | 'milestones' | 'mechanisms' | 'contexts'>;

/** One way to meet a problem. */
export interface Offer {
	readonly mechanism: Mechanism;
	readonly track: Label;
	readonly milestone: Label;
}

/** Problems the template knows, each once, in its order: the same one is met in several tracks. */
export function problemsOf({ mechanisms }: ProgrammeTheory): Label[] {
	return mechanisms
		.map(({ problem }) => problem)
		.filter((problem, index, all) => all.findIndex((each) => isSame(each, problem)) === index);
}

/** What the template offers against a problem; several tracks may. */
export function offersAgainst(theory: ProgrammeTheory, problem: Label): Offer[] {
	return offers(theory, (mechanism) => isSame(mechanism.problem, problem));
}

/** Why a track is there: everything it meets. */
export function offersOf(theory: ProgrammeTheory, trackType: string): Offer[] {
	return offers(theory, (mechanism) => mechanism.trackType === trackType);
}

/** What to be reminded of when a track is chosen: its own contexts first, then those of every track. */
export function remindersFor({ contexts }: ProgrammeTheory, trackType: string): Context[] {
	return [...contexts.filter((each) => each.trackType === trackType), ...contexts.filter((each) => each.trackType === null)];
}

function offers({ mechanisms, trackTypes, milestones }: ProgrammeTheory, wanted: (mechanism: Mechanism) => boolean): Offer[] {
	return mechanisms.filter(wanted).flatMap((mechanism) => {
		const track = trackTypes.find(({ id }) => id === mechanism.trackType)?.label;
		const milestone = milestones.find(({ id }) => id === mechanism.milestone)?.label;
		return track && milestone ? [{ mechanism, track, milestone }] : [];
	});
}

function isSame(one: Label, other: Label): boolean {
	return one.da === other.da && one.en === other.en;
}
