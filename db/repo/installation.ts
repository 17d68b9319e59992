import { eq } from 'drizzle-orm';
import type { Executor } from '../client.ts';
import { installation } from '../schema/installation.ts';

export interface Installation {
	readonly isDemo: boolean;
	/** Its demonstration is still being written. */
	readonly isDemoUnfinished: boolean;
	/** A known text sealed by the master key. */
	readonly keyCheck: Buffer;
	readonly createdAt: Date;
}

export async function findInstallation(tx: Executor): Promise<Installation | undefined> {
	const [row] = await tx.select().from(installation);
	return row;
}

/** The key check, which nobody else changes until the transaction ends; undefined before there is an installation. */
export async function shareInstallation(tx: Executor): Promise<Buffer | undefined> {
	const [row] = await tx.select({ keyCheck: installation.keyCheck }).from(installation).for('share');
	return row?.keyCheck;
}

/** {@link shareInstallation} for who changes it: waits for those who share it. */
export async function lockInstallation(tx: Executor): Promise<Buffer | undefined> {
	const [row] = await tx.select({ keyCheck: installation.keyCheck }).from(installation).for('update');
	return row?.keyCheck;
}

export async function setKeyCheck(tx: Executor, keyCheck: Buffer): Promise<void> {
	await tx.update(installation).set({ keyCheck }).where(eq(installation.id, 1));
}

/** False when another process was faster; its row then stands. */
export async function insertInstallation(tx: Executor, row: Installation): Promise<boolean> {
	const made = await tx
		.insert(installation)
		.values({ id: 1, ...row })
		.onConflictDoNothing()
		.returning({ id: installation.id });
	return made.length > 0;
}

/** After the last commit of the demonstration: from now on people work here. */
export async function finishDemo(tx: Executor): Promise<void> {
	await tx.update(installation).set({ isDemoUnfinished: false }).where(eq(installation.id, 1));
}
