import { closeSync, fchownSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Either the whole file is there after a power cut, or what was there before. Only its owner may read it. */
export function writeDurably(path: string, content: string, owner?: { readonly uid: number; readonly gid: number }): void {
	const half = writtenHalf(path, content, owner);
	renameDurably(half, path);
}

/** False when somebody was faster: what they wrote stands. */
export function createDurably(path: string, content: string): boolean {
	const half = writtenHalf(path, content);
	try {
		linkSync(half, path);
		syncFolder(dirname(path));
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
		throw error;
	} finally {
		rmSync(half);
	}
}

export function renameDurably(from: string, to: string): void {
	renameSync(from, to);
	syncFolder(dirname(to));
}

function writtenHalf(path: string, content: string, owner?: { readonly uid: number; readonly gid: number }): string {
	const half = `${path}.${process.pid}.new`;
	const file = openSync(half, 'w', 0o600);
	try {
		writeSync(file, content);
		if (owner) fchownSync(file, owner.uid, owner.gid);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	return half;
}

function syncFolder(path: string): void {
	const folder = openSync(path, 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
