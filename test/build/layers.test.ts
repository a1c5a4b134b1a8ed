import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { refuse } from '../../src/build/layers.cjs';

const root = path.join(__dirname, '../..');
const check = (file: string, name: string) => refuse(path.join(root, file), name, root);

describe('imports go downward only', () => {
	test.each([
		['src/simulator/server.ts', '../catalog', 'src/simulator must not import from src/catalog.'],
		['src/simulator/behaviours/chat/posts.ts', '../../../core/errors', 'src/simulator must not import from src/core.'],
		[
			'src/simulator/core/life.ts',
			'../services/chat/life',
			'src/simulator/core must not import the service chat: src/simulator/services lists them.',
		],
		['src/core/dsm.ts', '../services/chat', 'src/core must not import from src/services.'],
		['src/formats/ical/expand.ts', '../../services/calendar', 'src/formats must not import from src/services.'],
		['src/catalog/operation.ts', '../services/chat', 'src/catalog must not import from src/services.'],
		['src/core/dsm.ts', '../n8n/items', 'src/core must not import from src/n8n.'],
		['src/core/dsm.ts', 'n8n-workflow', 'src/core must not import the package n8n-workflow.'],
		['src/core/transport.ts', 'undici', 'src/core must not import the package undici.'],
		['src/services/chat/message.ts', 'zod/v4', 'src/services must not import the package zod/v4.'],
		['src/services/chat/message.ts', '../../nodered/register', 'src/services must not import from src/nodered.'],
		['src/n8n/items.ts', '../nodered/register', 'src/n8n must not import from src/nodered.'],
		['src/nodered/trigger.ts', 'n8n-workflow', 'src/nodered must not import the package n8n-workflow.'],
		['src/nodered/trigger.ts', '../simulator', 'src/nodered must not import from src/simulator.'],
		['src/core/dsm.ts', '../../test/support/nas', 'src/core must not import from outside src.'],
		['src/platform/node/time.ts', '../../core/errors', 'src/platform must not import from src/core.'],
		['src/platform/node/time.ts', 'n8n-workflow', 'src/platform must not import the package n8n-workflow.'],
		[
			'src/platform/hosted/time.ts',
			'node:timers',
			'node:timers is not there in every host: take what it gives from src/platform.',
		],
		['src/core/host.ts', '../platform/node/time', 'src/platform is imported by its index alone, not node/time.'],
		['src/nodered/loop.ts', '../platform/node', 'src/platform is imported by its index alone, not node.'],
		['src/core/dsm.ts', 'node:fs', 'node:fs is not there in every host: take what it gives from src/platform.'],
		['src/host/form.ts', 'node:path', 'node:path is not there in every host: take what it gives from src/platform.'],
	])('%s may not import %s', (file, name, message) => {
		expect(check(file, name)).toBe(message);
	});

	test.each([
		['src/vendor/zod.ts', 'zod/v4'],
		['src/core/dsm.ts', '../vendor/zod'],
		['src/core/dsm.ts', 'node:crypto'],
		['src/core/host.ts', '../platform'],
		['src/platform/node/transport.ts', '../../vendor/undici'],
		['src/platform/node/time.ts', 'node:timers'],
		['src/platform/hosted/time.ts', 'n8n-workflow'],
		['src/build/pack/limits.ts', '../../platform/hosted'],
		['src/host/command/common.ts', 'node:fs'],
		['src/nodered/locales/german.ts', 'node:fs'],
		['src/services/chat/message.ts', '../../core/call'],
		['src/services/chat/message.ts', './post'],
		['src/services/calendar/lib/series.ts', '../../../formats/ical/expand'],
		['src/n8n/node.ts', 'n8n-workflow'],
		['src/simulator/multipart.ts', '@fastify/busboy'],
		['src/simulator/core/life.ts', '../services'],
		['src/simulator/services/note/disk.ts', '../file'],
		['test/contract.test.ts', '../src/simulator'],
	])('%s may import %s', (file, name) => {
		expect(check(file, name)).toBeUndefined();
	});

	test('ESLint ends with an error when a source imports upward', () => {
		const run = lint('src/core/errors.ts', "export { startSimulator } from '../simulator';\n");
		expect(run.status).toBe(1);
		expect(run.stdout).toContain('src/core must not import from src/simulator');
	});

	test.each(['src/core/turns.ts', 'nodes/SynologyApi/SynologyApi.node.ts'])(
		'ESLint tells all by which %s goes past the platform, but no type, which is gone when it runs',
		(file) => {
			const { stdout } = lint(
				file,
				`export type { Readable } from 'node:stream';
export { gzipSync } from 'node:zlib';
export const streams = require('node:stream');
export const home = process.env['HOME'];
export const here = __dirname;
setTimeout(() => undefined, 1);
`,
			);
			const places = [...stdout.matchAll(/^ +(\d+):\d+ +error +(.+?) {2}/gm)].map(
				([, line, text]) => `${line} ${text}`,
			);
			expect(places).toEqual([
				expect.stringMatching(/^2 node:zlib is not there in every host/),
				expect.stringMatching(/^3 node:stream is not there in every host/),
				expect.stringMatching(/^4 Unexpected use of 'process'/),
				expect.stringMatching(/^5 Unexpected use of '__dirname'/),
				expect.stringMatching(/^6 Unexpected use of 'setTimeout'/),
			]);
		},
	);

	test('ESLint ends with an error on a focused test', () => {
		const run = lint('test/build/layers.test.ts', 'declare const test: { only: () => void };\ntest.only();\n');
		expect(run.status).toBe(1);
		expect(run.stdout).toContain('test.only must not be committed');
	});
});

function lint(file: string, source: string) {
	const eslint = path.join(path.dirname(require.resolve('eslint/package.json')), 'bin/eslint.js');
	const args = [eslint, '--config', 'src/build/eslint.mjs', '--stdin', '--stdin-filename', file];
	// Otherwise the parser takes the file from disk instead of the given text.
	const env = { ...process.env, TSESTREE_SINGLE_RUN: 'false' };
	return spawnSync(process.execPath, args, { cwd: root, env, input: source, encoding: 'utf8' });
}
