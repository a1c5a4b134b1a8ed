import { createRequire } from 'node:module';
import { forbidden, layers, portable } from './layers.cjs';

// typescript-eslint comes with n8n's command line tool, which is also what lints nodes/ and credentials/.
const { resolve } = createRequire(import.meta.url);
const tools = createRequire(resolve('@n8n/node-cli/eslint'));
const eslint = tools('@eslint/js');
const typescript = tools('typescript-eslint');

/** Both places name one object: a plugin cannot be defined twice. */
const plugins = { layers: { rules: { layers } } };

const focused = ['describe', 'test', 'it'].flatMap((name) =>
	['only', 'skip', 'todo'].map((mark) => ({
		selector: `MemberExpression[object.name='${name}'][property.name='${mark}']`,
		message: `${name}.${mark} must not be committed.`,
	})),
);

/** Rules for src/ and test/, used by `gulp lint`. Type-aware rules run in src only, where they cost the least and matter most. */
export default typescript.config(
	{ ignores: ['test/e2e/n8n/**', 'test/types/refused/**', 'src/simulator/data/**', '**/*.{js,cjs,mjs}'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['src/**/*.ts', 'test/**/*.ts'],
		extends: [eslint.configs.recommended, ...typescript.configs.recommended],
		plugins,
		rules: {
			'layers/layers': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-require-imports': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
			'@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
			'no-control-regex': 'off',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-restricted-syntax': ['error', ...focused],
			'max-lines': ['error', { max: 300 }],
			'no-var': 'error',
			'prefer-const': 'error',
		},
	},
	{
		files: ['src/**/*.ts'],
		languageOptions: { parserOptions: { project: ['tsconfig.json', 'src/nodered/browser/tsconfig.json'] } },
		rules: {
			'no-console': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
			'@typescript-eslint/only-throw-error': 'error',
		},
	},
	// What n8n loads takes from src/platform what not every host allows; types are checked by the host's own rules.
	{
		files: portable,
		languageOptions: { parser: typescript.parser },
		plugins,
		rules: {
			'layers/layers': 'error',
			'no-restricted-globals': [
				'error',
				...forbidden.map((name) => ({ name, message: 'Not every host allows it: src/platform has what it gives.' })),
			],
		},
	},
	// Programs talk to the terminal.
	{ files: ['src/build/**/*.ts', 'src/simulator/cli.ts'], rules: { 'no-console': 'off' } },
	// A reply of the NAS is of unknown shape until a schema has looked at it; a suite is one story after the other.
	{
		files: ['test/**/*.ts'],
		rules: { '@typescript-eslint/no-explicit-any': 'off', 'max-lines': ['error', { max: 500 }] },
	},
);
