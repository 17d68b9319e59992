/**
 * An empty embedded database becomes a demonstration. Writing it takes some seconds; whoever is killed
 * meanwhile leaves a mark, and the next start begins again with nothing, because half a municipality
 * looks like a broken one. Nobody can have worked in it: requests wait until it is whole.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from '../db/write-durably.ts';

const markIn = (dataDir: string): string => join(dataDir, 'demonstration-unfinished');

export function isDemonstrationUnfinished(dataDir: string): boolean {
	return existsSync(markIn(dataDir));
}

/** Before the first row. */
export function markDemonstration(dataDir: string): void {
	writeDurably(markIn(dataDir), 'The next start empties this database and writes the demonstration again.\n');
}

/** After the last commit. */
export function finishDemonstration(dataDir: string): void {
	rmSync(markIn(dataDir), { force: true });
}
