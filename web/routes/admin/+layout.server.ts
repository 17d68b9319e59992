import { error } from '@sveltejs/kit';
import type { LayoutServerLoad } from './$types.ts';

/** The API refuses anyway; this only says it as a page. */
export const load: LayoutServerLoad = ({ locals }) => {
	if (locals.signedIn?.actor.profession !== 'admin') error(404, 'not-found');
};
