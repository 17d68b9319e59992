import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = ({ locals }) => {
	redirect(303, locals.signedIn?.actor.profession === 'admin' ? '/admin' : '/cases');
};
