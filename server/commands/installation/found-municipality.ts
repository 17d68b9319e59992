import { newId } from '../../../board/new-id.ts';
import { type Database, transaction } from '../../../db/client.ts';
import { appendAudit } from '../../../db/repo/audit.ts';
import { anyOrganisation, insertOrganisation } from '../../../db/repo/organisation.ts';
import { insertPerson } from '../../../db/repo/person.ts';
import { insertAccount } from '../../../db/repo/sign-in.ts';
import { insertTemplateVersion } from '../../../db/repo/template.ts';
import type { OrganisationId, PersonId, TemplateVersionId } from '../../../domain/ids.ts';
import { dayOf } from '../../../domain/iso-week.ts';
import { DEFAULT_TEMPLATE_KEYS, defaultTemplate } from '../../../domain/programme/default-templates.ts';
import { ok, refuse, type Result } from '../../../domain/result.ts';

export interface NewMunicipality {
	readonly name: string;
	readonly admin: { readonly name: string; readonly email: string; readonly passwordHash: string };
}

export interface FoundedMunicipality {
	readonly organisationId: OrganisationId;
	readonly adminId: PersonId;
}

/**
 * The first act in a new database: the municipality, its first administrator and the templates it starts from. It asks
 * no policy, because there is nobody yet whom one could ask about; so it is refused as soon as anybody is there.
 */
export async function foundMunicipality(
	db: Database,
	{ name, admin }: NewMunicipality,
	at: Date,
): Promise<Result<FoundedMunicipality, { readonly code: 'already-founded' }>> {
	const organisationId = newId<OrganisationId>(at.getTime());
	const personId = newId<PersonId>(at.getTime());
	return transaction(db, async (tx) => {
		if (await anyOrganisation(tx)) return refuse({ code: 'already-founded' });
		await insertOrganisation(tx, { id: organisationId, hostId: organisationId, name, kind: 'municipality', createdAt: at });
		await insertPerson(tx, {
			id: personId,
			organisationId,
			name: admin.name,
			email: admin.email,
			profession: 'admin',
			createdAt: at,
		});
		await insertAccount(tx, { personId, ...admin, at });
		for (const templateKey of DEFAULT_TEMPLATE_KEYS) {
			await insertTemplateVersion(tx, {
				id: newId<TemplateVersionId>(at.getTime()),
				organisationId,
				templateKey,
				version: 1,
				validFrom: dayOf(at),
				validUntil: null,
				content: defaultTemplate(templateKey),
				createdAt: at,
			});
		}
		const byServer = { at, personId: null, sessionId: null };
		await appendAudit(tx, organisationId, { action: 'organisation.create', subject: { organisationId }, ...byServer });
		await appendAudit(tx, organisationId, {
			action: 'person.create',
			subject: { personId, organisationId, profession: 'admin' },
			...byServer,
		});
		return ok({ organisationId, adminId: personId });
	});
}
