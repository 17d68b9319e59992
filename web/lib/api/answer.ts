/** Turns an API's answer into what a page's `load` returns, or into the right page instead. */
import { error, redirect } from '@sveltejs/kit';
import type { Problem } from '../../../server/api/problem.ts';

interface Asked {
	readonly url: URL;
}

/** What a refusal says, for a form that keeps what was typed. */
export async function problemOf(response: Response): Promise<Pick<Problem, 'code' | 'fields' | 'retryAfterSeconds'>> {
	try {
		const problem = (await response.json()) as Problem;
		if (problem.code) return problem;
	} catch {
		// A proxy's page instead of our problem: the status is all we know.
	}
	return { code: response.status === 503 ? 'unavailable' : 'unexpected' };
}

/** Leaves the page unless the answer is good: to sign in, or to the page that says why. */
export async function orLeave(response: Response, { url }: Asked): Promise<void> {
	if (response.ok) return;
	if (response.status === 401) redirect(303, `/sign-in?to=${encodeURIComponent(url.pathname + url.search)}`);
	const { code } = await problemOf(response);
	error(response.status === 403 ? 404 : response.status, { message: code, code });
}
