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

/** Fills an empty database with an invented municipality, through the same writers and commands as people use. */
export async function loadDemo({ db, keys, hashPassword, now, onProgress }: DemoDeps): Promise<void> {
	const passwordHash = await hashPassword(DEMO_PASSWORD);
	const stage = new Stage(db, keys, passwordHash, now());
	const municipality = await foundDemoMunicipality(stage, passwordHash);
	const stories = demoStories();
	for (const [index, story] of stories.entries()) {
		await playCase(stage, municipality, story);
		onProgress?.(index + 1, stories.length);
	}
	await stage.log.projectBehind();
}

/** What an operator is told to sign in with. */
export const DEMO_SIGN_INS = { addresses: ANNOUNCED_ACCOUNTS.map(addressOf), password: DEMO_PASSWORD } as const;
