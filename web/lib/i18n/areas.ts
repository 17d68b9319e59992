import type { Catalogue } from '../../../messages/da.ts';

export type Area = keyof Catalogue;

/** Shown by the frame round every page. */
const EVERYWHERE = ['common', 'profession', 'theme'] as const satisfies readonly Area[];

/**
 * What the pages under a route show besides; the closest route counts. A test follows each page to everything it shows, and finds
 * what would be shown before its texts are there, and texts that no page needs.
 */
const BY_ROUTE: Readonly<Record<string, readonly Area[]>> = {
	'/access': ['admin', 'basis', 'board', 'problem', 'sign-in'],
	'/admin': ['admin', 'problem'],
	'/cases': ['caseload', 'cases', 'sign-in'],
	'/cases/[id]': ['board'],
	'/cases/[id]/history': ['board', 'history', 'minutes', 'problem', 'sign-in'],
	'/cases/[id]/placements': ['board', 'placement'],
	'/cases/[id]/summary': ['board', 'summary'],
	'/meeting': ['meeting'],
	'/meeting/[id]': ['board', 'decision', 'meeting', 'opening', 'problem', 'ratings', 'sign-in', 'unsent'],
	'/minutes': ['board', 'minutes', 'problem', 'sign-in'],
	'/sign-in': ['sign-in'],
	'/tasks': ['sign-in', 'tasks'],
	'/templates': ['admin', 'problem', 'programme', 'templates'],
	'/wall': ['wall'],
};

/** @param routeId null where nothing is found */
export function areasOf(routeId: string | null): readonly Area[] {
	const routes = Object.keys(BY_ROUTE).filter((route) => `${routeId}/`.startsWith(`${route}/`));
	const closest = routes.toSorted((a, b) => b.length - a.length)[0];
	return [...EVERYWHERE, ...(closest ? BY_ROUTE[closest]! : [])];
}
