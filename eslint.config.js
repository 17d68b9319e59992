import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const TESTS = ['tests/**/*.ts', 'bench/**/*.ts'];

/** What a rule may not read: the clock, chance and the surroundings are parameters. */
const IMPURE = [
	{ selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'The clock is a parameter.' },
	{ selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'The clock is a parameter.' },
	{ selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Chance is a parameter.' },
];

const ENVIRONMENT = {
	selector: "MemberExpression[object.name='process'][property.name='env']",
	message: 'process.env is read in server/env.ts alone.',
};

export default ts.config(
	{
		ignores: ['node_modules/', 'build/', '.svelte-kit/', '.data/', 'test-results/', 'tests/architecture/fixtures/', 'docs/'],
	},
	js.configs.recommended,
	...ts.configs.strict,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.node, ...globals.browser } },
		rules: {
			'no-console': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
			'no-undef': 'off', // TypeScript knows better
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'@typescript-eslint/consistent-type-imports': [
				'error',
				{ fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
			],
			'@typescript-eslint/no-invalid-void-type': 'off', // Result<void, Refusal> is a word of the house
			'@typescript-eslint/no-non-null-assertion': 'off', // with noUncheckedIndexedAccess, a bound the compiler cannot see is said with `!`
			'no-restricted-syntax': ['error', ENVIRONMENT],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } },
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		rules: {
			'svelte/no-navigation-without-resolve': 'off', // one base path: the root
			'svelte/prefer-svelte-reactivity': 'off', // a cache that nobody renders is a plain Map
			'svelte/no-unused-svelte-ignore': 'off', // svelte-check fails on warnings and knows which are real
		},
	},
	{ files: ['domain/**/*.ts', 'board/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ENVIRONMENT, ...IMPURE] } },
	{ files: ['board/new-id.ts'], rules: { 'no-restricted-syntax': ['error', ENVIRONMENT] } },
	{ files: ['server/env.ts', 'scripts/**', '*.config.ts', ...TESTS], rules: { 'no-restricted-syntax': 'off' } },
	{ files: ['scripts/**', 'bench/**', 'server/cli/**', '.ci/**', 'tests/soak/**'], rules: { 'no-console': 'off' } },
	{ files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
);
