import type { Database } from '../../db/client.ts';
import type { CaseKeys } from '../log/case-keys.ts';
import { addressOf, ANNOUNCED_ACCOUNTS, DEMO_PASSWORD } from './cast.ts';
import { foundDemoMunicipality } from './municipality.ts';
import { playCase } from './play-case.ts';
import { Stage } from './stage.ts';
import { demoStories } from './story.ts';

export interface DemoDeps {
	readonly db: Database;
	readonly keys: CaseKeys;
	readonly hashPassword: (password: string) => Promise<string>;
	readonly now: () => Date;
	/** Told after each citizen. */
	readonly onProgress?: (done: number, of: number) => void;
}

/** Stories told side by side: most of the time is waiting for the database. */
const AT_ONCE = 4;

/** Fills an empty database with an invented municipality, through the same writers and commands as people use. */
export async function loadDemo({ db, keys, hashPassword, now, onProgress }: DemoDeps): Promise<void> {
	const passwordHash = await hashPassword(DEMO_PASSWORD);
	const present = now();
	const newStage = () => new Stage(db, keys, passwordHash, present);
	const municipality = await foundDemoMunicipality(newStage(), passwordHash);
	const stories = demoStories();
	let told = 0;
	await Promise.all(
		Array.from({ length: AT_ONCE }, async (_, first) => {
			for (let index = first; index < stories.length; index += AT_ONCE) {
				await playCase(newStage(), municipality, stories[index]!);
				onProgress?.(++told, stories.length);
			}
		}),
	);
	await newStage().log.projectBehind();
}

/** What an operator is told to sign in with. */
export const DEMO_SIGN_INS = { addresses: ANNOUNCED_ACCOUNTS.map(addressOf), password: DEMO_PASSWORD } as const;
