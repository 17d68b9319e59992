import { expect, test } from 'vitest';
import { isSameInstallation } from '../../scripts/lockfile.mjs';

const ROOT_ENTRY = { dependencies: { yjs: '13.6.33' } };
const YJS = { version: '13.6.33', integrity: 'sha512-a' };
const BINDING = { version: '0.156.0', integrity: 'sha512-b', optional: true, os: ['android'] };

const lockfile = (packages: object, root: object = ROOT_ENTRY): string => JSON.stringify({ packages: { '': root, ...packages } });

const committed = lockfile({ 'node_modules/yjs': YJS });
const withBinding = lockfile({ 'node_modules/yjs': YJS, 'node_modules/binding': BINDING });

test('a package of a foreign platform may come and go with the registry', () => {
	expect(isSameInstallation(committed, withBinding)).toBe(true);
	expect(isSameInstallation(withBinding, committed)).toBe(true);
});

test.each([
	['another version', lockfile({ 'node_modules/yjs': { ...YJS, version: '13.6.34' } })],
	['other bytes under the same version', lockfile({ 'node_modules/yjs': { ...YJS, integrity: 'sha512-c' } })],
	['a package more', lockfile({ 'node_modules/yjs': YJS, 'node_modules/left-pad': YJS })],
	['a package less', lockfile({})],
	['another wish in package.json', lockfile({ 'node_modules/yjs': YJS }, { dependencies: { yjs: '^13.0.0' } })],
])('%s is another installation', (_, after) => {
	expect(isSameInstallation(committed, after)).toBe(false);
});

test('an optional package of another version is another installation', () => {
	const other = lockfile({ 'node_modules/yjs': YJS, 'node_modules/binding': { ...BINDING, version: '0.157.0' } });
	expect(isSameInstallation(withBinding, other)).toBe(false);
});
