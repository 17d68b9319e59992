/** One citizen's case with words in every compartment that occur nowhere else, so that each can be looked for on a wire. */
import { addDays, dayOf } from '../../domain/iso-week.ts';
import { goalTextName, PURPOSE_TEXT, draftTextName, taskTextName } from '../../board/schema.ts';
import { addTask } from '../../board/edit/task.ts';
import { newId } from '../../board/new-id.ts';
import type { DraftId, PersonId, TaskId } from '../../domain/ids.ts';
import type { CaseBoard, CaseList } from '../../server/api/case-board.ts';
import { anEditor } from '../support/board.ts';
import { type ApiCaller, apiAs } from '../support/signed-in.ts';
import { aStockClient, type StockClient } from '../support/stock-client.ts';

export const CITIZEN = 'Amina Holm';
export type Place = 'team' | 'clinical' | 'justice' | 'otherPlacement' | 'ownPlacement' | 'draft';
export const PLACES: readonly Place[] = ['team', 'clinical', 'justice', 'otherPlacement', 'ownPlacement', 'draft'];

/** Letters that no word, name or identifier contains; without a wave what all of a place's words begin with. */
export function plantedWord(place: Place, wave = ''): string {
	return `Xqz${place}Qzx${wave}`;
}

export interface PlantedCase {
	readonly caseId: string;
	readonly ownPlacementId: string;
	readonly otherPlacementId: string;
	readonly documents: Readonly<Record<'team' | 'ownPlacement' | 'otherPlacement' | 'draft', string>>;
	readonly observationIds: readonly string[];
	plant(wave: string): Promise<void>;
	close(): void;
}

const tomorrow = () => addDays(dayOf(new Date()), 1);

export async function plantCase(url: string): Promise<PlantedCase> {
	const [lead, teacher, psychologist, prison, mentor, admin] = (await Promise.all(
		['leder', 'underviser', 'psykolog', 'kriminalforsorg', 'virksomhed', 'admin'].map((account) => apiAs(url, account)),
	)) as [ApiCaller, ApiCaller, ApiCaller, ApiCaller, ApiCaller, ApiCaller];
	const [leadId, psychologistId, mentorId] = (await Promise.all([lead, psychologist, mentor].map(idOf))) as [
		PersonId,
		PersonId,
		PersonId,
	];
	const { cases } = await lead.get<CaseList>('/cases');
	const caseId = cases.find(({ citizenName }) => citizenName === CITIZEN)!.id;
	const ownPlacementId = (await lead.get<CaseBoard>(`/cases/${caseId}/board`)).placements[0]!.id;
	const otherPlacementId = await openAnotherPlacement(lead, admin, caseId);
	await letPrisonIn(lead, prison, caseId);
	const documents = await documentsOf(lead, teacher, caseId, ownPlacementId);
	const at = (name: string, who: ApiCaller) =>
		aStockClient({ serverUrl: url.replace('http', 'ws'), name, cookie: who.cookie, origin: url });
	const clients = {
		team: at(documents.team, lead),
		ownPlacement: at(documents.ownPlacement, lead),
		otherPlacement: at(documents.otherPlacement, lead),
		draft: at(documents.draft, teacher),
	};
	const observationIds: string[] = [];
	const share = async (who: ApiCaller, compartment: string, text: string, placementId?: string) => {
		const input = {
			draftId: newId<DraftId>(),
			text,
			kind: 'fact',
			trackId: null,
			compartment,
			...(placementId && { placementId }),
		};
		observationIds.push(
			(await who.send<{ observationId: string }>('POST', `/cases/${caseId}/observations`, input)).observationId,
		);
	};
	return {
		caseId,
		ownPlacementId,
		otherPlacementId,
		documents,
		observationIds,
		plant: async (wave) => {
			await write(clients, wave);
			const by = anEditor(leadId, new Date().toISOString());
			addTask(clients.team.doc, by, { text: plantedWord('team', wave), owner: psychologistId });
			addTask(clients.ownPlacement.doc, by, { text: plantedWord('ownPlacement', wave), owner: mentorId });
			addTask(clients.otherPlacement.doc, by, { text: plantedWord('otherPlacement', wave), owner: leadId });
			await until(() => Object.values(clients).every((client) => client.isSaved()), 'the planted tasks are stored');
			await share(lead, 'team', plantedWord('team', wave));
			await share(psychologist, 'clinical', plantedWord('clinical', wave));
			await share(prison, 'justice', plantedWord('justice', wave));
			await share(lead, 'placement', plantedWord('ownPlacement', wave), ownPlacementId);
			await share(lead, 'placement', plantedWord('otherPlacement', wave), otherPlacementId);
		},
		close: () => Object.values(clients).forEach((client) => client.destroy()),
	};
}

async function idOf(who: ApiCaller): Promise<PersonId> {
	return (await who.get<{ id: PersonId }>('/me')).id;
}

async function openAnotherPlacement(lead: ApiCaller, admin: ApiCaller, caseId: string): Promise<string> {
	const company = { name: 'Andethus Maskinfabrik', kind: 'company' };
	const { organisationId } = await admin.send<{ organisationId: string }>('POST', '/organisations', company);
	const term = { companyId: organisationId, fromDay: dayOf(new Date()), untilDay: tomorrow() };
	return (await lead.send<{ placementId: string }>('POST', `/cases/${caseId}/placements`, term)).placementId;
}

/** So that something is written under `justice` in a case that has a company's mentor too. */
async function letPrisonIn(lead: ApiCaller, prison: ApiCaller, caseId: string): Promise<void> {
	const personId = await idOf(prison);
	const grant = { personId, placementId: null, basis: 'consent', untilDay: tomorrow(), addsClinical: false, addsJustice: false };
	await lead.send('POST', `/cases/${caseId}/access`, grant);
}

async function documentsOf(lead: ApiCaller, teacher: ApiCaller, caseId: string, ownPlacementId: string) {
	const { documents } = await lead.get<CaseBoard>(`/cases/${caseId}/board`);
	const theirs = await teacher.get<CaseBoard>(`/cases/${caseId}/board`);
	const placements = documents.filter((each) => each.compartment === 'placement');
	return {
		team: documents.find(({ compartment }) => compartment === 'team')!.name,
		ownPlacement: placements.find(({ placementId }) => placementId === ownPlacementId)!.name,
		otherPlacement: placements.find(({ placementId }) => placementId !== ownPlacementId)!.name,
		draft: theirs.documents.find(({ compartment }) => compartment === 'private')!.name,
	};
}

async function write(clients: Readonly<Record<'team' | 'ownPlacement' | 'otherPlacement' | 'draft', StockClient>>, wave: string) {
	const all = Object.values(clients);
	await until(() => all.every(({ provider }) => provider.synced), 'the documents to plant in are open');
	clients.team.doc.getText(goalTextName('team')).insert(0, plantedWord('team', wave));
	clients.team.doc.getText(taskTextName(newId<TaskId>())).insert(0, plantedWord('team', wave));
	clients.ownPlacement.doc.getText(PURPOSE_TEXT).insert(0, plantedWord('ownPlacement', wave));
	clients.otherPlacement.doc.getText(PURPOSE_TEXT).insert(0, plantedWord('otherPlacement', wave));
	clients.draft.doc.getText(draftTextName(newId<DraftId>())).insert(0, plantedWord('draft', wave));
	await until(() => all.every((client) => client.isSaved()), 'what was planted is stored');
}

async function until(holds: () => boolean, what: string): Promise<void> {
	for (const deadline = Date.now() + 15_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 20))) {
		if (Date.now() > deadline) throw new Error(`Not in time: ${what}`);
	}
}
