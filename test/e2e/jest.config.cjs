const path = require('node:path');

/** End-to-end tests: whole servers and real browsers, two files at a time on two cores. */
module.exports = {
	rootDir: path.join(__dirname, '../..'),
	roots: ['<rootDir>/test/e2e'],
	testEnvironment: 'node',
	testMatch: ['**/test/e2e/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json', '<rootDir>/test/e2e/n8n/node_modules'],
	setupFiles: ['<rootDir>/test/setup/realms.cjs'],
	setupFilesAfterEnv: ['<rootDir>/test/e2e/retry.cjs'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
				// `import()` stays one: the servers' files are ES modules.
				module: { type: 'commonjs', ignoreDynamic: true },
				sourceMaps: 'inline',
			},
		],
	},
	maxWorkers: 2,
	testTimeout: 180_000,
	verbose: true,
};
