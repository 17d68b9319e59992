/**
 * `npm run demo:colleagues`: simulated colleagues beside a running demonstration, so that a single person sees the product
 * alive. They come in over HTTP and the public protocols, as anybody does, and know nothing else of it.
 */
import da from '../messages/da/cli.json' with { type: 'json' };
import en from '../messages/en/cli.json' with { type: 'json' };
import { addressOf, CAST, type CastMember } from './demo/cast.ts';
import { Colleague } from './demo/colleagues/colleague.ts';
import { Refused } from './demo/colleagues/connection.ts';
import { operatorLanguage, readEnvironment } from './env.ts';

/** The lead is left to whoever tries the product. */
const ACCOUNTS: readonly string[] = ['psykolog', 'underviser', 'mentor', 'jobkonsulent', 'sagsbehandler', 'sundhed'];

const texts = { da, en }[operatorLanguage()].colleagues;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
	const { host, port, publicOrigin } = readEnvironment();
	const origin = publicOrigin ?? `http://${host}:${port}`;
	const stop = new AbortController();
	process.once('SIGINT', () => stop.abort());
	process.once('SIGTERM', () => stop.abort());
	const members = CAST.filter(({ account }) => ACCOUNTS.includes(account));
	say(texts.begin.replace('{{origin}}', origin).replace('{{names}}', members.map(({ name }) => name).join(', ')));
	await Promise.all(members.map((member) => workdayOf(member, origin, stop.signal)));
	say(texts.end);
}

async function workdayOf(member: CastMember, origin: string, stop: AbortSignal): Promise<void> {
	const tell = (failure: string): void => say(texts.refused.replace('{{name}}', member.name).replace('{{what}}', failure));
	try {
		await new Colleague(member, addressOf(member.account), tell).work(origin, stop);
	} catch (error) {
		if (!(error instanceof Refused || error instanceof TypeError)) throw error; // `fetch` says TypeError when nobody listens
		say(texts.away.replace('{{name}}', member.name).replace('{{origin}}', origin));
		process.exitCode = 1;
	}
}

await main();
