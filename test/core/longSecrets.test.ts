import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/core/redact';
import { secretsOf } from '../../src/core/secretFields';
import { findOperation } from '../../src/services';
import type { z } from '../../src/vendor/zod';
import { failure, withNas } from '../support/nas';

describe('a long secret', () => {
	test('is blacked out as a short one is, in all its spellings', () => {
		const redactor = createRedactor();
		const key = `-----BEGIN KEY-----\n${'ab/+'.repeat(5000)}\n-----END KEY-----`;
		const letGo = redactor.hold([key, 'open sesame']);
		expect(redactor.text(`it is ${key}, or open sesame`)).toBe('it is [redacted], or [redacted]');
		expect(redactor.text(JSON.stringify({ it: key }))).toBe('{"it":"[redacted]"}');
		expect(redactor.text(encodeURIComponent(key))).toBe('[redacted]');
		letGo();
		expect(redactor.text('open sesame')).toBe('open sesame');
	});

	test('of unlikely length is refused before anything is sent, and not repeated', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.apis(['SYNO.API.Auth']);
			const before = simulator.requests.length;
			const error = await failure(
				dsm.do(findOperation('drive.link.checkPassword'), {
					sharing_link: 'abc',
					password: 'x'.repeat(1_000_000),
				}),
			);
			expect([error.code, error.message]).toEqual([
				'input',
				'"Password" does not fit: it has 1000000 characters, and at most 20000 are taken.',
			]);
			expect(simulator.requests.length).toBe(before);
		});
	});
});

describe('parameters of a raw call', () => {
	const secretsIn = (id: string, given: object): string[] => {
		const schema = findOperation(id).params as z.ZodObject;
		return secretsOf(schema, schema.parse(given));
	};
	const call = { api: 'SYNO.Core.User', method: 'set' };

	test('are secret where their names say so, however deep', () => {
		const params = {
			name: 'alice',
			password: 'p-1',
			nested: { list: [{ otp_code: 123456 }, { api_key: 'k-1' }] },
			limit: 10,
		};
		const secrets = ['p-1', '123456', 'k-1'];
		expect(secretsIn('api.call.run', { ...call, params })).toEqual(secrets);
		expect(secretsIn('api.call.run', { ...call, params: JSON.stringify(params) })).toEqual(secrets);
		expect(secretsIn('api.call.runMany', { calls: JSON.stringify([{ ...call, params }]) })).toEqual(secrets);
	});
});
