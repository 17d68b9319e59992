/** What processes cost, as the kernel counts it. Source: proc(5). */
import { readdirSync, readFileSync } from 'node:fs';

const MS_PER_TICK = 10;

interface ProcessFields {
	readonly parent: number;
	readonly ownMs: number;
	/** Of children that have ended and were waited for. */
	readonly endedChildrenMs: number;
}

/** `undefined` when it has ended. */
export function fieldsOf(pid: number): ProcessFields | undefined {
	try {
		// What precedes is the program's name, which may hold anything.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ').map(Number);
		const ms = (user: number, system: number) => (fields[user]! + fields[system]!) * MS_PER_TICK;
		return { parent: fields[1]!, ownMs: ms(11, 12), endedChildrenMs: ms(13, 14) };
	} catch {
		return undefined;
	}
}

/** Processor time so far of a process alone. */
export function cpuMs(pid: number): number {
	return fieldsOf(pid)?.ownMs ?? 0;
}

/** Processor time so far of a process and its children, those that have ended too. */
export function familyCpuMs(pid: number): number {
	let totalMs = cpuMs(pid) + (fieldsOf(pid)?.endedChildrenMs ?? 0);
	for (const child of childrenOf(pid)) totalMs += cpuMs(child);
	return totalMs;
}

export function childrenOf(pid: number): number[] {
	const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
	return all.map(Number).filter((each) => fieldsOf(each)?.parent === pid);
}

export function residentKb(pid: number): number {
	return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
