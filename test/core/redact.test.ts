import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/core/redact';

const secret = 'pa"ss wörd&+/%=1';
const encoded = encodeURIComponent(secret);

function redacting(...secrets: string[]) {
	const redactor = createRedactor();
	for (const one of secrets) redactor.add(one);
	return redactor;
}

describe('a known secret', () => {
	test.each([
		['as it is', `wrong: ${secret}!`],
		['percent-encoded', `/webapi/entry.cgi?x=${encoded}&y=1`],
		['percent-encoded in lower case', `x=${encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())}`],
		['form-encoded', `x=${encoded.replaceAll('%20', '+')}&y=1`],
		['in JSON', JSON.stringify({ x: secret })],
		['in JSON within JSON', JSON.stringify(JSON.stringify({ x: secret }))],
		['in JSON within a form', `x=${encodeURIComponent(JSON.stringify(secret))}`],
	])('does not show %s', (_, text) => {
		const said = redacting(secret).text(text);
		expect(said).toContain('[redacted]');
		expect(said.toLowerCase()).not.toMatch(/pa.{0,8}ss/);
		expect(said).not.toMatch(/(w|%20|\+)(ö|%c3%b6)rd/i);
	});

	test('of which another is a part goes whole', () => {
		expect(redacting('abcd', 'abcdefgh').text('abcdefgh abcd')).toBe('[redacted] [redacted]');
	});

	test('that is very short goes as a whole word and leaves the words around it', () => {
		const { text } = redacting('a1');
		expect(text('a12 a1 [a1] ba1')).toBe('a12 [redacted] [[redacted]] ba1');
	});

	test('that is empty changes nothing', () => {
		expect(redacting('').text('abc')).toBe('abc');
	});
});

describe('an unknown secret under a known name', () => {
	test.each(['passwd', 'otp_code', '_sid', 'sid', 'SynoToken', 'synotoken', 'device_id', 'did', 'token', 'password'])(
		'%s is blacked out in a query, a form and JSON, and nothing else is',
		(name) => {
			const { text } = createRedactor();
			expect(text(`https://nas.example.com/webapi/entry.cgi?api=SYNO.X&${name}=s3cr3t-Value&version=1`)).toBe(
				`https://nas.example.com/webapi/entry.cgi?api=SYNO.X&${name}=[redacted]&version=1`,
			);
			expect(text(`${name}=s3cr3t-Value&account=alice`)).toBe(`${name}=[redacted]&account=alice`);
			expect(text(`${name}="s3cr3t-Value"&account=alice`)).not.toContain('s3cr3t');
			expect(text(`{"account":"alice","${name}":"s3cr3t\\"-Value","x":1}`)).toBe(
				`{"account":"alice","${name}":"[redacted]","x":1}`,
			);
			expect(text(JSON.stringify(JSON.stringify({ [name]: 's3cr3t-Value', x: 1 })))).not.toContain('s3cr3t');
		},
	);

	test.each([
		['X-SYNO-TOKEN: abcDEF123\r\nHost: nas.example.com', 'X-SYNO-TOKEN: [redacted]\r\nHost: nas.example.com'],
		['Cookie: id=abcdefghijklmnop; did=qrst\nHost: x', 'Cookie: [redacted]\nHost: x'],
		['Set-Cookie: id=abcdefghijklmnop;path=/', 'Set-Cookie: [redacted]'],
		['Authorization: Basic YWxpY2U6c2VjcmV0', 'Authorization: [redacted]'],
		['sent id=abcdefghijklmnop123 along', 'sent id=[redacted] along'],
	])('%j is blacked out as a header', (given, expected) => {
		expect(createRedactor().text(given)).toBe(expected);
	});

	test.each([
		'channel_id=72&post_id=309237645323',
		'the token was wrong',
		'{"id":12,"videos":"x"}',
		'sid is missing',
		'id=12',
	])('%j has no secret and stays', (harmless) => {
		expect(createRedactor().text(harmless)).toBe(harmless);
	});
});

describe('a value', () => {
	test('is copied with its secrets blacked out, however deep, and itself stays', () => {
		const given = {
			account: 'alice',
			passwd: 'geheim',
			list: [{ sid: 'abc', n: 1 }, 'passwd=geheim&x=1'],
			otp_code: 123456,
			empty: { token: '' },
		};
		const kept = structuredClone(given);
		expect(createRedactor().value(given)).toEqual({
			account: 'alice',
			passwd: '[redacted]',
			list: [{ sid: '[redacted]', n: 1 }, 'passwd=[redacted]&x=1'],
			otp_code: '[redacted]',
			empty: { token: '' },
		});
		expect(given).toEqual(kept);
	});

	test('may hold itself', () => {
		const given: Record<string, unknown> = { sid: 'abc' };
		given.self = given;
		const copy = createRedactor().value(given) as Record<string, unknown>;
		expect([copy.sid, copy.self]).toEqual(['[redacted]', copy]);
	});

	test('may be an error', () => {
		const error = Object.assign(new Error('_sid=abcdef failed'), { details: { sid: 'abcdef' } });
		expect(createRedactor().value(error)).toMatchObject({
			name: 'Error',
			message: '_sid=[redacted] failed',
			details: { sid: '[redacted]' },
		});
	});
});
