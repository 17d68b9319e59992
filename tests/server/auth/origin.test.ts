import { describe, expect, test } from 'vitest';
import { isFromOurPages } from '../../../server/auth/origin.ts';

const trusted = ['https://tavle.nordby.example'];
const from = (headers: Record<string, string>) => isFromOurPages(new Headers(headers), trusted);

describe('a request', () => {
	test.each([
		['no browser', {}],
		['our own page', { origin: 'http://localhost:3000', host: 'localhost:3000' }],
		['our page behind the proxy', { origin: 'https://tavle.nordby.example', host: '127.0.0.1:3000' }],
		['a browser that says same-origin', { 'sec-fetch-site': 'same-origin' }],
	])('from %s may change something', (_, headers) => expect(from(headers as Record<string, string>)).toBe(true));

	test.each([
		['another site', { origin: 'https://evil.example', host: 'localhost:3000' }],
		['another port', { origin: 'http://localhost:4000', host: 'localhost:3000' }],
		['a name that begins like ours', { origin: 'https://tavle.nordby.example.evil.example', host: '127.0.0.1:3000' }],
		['a sandboxed frame', { origin: 'null', host: 'localhost:3000' }],
		['a neighbour site without an origin', { 'sec-fetch-site': 'same-site' }],
		['another site without an origin', { 'sec-fetch-site': 'cross-site' }],
	])('from %s may not', (_, headers) => expect(from(headers as Record<string, string>)).toBe(false));
});
