import type { Database } from '../../db/client.ts';
import type { OrganisationId, PersonId, TeamId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import type { Result } from '../../domain/result.ts';
import type { CommandContext } from '../commands/context.ts';
import { createBoardLog, type BoardLog } from '../log/board-log.ts';
import type { CaseKeys } from '../log/case-keys.ts';

/** Where the demo is played: any person may act, at any instant of the past, by the commands people use. */
export class Stage {
	readonly db: Database;
	readonly log: BoardLog;
	/** The present, which the story leads up to. */
	readonly now: Date;
	readonly #keys: CaseKeys;
	readonly #passwordHash: string;
	#clock: Date;

	/** @param passwordHash of the one password all demo accounts share */
	constructor(db: Database, keys: CaseKeys, passwordHash: string, now: Date) {
		this.db = db;
		this.now = now;
		this.#keys = keys;
		this.#passwordHash = passwordHash;
		this.#clock = now;
		this.log = createBoardLog({ db, keys, now: () => this.#clock });
	}

	/** What a command gets when `who` does something at `at`. */
	as(who: Role, at: Date): CommandContext {
		this.#clock = at;
		const { personId, profession, organisationId, leads, hostId } = who;
		return {
			db: this.db,
			keys: this.#keys,
			log: this.log,
			now: () => at,
			signedIn: { sessionId: 'demo', hostId, actor: { personId, profession, organisationId, leads } },
			announce: () => undefined,
			connectedTo: () => [],
			hashPassword: async () => this.#passwordHash,
		};
	}

	daysAgo(days: number): Date {
		return new Date(this.now.getTime() - days * 86_400_000);
	}
}

export interface Role {
	readonly personId: PersonId;
	readonly name: string;
	readonly profession: Profession;
	readonly organisationId: OrganisationId;
	readonly hostId: OrganisationId;
	readonly leads: readonly TeamId[];
}

/** The demo only does what is allowed, so a refusal is a mistake in the demo. @throws {Error} with the code */
export function done<Value>(result: Result<Value, { readonly code: string }>): Value {
	if (!result.ok) throw new Error(`The demo was refused: ${result.error.code}`);
	return result.value;
}
