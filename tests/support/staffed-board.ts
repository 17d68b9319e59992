/** A municipality with everybody a command may be asked by, and contexts to ask as each of them. */
import { expect } from 'vitest';
import { newId } from '../../board/new-id.ts';
import { type Database, transaction } from '../../db/client.ts';
import { auditEntriesOf, type ChainId, countAuditEntries, verifyChain } from '../../db/repo/audit.ts';
import type { NewPerson } from '../../db/repo/person.ts';
import { insertTemplateVersion } from '../../db/repo/template.ts';
import type { OrganisationId, PersonId, TeamId, TemplateVersionId } from '../../domain/ids.ts';
import type { Profession } from '../../domain/people.ts';
import { defaultTemplate } from '../../domain/programme/default-templates.ts';
import type { Announcement } from '../../server/commands/announcement.ts';
import type { Caller, CommandContext } from '../../server/commands/context.ts';
import { createBoardLog } from '../../server/log/board-log.ts';
import type { CaseKeys } from '../../server/log/case-keys.ts';
import {
	aCitizenCase,
	aGrant,
	anOrganisation,
	aPerson,
	aPlacement,
	aTeam,
	aTeamLead,
	NOON,
	someCaseKeys,
} from './case-builders.ts';

/** Stands for scrypt where the hash itself is not the point. */
export const hashForTests = (password: string): Promise<string> => Promise.resolve(`hashed:${password.length}`);

export async function aStaffedBoard(db: Database) {
	const keys = someCaseKeys();
	const rows = await transaction(db, (tx) => municipality(tx, keys));
	return { ...rows, keys, ...contextsOn(db, keys, rows.municipality.id) };
}

async function municipality(tx: Parameters<Parameters<typeof transaction>[1]>[0], keys: CaseKeys) {
	const host = await anOrganisation(tx, { kind: 'municipality' });
	const company = await anOrganisation(tx, { hostId: host.id, kind: 'company' });
	const elsewhere = await anOrganisation(tx, { kind: 'municipality' });
	const [team, otherTeam] = [await aTeam(tx, { organisationId: host.id }), await aTeam(tx, { organisationId: host.id })];
	const staff = (profession: Profession, organisationId: OrganisationId = host.id) => aPerson(tx, { profession, organisationId });
	const people = {
		admin: await staff('admin'),
		lead: await aTeamLead(tx, team),
		otherLead: await aTeamLead(tx, otherTeam),
		teacher: await staff('teacher'),
		caseWorker: await staff('case-worker'),
		jobConsultant: await staff('job-consultant'),
		stranger: await staff('psychologist'),
		mentor: await staff('company-mentor', company.id),
		adminElsewhere: await staff('admin', elsewhere.id),
	};
	const openCase = await aCitizenCase(tx, {
		team,
		keys,
		name: 'Agnes Thomsen',
		cpr: '0101901234',
		templateContent: defaultTemplate('parallel'),
	});
	for (const { id: personId } of [people.teacher, people.caseWorker, people.jobConsultant]) {
		await aGrant(tx, { caseId: openCase.id, personId, grantedBy: people.lead.id });
	}
	const placement = await aPlacement(tx, { caseId: openCase.id, companyId: company.id });
	await insertTemplateVersion(tx, {
		id: newId<TemplateVersionId>(),
		organisationId: host.id,
		templateKey: 'parallel',
		version: 1,
		validFrom: '2026-01-01',
		validUntil: null,
		content: defaultTemplate('parallel'),
		createdAt: NOON,
	});
	return { municipality: host, elsewhere, company, team, otherTeam, people, case: openCase, placement };
}

function contextsOn(db: Database, keys: CaseKeys, hostId: OrganisationId) {
	const announced: Announcement[] = [];
	const log = createBoardLog({ db, keys, now: () => NOON });
	/** @param leads teams they lead today */
	const as = (person: NewPerson, leads: readonly TeamId[] = [], host: OrganisationId = hostId): CommandContext => ({
		db,
		keys,
		log,
		signedIn: callerOf(person, leads, host),
		now: () => NOON,
		hashPassword: hashForTests,
		connectedTo: () => [],
		announce: (announcement) => void announced.push(announcement),
	});
	return { announced, as, ...auditing(db) };
}

function callerOf(
	{ id: personId, profession, organisationId }: NewPerson,
	leads: readonly TeamId[],
	hostId: OrganisationId,
): Caller {
	return { sessionId: `session of ${personId}`, actor: { personId, profession, organisationId, leads }, hostId };
}

function auditing(db: Database) {
	return {
		/** Runs something and expects exactly one new entry, in one chain, that leaves the chain whole. */
		expectOneEntry: async (chainId: () => ChainId, by: PersonId, run: () => Promise<unknown>, entry: object): Promise<void> => {
			const before = await countAuditEntries(db.orm);
			await run();
			expect(await countAuditEntries(db.orm)).toBe(before + 1);
			const [newest] = await auditEntriesOf(db.orm, chainId(), 1);
			expect(newest).toMatchObject({ personId: by, sessionId: `session of ${by}`, at: NOON, ...entry });
			expect(await verifyChain(db.orm, chainId())).toBeUndefined();
		},
		/** Runs something that is refused and expects that it left nothing in the log. */
		expectNoEntry: async (run: () => Promise<unknown>): Promise<void> => {
			const before = await countAuditEntries(db.orm);
			await run();
			expect(await countAuditEntries(db.orm)).toBe(before);
		},
	};
}
