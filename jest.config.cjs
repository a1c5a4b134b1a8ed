/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	roots: ['<rootDir>/test'],
	testMatch: ['**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/edition/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json', '<rootDir>/test/e2e/n8n/'],
	transform: {
		// Packages that come as ES modules alone.
		'/node_modules/(jose|openid-client|oauth4webapi)/.+\\.js$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'ecmascript' }, target: 'es2023' }, module: { type: 'commonjs' } },
		],
		'^.+\\.ts$': [
			'@swc/jest',
			{
				jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			},
		],
	},
	transformIgnorePatterns: ['/node_modules/(?!(jose|openid-client|oauth4webapi)/)'],
	setupFiles: ['<rootDir>/test/setup/realms.cjs', '<rootDir>/test/setup/threads.ts'],
	testTimeout: 90_000,
	// Two at a time also where there are two cores; a worker that has grown (n8n's modules are loaded anew for each file) is replaced.
	maxWorkers: 2,
	workerIdleMemoryLimit: '1200MB',
};
