import type { Database } from '../../db/client.ts';
import type { CaseKeys } from '../log/case-keys.ts';
import { DEMO_PASSWORD } from './cast.ts';
import { foundDemoMunicipality } from './municipality.ts';
import { planCase, type CasePlan } from './play-case.ts';
import { Stage } from './stage.ts';
import { demoStories, MEETINGS_BACK } from './story.ts';
import { playTeam } from './weekly-meetings.ts';

export interface DemoDeps {
	readonly db: Database;
	readonly keys: CaseKeys;
	readonly hashPassword: (password: string) => Promise<string>;
	readonly now: () => Date;
	/** Told after each citizen and each meeting. */
	readonly onProgress?: (done: number, of: number) => void;
}

const TEAMS = ['west', 'east'] as const;

/** Stories told side by side: most of the time is waiting for the database. */
const AT_ONCE = 4;

/** Fills an empty database with an invented municipality, through the same writers and commands as people use. */
export async function loadDemo({ db, keys, hashPassword, now, onProgress }: DemoDeps): Promise<void> {
	const passwordHash = await hashPassword(DEMO_PASSWORD);
	const present = now();
	const newStage = () => new Stage(db, keys, passwordHash, present);
	const municipality = await foundDemoMunicipality(newStage(), passwordHash);
	const stories = demoStories();
	const steps = stories.length + TEAMS.length * MEETINGS_BACK;
	let told = 0;
	const tell = (): void => onProgress?.(++told, steps);
	const plans: CasePlan[] = [];
	await Promise.all(
		Array.from({ length: AT_ONCE }, async (_, first) => {
			for (let index = first; index < stories.length; index += AT_ONCE) {
				plans[index] = await planCase(newStage(), municipality, stories[index]!);
				tell();
			}
		}),
	);
	await Promise.all(
		TEAMS.map((team) =>
			playTeam(
				newStage(),
				municipality,
				team,
				plans.filter(({ story }) => story.team === team),
				tell,
			),
		),
	);
	await newStage().log.projectBehind();
}
