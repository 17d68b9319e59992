/**
 * The master key wraps every data key: without it nothing personal can be read, and with another one nothing may be
 * written. So it is checked against the database before anything else happens.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../db/client.ts';
import { findInstallation, insertInstallation } from '../../db/repo/installation.ts';
import { createDurably } from '../../db/write-durably.ts';
import { fitsKeyCheck, keyCheckOf } from './derived-key.ts';
import { KEY_BYTES } from './seal.ts';

export type MasterKeyFailureCode =
	/** Not 32 bytes of base64. */
	| 'master-key-malformed'
	/** The file that `MASTER_KEY_FILE` names cannot be read. */
	| 'master-key-unreadable'
	/** This database was sealed with a key, and none was given or found. */
	| 'master-key-missing'
	/** This database was sealed with another key. */
	| 'master-key-wrong';

export class MasterKeyFailed extends Error {
	readonly code: MasterKeyFailureCode;
	/** Where the key was looked for, or its variable. */
	readonly from: string;
	constructor(code: MasterKeyFailureCode, from: string) {
		super(`${code} · ${from}`);
		this.code = code;
		this.from = from;
	}
}

export interface MasterKeySource {
	/** `MASTER_KEY` */
	readonly value: string | undefined;
	/** `MASTER_KEY_FILE` */
	readonly file: string | undefined;
	readonly dataDir: string;
}

export interface OpenInstallation {
	readonly masterKey: Buffer;
	readonly isDemo: boolean;
	/** Nothing was in this database before. */
	readonly isNew: boolean;
	/** The key was made here, so whoever runs this must back the file up. */
	readonly madeKeyFile: string | undefined;
}

export interface InstallationOptions {
	readonly source: MasterKeySource;
	/** What a new installation becomes; an old one stays what it is. */
	readonly isDemo: boolean;
	readonly now: () => Date;
}

/** Finds the key that fits this database, or makes both. @throws {MasterKeyFailed} before anything is changed */
export async function openInstallation(db: Database, { source, isDemo, now }: InstallationOptions): Promise<OpenInstallation> {
	const found = await findInstallation(db.orm);
	const { key, from, made } = found ? givenKey(source) : givenOrMadeKey(source);
	if (!found) {
		const isNew = await insertInstallation(db.orm, {
			isDemo,
			isDemoUnfinished: isDemo,
			keyCheck: keyCheckOf(key),
			createdAt: now(),
		});
		if (isNew) return { masterKey: key, isDemo, isNew, madeKeyFile: made ? from : undefined };
	}
	const installation = found ?? (await findInstallation(db.orm));
	if (!installation || !fitsKeyCheck(key, installation.keyCheck)) throw new MasterKeyFailed('master-key-wrong', from);
	return { masterKey: key, isDemo: installation.isDemo, isNew: false, madeKeyFile: undefined };
}

interface FoundKey {
	readonly key: Buffer;
	readonly from: string;
	readonly made: boolean;
}

const ownFile = (source: MasterKeySource): string => join(source.dataDir, 'master.key');

function givenKey(source: MasterKeySource): FoundKey {
	if (source.value !== undefined) return { key: parsed(source.value, 'MASTER_KEY'), from: 'MASTER_KEY', made: false };
	if (source.file !== undefined) return fromFile(source.file);
	if (existsSync(ownFile(source))) return fromFile(ownFile(source));
	throw new MasterKeyFailed('master-key-missing', ownFile(source));
}

/** The key in a file, made there when there is none: what a rotation turns to. @throws {MasterKeyFailed} */
export function keyFromFileOrNew(file: string): Buffer {
	if (!existsSync(file)) createDurably(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
	return fromFile(file).key;
}

/** The file is on disk before anything is sealed with it; of two processes that make one, the first's stands. */
function givenOrMadeKey(source: MasterKeySource): FoundKey {
	const file = ownFile(source);
	if (source.value !== undefined || source.file !== undefined || existsSync(file)) return givenKey(source);
	const key = randomBytes(KEY_BYTES);
	mkdirSync(source.dataDir, { recursive: true, mode: 0o700 });
	return createDurably(file, `${key.toString('base64')}\n`) ? { key, from: file, made: true } : fromFile(file);
}

function fromFile(file: string): FoundKey {
	let content: string;
	try {
		content = readFileSync(file, 'utf8');
	} catch {
		throw new MasterKeyFailed('master-key-unreadable', file);
	}
	return { key: parsed(content, file), from: file, made: false };
}

function parsed(raw: string, from: string): Buffer {
	const key = Buffer.from(raw.trim(), 'base64');
	const isWhole = /^[A-Za-z0-9+/]{43}=$/.test(raw.trim()) && key.length === KEY_BYTES;
	if (!isWhole) throw new MasterKeyFailed('master-key-malformed', from);
	return key;
}
