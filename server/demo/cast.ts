import type { AccessBasis } from '../../domain/disclosure/access-basis.ts';
import type { OrganisationKind, Profession } from '../../domain/people.ts';

/** The invented municipality, its partners and its people. Nobody here exists. */

export const DEMO_PASSWORD = 'tavle-demo-2026';
const DOMAIN = 'tavle.example';

export const MUNICIPALITY = 'Nordby Kommune (demo)';

export const PARTNERS = [
	{ name: 'Region Nord', kind: 'region' },
	{ name: 'VUC Nord', kind: 'school' },
	{ name: 'Nordby Fængsel', kind: 'prison-service' },
	{ name: 'Løvbjerg Gartneri', kind: 'company' },
] as const satisfies readonly { name: string; kind: OrganisationKind }[];

export type TeamKey = 'west' | 'east';
export const TEAM_NAMES: Readonly<Record<TeamKey, string>> = { west: 'Team Vest', east: 'Team Øst' };

export interface CastMember {
	readonly account: string;
	readonly name: string;
	readonly profession: Profession;
	readonly organisation: string;
	/** The team met with every week; null for administrators and guests. */
	readonly team: TeamKey | null;
	readonly basis: AccessBasis;
}

const staff = (
	account: string,
	name: string,
	profession: Profession,
	team: TeamKey | null,
	organisation: string = MUNICIPALITY,
): CastMember => ({
	account,
	name,
	profession,
	organisation,
	team,
	basis: organisation === MUNICIPALITY ? 'employment-law' : 'consent',
});

export const CAST: readonly CastMember[] = [
	staff('leder', 'Jonas Brandt', 'team-lead', 'west'),
	staff('psykolog', 'Sofie Krag', 'psychologist', 'west', 'Region Nord'),
	staff('underviser', 'Peter Dahl', 'teacher', 'west', 'VUC Nord'),
	staff('mentor', 'Ali Demir', 'social-mentor', 'west'),
	staff('jobkonsulent', 'Mette Lund', 'job-consultant', 'west'),
	staff('sagsbehandler', 'Karin Holt', 'case-worker', 'west'),
	staff('sundhed', 'Hanne Vig', 'health-staff', 'west'),
	staff('misbrug', 'Lars Friis', 'substance-counsellor', 'west'),
	staff('virksomhed', 'Bente Løvbjerg', 'company-mentor', null, 'Løvbjerg Gartneri'),
	staff('kriminalforsorg', 'Torben Kruse', 'prison-partner', null, 'Nordby Fængsel'),
	staff('leder2', 'Birgit Sommer', 'team-lead', 'east'),
	staff('psykolog2', 'Dorthe Lind', 'psychologist', 'east', 'Region Nord'),
	staff('underviser2', 'Kim Storgaard', 'teacher', 'east', 'VUC Nord'),
	staff('mentor2', 'Leila Azizi', 'social-mentor', 'east'),
	staff('jobkonsulent2', 'Anders Bak', 'job-consultant', 'east'),
	staff('sagsbehandler2', 'Nikolaj Ravn', 'case-worker', 'east'),
	staff('sundhed2', 'Ruth Vestergaard', 'health-staff', 'east'),
	staff('misbrug2', 'Hans Elkær', 'substance-counsellor', 'east'),
	staff('admin', 'Inge Møller', 'admin', null),
];

/** The sign-ins an operator is told of, in the order of the meeting table. */
const ANNOUNCED_ACCOUNTS = [
	'leder',
	'psykolog',
	'underviser',
	'mentor',
	'jobkonsulent',
	'sagsbehandler',
	'sundhed',
	'virksomhed',
	'kriminalforsorg',
	'leder2',
	'admin',
] as const;

export function addressOf(account: string): string {
	return `${account}@${DOMAIN}`;
}

/** Which profession looks after which kind of track. */
export const KEEPER_OF: Readonly<Record<string, Profession>> = {
	psychologist: 'psychologist',
	'group-teaching': 'teacher',
	'motivation-talks': 'case-worker',
	'social-mentor': 'social-mentor',
	exercise: 'health-staff',
	'health-support': 'health-staff',
	'substance-treatment': 'substance-counsellor',
	'company-placement': 'job-consultant',
	'practical-help': 'case-worker',
};

/** What an operator is told to sign in with. */
export const DEMO_SIGN_INS = { addresses: ANNOUNCED_ACCOUNTS.map(addressOf), password: DEMO_PASSWORD } as const;
