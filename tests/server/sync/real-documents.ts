import { randomBytes } from 'node:crypto';
import { formatDocName, type DocName } from '../../../board/doc-name.ts';
import { type Database, transaction } from '../../../db/client.ts';
import type { DocumentId, PersonId } from '../../../domain/ids.ts';
import { type BoardLog, createBoardLog } from '../../../server/log/board-log.ts';
import { createCaseKeys } from '../../../server/log/case-keys.ts';
import { aCitizenCase, aGrant, aPerson, aTeamLead, anOrganisation, aTeam } from '../../support/case-builders.ts';

export interface RealDocument {
	readonly docName: DocName;
	readonly name: string;
	readonly documentId: DocumentId;
}

export interface RealDocuments {
	readonly masterKey: Buffer;
	readonly log: BoardLog;
	readonly documents: readonly RealDocument[];
	readonly people: readonly PersonId[];
}

/** Team documents of as many cases, and people with access to each, on a real database. */
export async function realDocuments(
	db: Database,
	counts: { readonly cases: number; readonly people: number },
): Promise<RealDocuments> {
	const masterKey = randomBytes(32);
	const keys = createCaseKeys(masterKey);
	const log = createBoardLog({ db, keys, now: () => new Date() });
	const { caseIds, people } = await transaction(db, async (tx) => {
		const municipality = await anOrganisation(tx);
		const team = await aTeam(tx, { organisationId: municipality.id });
		const lead = await aTeamLead(tx, team);
		const people: PersonId[] = [lead.id];
		while (people.length < counts.people) people.push((await aPerson(tx, { organisationId: municipality.id })).id);
		const caseIds = [];
		for (let index = 0; index < counts.cases; index++) {
			const { id: caseId } = await aCitizenCase(tx, { team, keys });
			for (const personId of people.slice(1)) await aGrant(tx, { caseId, personId, grantedBy: lead.id });
			await log.ensureDocuments(tx, caseId);
			caseIds.push(caseId);
		}
		return { caseIds, people };
	});
	const documents: RealDocument[] = [];
	for (const caseId of caseIds) {
		const docName: DocName = { caseId, compartment: { kind: 'team' }, epoch: 1 };
		documents.push({ docName, name: formatDocName(docName), documentId: (await log.open(docName))!.documentId });
	}
	return { masterKey, log, documents, people };
}
