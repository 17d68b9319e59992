import { formatCompartment } from '../../../board/compartments.ts';
import { parseDocName } from '../../../board/doc-name.ts';

/**
 * What became of the document that words on the device were written in: it is still called so; its compartment was opened anew
 * under another name; or it is none of this reader's any more.
 *
 * @param names the case's documents as this reader may open them now
 */
export function whereaboutsOf(document: string, names: readonly string[]): 'there' | 'opened-anew' | 'gone' {
	if (names.includes(document)) return 'there';
	const compartment = compartmentOf(document);
	return names.some((name) => compartmentOf(name) === compartment) ? 'opened-anew' : 'gone';
}

function compartmentOf(name: string): string | undefined {
	const parsed = parseDocName(name);
	return parsed && formatCompartment(parsed.compartment);
}
