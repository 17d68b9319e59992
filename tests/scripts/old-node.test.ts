import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const AS_NODE_20 = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })`;

const house = mkdtempSync(join(tmpdir(), 'tavle-old-node-'));
afterAll(() => rmSync(house, { recursive: true, force: true }));

/** Scripts and their words, installed as far as a stamp can tell, but without the Node that npm would bring. */
for (const path of ['scripts', 'messages', 'package.json', 'package-lock.json'])
	cpSync(join(ROOT, path), join(house, path), { recursive: true });
const installed = createHash('sha256');
for (const file of ['package.json', 'package-lock.json']) installed.update(readFileSync(join(house, file)));
mkdirSync(join(house, 'node_modules'));
writeFileSync(join(house, 'node_modules/.faellestavle-installed'), installed.digest('hex'));

test.each(['start', 'test', 'verify', 'dev', 'build', 'bench', 'soak', 'tavle'])(
	'npm run %s on an old Node is one clear line',
	(verb) => {
		const args = ['--import', AS_NODE_20, join(house, 'scripts/run.mjs'), verb];
		const end = spawnSync(process.execPath, args, { encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C' } });
		expect(end.stderr.trimEnd().split('\n')).toEqual([expect.stringMatching(/^Node 20\.20\.2 is too old: .* needs Node 24\./)]);
		expect(end.status).toBe(1);
	},
);
