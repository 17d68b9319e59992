/** The six lines a meeting fills in for each citizen, in the order they are asked. */
export const CHECKLIST_LINES = [
	'own-wish',
	'what-changed',
	'biggest-obstacle',
	'job-step',
	'who-does-what',
	'who-tells',
] as const;
export type ChecklistLine = (typeof CHECKLIST_LINES)[number];

export function isChecklistLine(raw: string): raw is ChecklistLine {
	return (CHECKLIST_LINES as readonly string[]).includes(raw);
}
