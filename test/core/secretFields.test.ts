import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { loginCode } from '../../src/core/codes';
import { createRedactor } from '../../src/core/redact';
import { secretsOf } from '../../src/core/secretFields';
import { allServices, findOperation, operationsOf } from '../../src/services';
import { idOf } from '../../src/core/operation';
import type { ApiReply, ApiRequest } from '../../src/simulator/core/behaviour';
import { z } from '../../src/vendor/zod';
import { failure, withNas } from '../support/nas';

const secret = () => z.string().meta({ widget: 'secret' });

describe('the secrets of a value', () => {
	test('are found by its schema, however deep and however wrapped', () => {
		const schema = z.object({
			one: secret(),
			list: z.array(z.object({ two: secret().optional(), name: z.string() })),
			map: z.record(z.string(), secret().nullable()),
			either: z.union([z.number(), z.object({ three: secret().default('') })]),
			changed: secret().transform((text) => text.length),
			several: z.array(z.string()).meta({ widget: 'secret' }),
		});
		const value = {
			one: 'a',
			list: [{ two: 'b', name: 'x' }, { name: 'y' }],
			map: { k: 'c', none: null },
			either: { three: 'd' },
			changed: 'e',
			several: ['f', 'g'],
		};
		expect(secretsOf(schema, value)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
		expect(secretsOf(schema, undefined)).toEqual([]);
		expect(secretsOf(z.object({ name: z.string() }), value)).toEqual([]);
	});
});

describe('a secret of a call', () => {
	test('is held as long as somebody holds it', () => {
		const { hold, text } = createRedactor();
		const [first, second] = [hold(['open sesame']), hold(['open sesame', ''])];
		first();
		first();
		expect(text('said open sesame')).toBe('said [redacted]');
		second();
		expect(text('said open sesame')).toBe('said open sesame');
	});

	const PASSWORD = 'knock-knock-4711';
	const isSecret = (schema: z.ZodType): boolean => secretsOf(z.object({ it: schema }), { it: PASSWORD }).length > 0;

	test('is marked wherever an operation asks for a password or a key', () => {
		const asked = allServices().flatMap((service) =>
			operationsOf(service).flatMap((operation) =>
				Object.entries((operation.params as z.ZodObject).shape as Record<string, z.ZodType>)
					.filter(([name, schema]) => /password$|^token$|^key$/.test(name) && schema.safeParse(PASSWORD).success)
					.filter(([name]) => !/^(has|remove|enable)_/.test(name))
					.map(([name, schema]) => [`${idOf(operation)} ${name}`, isSecret(schema)]),
			),
		);
		expect(asked.length).toBeGreaterThan(12);
		expect(asked.filter(([, marked]) => !marked)).toEqual([]);
	});

	const cases: [string, Record<string, unknown>, string][] = [
		['file.link.create', { paths: '/docs/a.txt', password: PASSWORD.slice(0, 16) }, 'SYNO.FileStation.Sharing.create'],
		[
			'drive.link.update',
			{ path: '/mydrive/photos/cat.jpg', protect_password: PASSWORD },
			'SYNO.SynologyDrive.AdvanceSharing.update',
		],
		[
			'drive.file.convertToOffice',
			{ path: '/mydrive/a.docx', password: PASSWORD },
			'SYNO.SynologyDrive.Files.convert_office',
		],
	];

	test.each(cases)('of %s is in no error and no log line, whatever the NAS says to it', async (id, params, api) => {
		const said = ({ raw }: ApiRequest) => JSON.stringify(raw).replaceAll(/["\\]/g, "'");
		const replies: ((request: ApiRequest) => ApiReply)[] = [
			(request) => ({ error: 120, errors: { name: 'x', reason: said(request) } }),
			(request) => ({ file: Buffer.from(`<p>no ${said(request)}</p>`), name: '', type: 'text/html' }),
			(request) => ({ file: Buffer.from(`{"data":{"x":"${said(request)}`), name: '', type: 'application/json' }),
		];
		for (const reply of replies)
			await withNas({}, async ({ dsm, lines, simulator }) => {
				let sent = '';
				simulator.use({ [api]: (request) => ((sent = said(request)), reply(request)) });
				const told = inspect(await failure(dsm.do(findOperation(id), params)), { depth: 8 });
				expect(sent).toContain(PASSWORD);
				expect(told).toMatch(/redacted/);
				expect([told, ...lines].join('\n')).not.toContain(PASSWORD);
			});
	});
});

test('a secret that an answer tells is in no later log line', async () => {
	await withNas({ apis: ['SYNO.DSM.Info'] }, async ({ dsm, pool, simulator }) => {
		const answer = z.object({ keys: z.array(z.object({ token: secret() })) });
		simulator.use({ 'SYNO.DSM.Info.getinfo': () => ({ data: { keys: [{ token: 'told-4711' }] } }) });
		const told = await dsm.call({ api: 'SYNO.DSM.Info', method: 'getinfo', version: 2, answer });
		expect(told).toEqual({ keys: [{ token: 'told-4711' }] });
		expect(pool.redact('calls with told-4711')).toBe('calls with [redacted]');
	});
});

describe('sentences of this product', () => {
	test("keep a word that is somebody's password, and what comes from outside loses it", () => {
		const { add, text } = createRedactor();
		add('wrong');
		const { cause } = loginCode(400);
		expect(text(`${cause}. The NAS said: wrong.`)).toBe(
			'The account does not exist or the password is wrong. The NAS said: [redacted].',
		);
		expect(text('the password is wrong')).toBe('the password is [redacted]');
	});
});
