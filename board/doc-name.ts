import type { DocumentCompartment } from '../domain/compartments.ts';
import { isUuid } from '../domain/ids.ts';
import type { CaseId } from '../domain/ids.ts';
import { formatCompartment, parseCompartment } from './compartments.ts';

/** Which document a socket asks for. The epoch rises with a restore, so that an old offline copy cannot come back. */
export interface DocName {
	readonly caseId: CaseId;
	readonly compartment: DocumentCompartment;
	readonly epoch: number;
}

/** `<caseId>.team.e<n>`, `<caseId>.placement-<placementId>.e<n>` or `<caseId>.private-<personId>.e<n>`. */
const NAME = /^([0-9a-f-]{36})\.([a-z0-9-]{4,46})\.e([1-9]\d{0,8})$/;

export function formatDocName(name: DocName): string {
	return `${name.caseId}.${formatCompartment(name.compartment)}.e${name.epoch}`;
}

/** The name a client sent, or `undefined` when it is not a document's name: answered like one that does not exist. */
export function parseDocName(raw: string): DocName | undefined {
	const [, caseId = '', word = '', epoch] = NAME.exec(raw) ?? [];
	const compartment = parseCompartment(word);
	if (!isUuid(caseId) || !compartment || compartment.kind === 'clinical' || compartment.kind === 'justice') return undefined;
	return { caseId: caseId as CaseId, compartment, epoch: Number(epoch) }; // safe: isUuid above
}
