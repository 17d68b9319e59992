/** Sign-in for clients that are no browser: what a script would do with the API. */
import { DEMO_PASSWORD } from './server.ts';

/** The cookie header of a demo account. */
async function cookieOf(url: string, account: string): Promise<string> {
	const answer = await fetch(`${url}/api/auth/sign-in/email`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', origin: url },
		body: JSON.stringify({ email: `${account}@tavle.example`, password: DEMO_PASSWORD }),
	});
	if (!answer.ok) throw new Error(`${account} could not sign in: ${answer.status} ${await answer.text()}`);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}

export interface ApiCaller {
	readonly cookie: string;
	get<Answer>(path: string): Promise<Answer>;
	/** @returns the body of a 2xx; anything else is thrown with its words. */
	send<Answer>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Answer>;
}

/** The API as one demo account asks it. */
export async function apiAs(url: string, account: string): Promise<ApiCaller> {
	const cookie = await cookieOf(url, account);
	const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
		const answer = await fetch(`${url}/api/v1${path}`, {
			method,
			headers: { cookie, origin: url, ...(body && { 'content-type': 'application/json' }) },
			...(body && { body: JSON.stringify(body) }),
		});
		const words = await answer.text();
		if (!answer.ok) throw new Error(`${account}: ${method} ${path} gave ${answer.status} ${words}`);
		return words === '' ? undefined : JSON.parse(words);
	};
	return {
		cookie,
		get: <Answer>(path: string) => ask('GET', path) as Promise<Answer>,
		send: <Answer>(method: string, path: string, body?: object) => ask(method, path, body) as Promise<Answer>,
	};
}
