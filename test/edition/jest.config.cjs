const path = require('node:path');
const base = require('../../jest.config.cjs');

const root = path.join(__dirname, '../..');

/**
 * The suites of the product that run on the packed edition for n8n, too: stories of every kind in n8n's engine, and what the client has
 * to hold whatever it stands on.
 * @type {import('jest').Config}
 */
module.exports = {
	...base,
	rootDir: root,
	testMatch: [
		'<rootDir>/test/edition/*.test.ts',
		'<rootDir>/test/{n8n,services}/**/*.test.ts',
		'<rootDir>/test/core/*.test.ts',
	],
	globalSetup: path.join(__dirname, 'prepare.cjs'),
	resolver: path.join(__dirname, 'resolver.cjs'),
	setupFiles: [base.setupFiles[0], path.join(__dirname, 'helpers.ts')],
};
