import { describe, expect, test } from '@jest/globals';
import { CodeSource, decodeSecret, totp } from '../../src/core/otp';

/** RFC 6238, appendix B: the secret "12345678901234567890"; the last six of the eight digits. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('one-time codes', () => {
	test.each([
		[59, '287082'],
		[1111111109, '081804'],
		[1111111111, '050471'],
		[1234567890, '005924'],
		[2000000000, '279037'],
		[20000000000, '353130'],
	])('at %d seconds the code is that of RFC 6238', (seconds, code) => {
		expect(totp(decodeSecret(SECRET), Math.floor(seconds / 30))).toBe(code);
	});

	test('a secret may have blanks, dashes, small letters, padding, or be a whole otpauth address', () => {
		const expected = decodeSecret(SECRET);
		expect(decodeSecret('gezd gnbv-gy3t qojq GEZD GNBV GY3T QOJQ')).toEqual(expected);
		expect(decodeSecret(`${SECRET}====`)).toEqual(expected);
		expect(decodeSecret(`otpauth://totp/alice@nas?secret=${SECRET}&issuer=Synology`)).toEqual(expected);
	});

	test('a six-digit code in place of the secret is refused with a word on where it belongs', () => {
		expect(() => decodeSecret('123456')).toThrow(
			expect.objectContaining({ code: 'input', message: expect.stringContaining('OTP Secret') }),
		);
	});

	test('no step is used twice: the second code waits for the next step, the third for the one after', async () => {
		const codes = new CodeSource();
		let time = 90_000 + 12_000;
		const sleep = async (milliseconds: number) => void (time += milliseconds);
		const next = async () => await codes.next(SECRET, () => time, sleep);
		expect(await next()).toBe(totp(decodeSecret(SECRET), 3));
		expect(await next()).toBe(totp(decodeSecret(SECRET), 4));
		expect(time).toBe(120_000);
		expect(await next()).toBe(totp(decodeSecret(SECRET), 5));
		expect(time).toBe(150_000);
	});
});
