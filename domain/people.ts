/** Professions and functions of the people who work with a citizen. Danish words: GLOSSARY.md. */
export const PROFESSIONS = [
	'team-lead',
	'case-worker',
	'psychologist',
	'teacher',
	'social-mentor',
	'health-staff',
	'substance-counsellor',
	'job-consultant',
	'company-mentor',
	'prison-partner',
	'admin',
] as const;
export type Profession = (typeof PROFESSIONS)[number];

export const ORGANISATION_KINDS = ['municipality', 'region', 'school', 'company', 'prison-service', 'other'] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];
