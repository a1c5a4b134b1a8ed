import { describe, expect, test } from '@jest/globals';
import { connectionKey, parseConnection, type ConnectionInput } from '../../src/core/connection';
import { SELF_SIGNED } from '../../src/simulator/core/tls';
import { withNas } from '../support/nas';

const info = { api: 'SYNO.DSM.Info', method: 'getinfo', version: 2 } as const;
const base = { url: 'https://nas.example.com:5001', account: 'alice', password: 'secret' };
/** Settings as a host's form gives them, whatever their types. */
const parse = (more: Record<string, unknown>) => parseConnection({ ...base, ...more } as ConnectionInput);

describe('connection settings from a host form', () => {
	test('empty, undefined and null fields count as absent', () => {
		const forms = ['', undefined, null].map((nothing) =>
			parse(
				Object.fromEntries(
					[
						'otpSecret',
						'otpCode',
						'deviceName',
						'deviceId',
						'tls',
						'ca',
						'fingerprint',
						'headers',
						'session',
						'timeout',
					].map((name) => [name, nothing]),
				),
			),
		);
		for (const form of forms)
			expect(form).toEqual({
				...base,
				otpSecret: '',
				otpCode: '',
				signIn: '',
				deviceName: 'Synoflow',
				deviceId: '',
				tls: 'verify',
				ca: '',
				fingerprint: '',
				headers: {},
				session: '',
				timeout: 60,
			});
		expect(new Set(forms.map(connectionKey)).size).toBe(1);
	});

	test('numbers stand for their digits; a one-time code keeps its six', () => {
		const { password, otpCode, timeout, account } = parse({
			password: 12345,
			otpCode: 1234,
			timeout: '30',
			account: 7,
		});
		expect([password, otpCode, timeout, account]).toEqual(['12345', '001234', 30, '7']);
	});

	test('blanks around the account go, those of the password stay', () => {
		const { account, password } = parse({ account: ' alice\n', password: ' a b ' });
		expect([account, password]).toEqual(['alice', ' a b ']);
	});

	test.each([
		['an object', { 'CF-Access-Client-Id': 'x', 'X-Port': 5 }],
		['JSON text', '{"CF-Access-Client-Id":"x","X-Port":5}'],
		['JSON text with line breaks', '{\n "CF-Access-Client-Id" : "x",\n "X-Port": "5" }\n'],
	])('headers may be %s', (_, headers) => {
		expect(parse({ headers }).headers).toEqual({ 'CF-Access-Client-Id': 'x', 'X-Port': '5' });
	});

	test.each([
		['AB'.repeat(32), 'AB'.repeat(32)],
		[Array(32).fill('ab').join(':'), 'AB'.repeat(32)],
		[`sha256 Fingerprint=${Array(32).fill('AB').join(':')}\n`, 'AB'.repeat(32)],
		[`SHA-256 = ${Array(32).fill('ab').join(' ')}`, 'AB'.repeat(32)],
	])('the fingerprint %j is understood', (fingerprint, expected) => {
		expect(parse({ tls: 'pin', fingerprint }).fingerprint).toBe(expected);
	});

	test.each<[string, (pem: string) => string]>([
		['with blanks for its line breaks', (pem) => pem.replaceAll('\n', ' ')],
		['with \\n for its line breaks', (pem) => pem.replaceAll('\n', '\\n')],
		['with Windows line breaks', (pem) => pem.replaceAll('\n', '\r\n')],
		['between other texts', (pem) => `subject=CN\n${pem}\nmore`],
	])('a certificate %s still verifies', async (_, spoil) => {
		await withNas({ tls: true, apis: ['SYNO.DSM.Info'] }, async ({ acquire }) => {
			const { dsm } = acquire({ tls: 'ca', ca: spoil(SELF_SIGNED.cert) });
			expect((await dsm.call(info)).model).toBe('DS920+');
		});
	});

	test.each<[Record<string, unknown>, string]>([
		[{ url: '' }, '"URL or QuickConnect ID" is missing in the connection.'],
		[{ account: undefined }, '"Account" is missing in the connection.'],
		[{ password: null }, '"Password" is missing in the connection.'],
		[{ timeout: 'soon' }, '"Timeout (Seconds)" of the connection does not fit: "soon" is not a number.'],
		[{ timeout: 0 }, '"Timeout (Seconds)" of the connection does not fit: 0 is less than 1.'],
		[
			{ tls: 'none' },
			'"Certificate Check" of the connection does not fit: "none" is none of "verify", "ca", "pin", "ignore".',
		],
		[{ ca: 'x' }, '"CA Certificate" of the connection is not a certificate in PEM form (-----BEGIN CERTIFICATE-----).'],
		[
			{ fingerprint: 'AB' },
			'"SHA-256 Fingerprint" of the connection is not a SHA-256 fingerprint: 64 hexadecimal digits, colons allowed.',
		],
		[
			{ headers: 'X: y' },
			'"Extra Headers" of the connection is not a JSON object of texts, e.g. {"CF-Access-Client-Id": "…"}.',
		],
		[
			{ headers: '["x"]' },
			'"Extra Headers" of the connection is not a JSON object of texts, e.g. {"CF-Access-Client-Id": "…"}.',
		],
		[
			{ headers: { 'a b': 'x' } },
			'"Extra Headers" of the connection holds "a b", which cannot be the name of a header.',
		],
		[
			{ headers: { Host: 'x' } },
			'"Extra Headers" of the connection holds "Host", which belongs to the request itself.',
		],
		[
			{ headers: { 'X-A': 'x\r\nX-Evil: 1' } },
			'"Extra Headers" of the connection holds a value for "X-A" that cannot be sent.',
		],
		[{ otpSecret: true }, '"OTP Secret" of the connection does not fit: it is not a text.'],
	])('%j is refused with the name of the field', (more, message) => {
		expect(() => parse(more)).toThrow(expect.objectContaining({ code: 'input', message }));
	});

	test('no settings at all name the first field', () => {
		expect(() => parseConnection(undefined as unknown as ConnectionInput)).toThrow(
			'"URL or QuickConnect ID" is missing in the connection.',
		);
	});

	test.each([
		['otpCode', 'GEZDGNBVGY3TQOJQ', '"One-Time Code" of the connection is not a code of six digits.'],
		['otpSecret', '189!', '"OTP Secret" of the connection is not a base32 secret.'],
	])('%s %j is told before anything is sent', (name, value, message) => {
		expect(() => parse({ otpSecret: '', [name]: value })).toThrow(expect.objectContaining({ code: 'input', message }));
	});
});
