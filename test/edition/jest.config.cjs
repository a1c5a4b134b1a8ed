const path = require('node:path');
const base = require('../../jest.config.cjs');

const root = path.join(__dirname, '../..');

/** Stories in n8n's engine: every node, triggers, credentials, files, lists to pick from, and what fails. */
const inEngine = [
	...[
		'ask',
		'audio',
		'binary',
		'bot',
		'calendar',
		'canaries',
		'chat',
		'contacts',
		'credential',
		'download',
		'drive',
		'errors',
	],
	...['examples', 'file', 'identity', 'items', 'note', 'pickers', 'push', 'sso', 'system', 'trigger', 'webdav'],
];

/** What the client holds whatever it stands on: sessions, repetition, batches, files that break off, hostile answers. */
const ofClient = ['batch', 'calls', 'dav', 'hostile', 'outcome', 'pool', 'resume', 'session', 'signIn', 'uploads'];

/** Scenarios and laws of the catalogue. */
const scenarios = ['chat/messages', 'file/links'];

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
		`<rootDir>/test/n8n/{${inEngine.join()}}.test.ts`,
		`<rootDir>/test/core/{${ofClient.join()}}.test.ts`,
		`<rootDir>/test/services/{${scenarios.join()}}.test.ts`,
	],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: path.join(__dirname, 'prepare.cjs'),
	resolver: path.join(__dirname, 'resolver.cjs'),
	setupFiles: [base.setupFiles[0], path.join(__dirname, 'helpers.ts')],
};
