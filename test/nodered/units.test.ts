import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { DsmApiError, DsmInputError, DsmLoginError } from '../../src/core/errors';
import { CHECK_TEXTS } from '../../src/host/checkText';
import { STATUS_TEXTS } from '../../src/nodered/editor/words';
import { toFileSource } from '../../src/nodered/files';
import { germanOf } from '../../src/nodered/locales/german';
import { currentVersion, migrate, type Migration } from '../../src/nodered/migrations';
import { shortText, toNodeError } from '../../src/nodered/report';
import { intervalOf } from '../../src/nodered/loop';

/** Whether a text with `#` for what is filled in may be a known one, where a `#` is a number. */
const fits = (known: string, text: string): boolean =>
	new RegExp(`^${text.replaceAll(/[.*+?]/g, '\\$&').replaceAll('#', '.+')}$`).test(known) || known === text;

describe('migrations', () => {
	const list: Migration[] = [
		{
			version: 2,
			up: ({ channel, ...rest }) => ({ ...rest, id: rest.id, type: rest.type, params: { channel_id: channel } }),
		},
		{ version: 3, up: (node) => ({ ...node, list: 'array' }) },
	];

	test('bring an old node up to date, one version after the other', () => {
		expect(migrate({ id: 'a', type: 't', channel: 5 }, list)).toEqual({
			id: 'a',
			type: 't',
			params: { channel_id: 5 },
			list: 'array',
			version: 3,
		});
	});

	test('leave out what was done already', () => {
		expect(migrate({ id: 'a', type: 't', version: 2, channel: 5 }, list)).toEqual({
			id: 'a',
			type: 't',
			version: 3,
			channel: 5,
			list: 'array',
		});
	});

	test('leave a current node alone', () => {
		const node = { id: 'a', type: 't', version: 3 };
		expect(migrate(node, list)).toBe(node);
		expect([currentVersion(list), currentVersion([])]).toEqual([3, 1]);
	});

	test('refuse a node that a newer release saved', () => {
		expect(() => migrate({ id: 'a', type: 't', version: 4 }, list)).toThrow(
			'saved by a newer release (version 4, known up to 3)',
		);
	});
});

describe('errors on their way out', () => {
	test('carry the hint in the text and all facts in the cause', () => {
		const error = new DsmInputError('"Channel" is missing.', {
			hint: 'Choose one.',
			operation: 'chat.message.send',
			path: ['channel_id'],
		});
		const reported = toNodeError(error);
		expect(reported).toBeInstanceOf(Error);
		expect(reported).toMatchObject({
			name: 'DsmInputError',
			message: '"Channel" is missing. Choose one.',
			code: 'input',
			cause: {
				code: 'input',
				hint: 'Choose one.',
				operation: 'chat.message.send',
				path: ['channel_id'],
				retryable: false,
			},
		});
		expect(reported.stack).toBe(error.stack);
	});

	test('leave out what DSM said in its error object, which may hold a login token', () => {
		const error = new DsmLoginError('A one-time code is needed.', { dsmCode: 403, errors: { token: 'secret-token' } });
		expect(JSON.stringify(toNodeError(error))).not.toContain('secret-token');
	});

	test("that are not the client's stay what they are", () => {
		const error = new TypeError('x');
		expect(toNodeError(error)).toBe(error);
		expect(toNodeError('text').message).toBe('text');
		expect(toNodeError({ code: 'S0201', message: 'Syntax error' }).message).toBe('Syntax error');
	});

	test.each([
		[new DsmInputError('', { path: ['nas'] }), 'no connection'],
		[new DsmInputError('', { path: ['bot'] }), 'no bot'],
		[new DsmInputError('', { path: ['sso'] }), 'no SSO application'],
		[new DsmInputError('', { path: ['channel_id', 0] }), 'check channel_id'],
		[new DsmInputError(''), 'check the settings'],
		[new DsmApiError('', { dsmCode: 408 }), 'refused, code 408'],
		[new DsmApiError(''), 'refused'],
		[new DsmLoginError('', { needsSignIn: true }), 'sign in again'],
		[new Error('x'), 'failed'],
	])('say the cause in the status: %s', (error, text) => {
		expect(shortText(error)).toBe(text);
	});

	test('have a status text that the editor shows in German', () => {
		const codes = [
			'connection',
			'protocol',
			'login',
			'session',
			'permission',
			'unavailable',
			'api',
			'aborted',
			'input',
		];
		const texts = codes.map((code) => shortText(Object.assign(new DsmInputError(''), { code })));
		for (const text of texts) expect(STATUS_TEXTS).toContain(text);
		const german = germanOf();
		for (const text of [...STATUS_TEXTS, ...CHECK_TEXTS])
			expect([text, german[text]]).toEqual([text, expect.stringMatching(/./)]);
	});

	test('and all that a node says begins with a letter, and is among the texts that are translated', () => {
		const folder = path.join(__dirname, '../../src/nodered');
		const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'));
		const said = sources.flatMap((name) =>
			[
				...readFileSync(path.join(folder, name), 'utf8').matchAll(/\bstatus\(\{[^}]*text: (?:'([^']*)'|`([^`]*)`)/g),
			].map(([, plain, filled]) => plain ?? filled!.replaceAll(/\$\{[^}]*\}/g, '#')),
		);
		expect(said.length).toBeGreaterThan(8);
		for (const text of said) expect([text, STATUS_TEXTS.some((known) => fits(known, text))]).toEqual([text, true]);
		for (const text of STATUS_TEXTS) expect(text).toMatch(/^[a-z]/i);
	});
});

