import { closeSync, fchownSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunAs } from './run-as.ts';

/** Either the whole file is there after a power cut, or what was there before. */
export function writeDurably(path: string, content: string, owner?: RunAs): void {
	const half = `${path}.new`;
	const file = openSync(half, 'w', 0o600);
	try {
		writeSync(file, content);
		if (owner) fchownSync(file, owner.uid, owner.gid);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameDurably(half, path);
}

export function renameDurably(from: string, to: string): void {
	renameSync(from, to);
	const folder = openSync(dirname(to), 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}
