import * as fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { createRedactor } from '../../src/core/redact';

const secret = fc.string({ unit: 'binary', minLength: 6, maxLength: 24 }).filter((text) => new Set(text).size > 4);
const around = fc.string({ unit: 'grapheme', maxLength: 30 });

const percent = (text: string) => encodeURIComponent(text);
const form = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const html = (text: string) =>
	text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');

describe('a known secret of any characters', () => {
	test.each<[string, (text: string) => string]>([
		['as it is', (text) => text],
		['percent-encoded', percent],
		['percent-encoded in small letters', (text) => percent(text).replace(/%../g, (code) => code.toLowerCase())],
		['percent-encoded twice', (text) => percent(percent(text))],
		['form-encoded', form],
		['as JSON', json],
		['as JSON within JSON', (text) => json(json(text))],
		['as JSON in a form', (text) => percent(json(text))],
		['as JSON with escaped slashes', (text) => json(text).replaceAll('/', '\\/')],
		['on a web page', html],
	])('never survives %s', (_, spell) => {
		fc.assert(
			fc.property(secret, around, around, (text, before, after) => {
				const redactor = createRedactor();
				redactor.add(text);
				const said = redactor.text(before + spell(text) + after);
				expect(said).not.toContain(spell(text));
				expect(said).toContain('[redacted]');
			}),
			{ numRuns: 60 },
		);
	});

	test('never survives in a value, as text, key or part of an error', () => {
		fc.assert(
			fc.property(secret, (text) => {
				const redactor = createRedactor();
				redactor.add(text);
				const error = Object.assign(new Error(`wrong: ${text}`), { details: { [text]: [text] } });
				expect(JSON.stringify(redactor.value({ error, list: [[text]], map: { a: `x${text}` } }))).not.toContain(
					json(text),
				);
			}),
			{ numRuns: 60 },
		);
	});

	test('keeps none of its tail when it looks like the end of a form field', () => {
		const redactor = createRedactor();
		redactor.add('ab&tail-of-it;x');
		expect(redactor.text('passwd=ab&tail-of-it;x&account=alice')).toBe('passwd=[redacted]&account=alice');
	});
});

describe('a text without secrets', () => {
	test('of any characters stays as it is', () => {
		// Signs that may begin a value under a secret name are left to the examples below.
		const harmless = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((text) => !/[=:@]/.test(text));
		fc.assert(
			fc.property(harmless, (text) => {
				const redactor = createRedactor();
				redactor.add('a-password-of-alice');
				expect(redactor.text(text)).toBe(text);
			}),
		);
	});

	test.each([
		'{"channel_id":17,"message":"token: x, cookie: eaten, sid unknown"}',
		'What she did: nothing. The cookie: gone. Authorization: pending',
		'https://nas.example.com:5001/webapi/entry.cgi?api=SYNO.Chat.Post&post_id=309237645313',
		'post id=309237645313 of 2026-11-22T08:00:00',
		'mail alice@example.com: see https://nas.example.com/a@b',
		'C:\\Users\\alice\\did\\token',
	])('%j stays', (text) => {
		expect(createRedactor().text(text)).toBe(text);
	});

	test('is the same after a second time', () => {
		const redactor = createRedactor();
		redactor.add('a-password-of-alice');
		const once = redactor.text(
			'Cookie: id=abcdefghij\npasswd=a-password-of-alice&sid=x {"token":"y"} http://u:p@proxy:3128/',
		);
		expect(redactor.text(once)).toBe(once);
		expect(once).toBe(
			'Cookie: [redacted]\npasswd=[redacted]&sid=[redacted] {"token":"[redacted]"} http://[redacted]@proxy:3128/',
		);
	});
});

test('times and bytes in a value stay readable', () => {
	const at = new Date(0);
	expect(createRedactor().value({ at, bytes: Buffer.from('abc') })).toEqual({ at, bytes: '[3 bytes]' });
});
