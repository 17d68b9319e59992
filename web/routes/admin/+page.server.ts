import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = () => redirect(303, '/admin/citizens');
