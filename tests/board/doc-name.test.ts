import { expect, test } from 'vitest';
import { formatCompartment, parseCompartment } from '../../board/compartments.ts';
import type { DocName } from '../../board/doc-name.ts';
import { formatDocName, parseDocName } from '../../board/doc-name.ts';
import type { CaseId, PersonId, PlacementId } from '../../domain/ids.ts';
import { anId } from '../support/board.ts';

const caseId = anId<CaseId>(1);
const names: readonly [string, DocName][] = [
	[`${caseId}.team.e1`, { caseId, compartment: { kind: 'team' }, epoch: 1 }],
	[
		`${caseId}.placement-${anId(2)}.e12`,
		{ caseId, compartment: { kind: 'placement', placementId: anId<PlacementId>(2) }, epoch: 12 },
	],
	[
		`${caseId}.private-${anId(3)}.e999999999`,
		{ caseId, compartment: { kind: 'private', personId: anId<PersonId>(3) }, epoch: 999_999_999 },
	],
];

test.each(names)('%s is a name', (raw, name) => {
	expect(parseDocName(raw)).toEqual(name);
	expect(formatDocName(name)).toBe(raw);
});

test.each([
	'',
	'x',
	`${caseId}`,
	`${caseId}.team`,
	`${caseId}.team.e0`,
	`${caseId}.team.e01`,
	`${caseId}.team.e1x`,
	`${caseId}.team.e-1`,
	`${caseId}.team.e1\n`,
	`${caseId}.clinical.e1`,
	`${caseId}.justice.e1`,
	`${caseId}.placement.e1`,
	`${caseId}.placement-.e1`,
	`${caseId}.placement-x.e1`,
	`${caseId}.team-${anId(2)}.e1`,
	`${caseId.replaceAll('0', 'A')}.team.e1`,
	`../${caseId}.team.e1`,
	`${caseId}.team.e1.e1`,
	`${'-'.repeat(36)}.team.e1`,
	`${caseId}.team.e9999999999`,
])('%j is none', (raw) => {
	expect(parseDocName(raw)).toBeUndefined();
});

test('every compartment has one word', () => {
	for (const word of ['team', 'clinical', 'justice', `placement-${anId(2)}`, `private-${anId(3)}`]) {
		expect(formatCompartment(parseCompartment(word)!)).toBe(word);
	}
	for (const word of ['', 'Team', 'placement', `clinical-${anId(2)}`, `placement-${anId(2)}x`])
		expect(parseCompartment(word)).toBeUndefined();
});
