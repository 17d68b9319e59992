import type { Contender, Place } from './contenders.ts';

/** Something people live through, measured on one server after another. */
export interface Scenario {
	readonly name: string;
	/** What happens, for whoever reads the table. */
	readonly story: string;
	readonly documents: number;
	readonly measures: readonly Measure[];
	/** Servers that can show it; all when absent. */
	readonly isFor?: (contender: Contender) => boolean;
	/**
	 * @returns the measures in their order
	 * @throws {Error} when people end with different documents, so that no figure comes from a broken run
	 */
	run(contender: Contender, place: Place, documents: readonly string[]): Promise<readonly number[]>;
}

export interface Measure {
	readonly name: string;
	readonly digits: number;
	/** What issue 4 asks of us. */
	readonly goal?: Goal;
}

export type Goal =
	| { readonly kind: 'at-most'; readonly value: number }
	/** Of what this peer needs in the same round. */
	| { readonly kind: 'ratio'; readonly to: 'memory' | 'sqlite'; readonly value: number };