describe('files from messages', () => {
	test('get a name when the message has none', () => {
		expect(toFileSource(Buffer.from('x'), {}).name).toBe('file.bin');
		expect(toFileSource('x', {}, true).name).toBe('file.txt');
		expect(toFileSource({ content: 'x' }, {}).name).toBe('file.txt');
		expect(
			toFileSource({ content: Buffer.from('x'), filename: 'a/b.pdf', mimetype: 'application/pdf' }, {}),
		).toMatchObject({
			name: 'b.pdf',
			type: 'application/pdf',
			size: 1,
		});
	});

	test('are no text of a message, which is more often the name of a file', () => {
		expect(() => toFileSource('report.txt', {})).toThrow(
			'A file is expected as Buffer or stream, but the text "report.txt" was given.',
		);
	});

	test('get the last part of a path, of either kind', () => {
		expect(toFileSource(Buffer.from('x'), { filename: '/tmp/a/b.txt' }).name).toBe('b.txt');
		expect(toFileSource(Buffer.from('x'), { filename: 'C:\\a\\b.txt' }).name).toBe('b.txt');
	});

	test('count bytes, not characters', () => {
		expect(toFileSource('äöü', { mimetype: 'text/plain' }, true)).toMatchObject({ size: 6, type: 'text/plain' });
	});

	test('may be streams of node:fs, which need msg.size as any stream', async () => {
		const stream = createReadStream(__filename);
		expect(() => toFileSource(stream, {})).toThrow('The size of the stream to upload is not known.');
		const source = toFileSource(stream, { size: 5, filename: '/tmp/a.bin' });
		expect([source.name, source.size]).toEqual(['a.bin', 5]);
		const parts: Uint8Array[] = [];
		for await (const part of await source.open()) parts.push(part);
		expect(Buffer.concat(parts)).toEqual(readFileSync(__filename));
		expect(() => toFileSource(stream, { size: 5 })).toThrow('is a stream that another node has taken');
	});

	test('are refused in any other form', () => {
		expect(() => toFileSource([1], {})).toThrow('A file is expected as Buffer or stream, but an array was given.');
		expect(() => toFileSource({ a: 1 }, {})).toThrow('but a value of type object was given');
	});
});

describe('poll interval', () => {
	test.each([
		[undefined, 10_000],
		['', 10_000],
		['1', 2_000],
		['30', 30_000],
		['abc', 10_000],
	])('%j is %i ms', (interval, expected) => {
		expect(intervalOf({ id: 'a', type: 't', interval }, 10)).toBe(expected);
	});
});
