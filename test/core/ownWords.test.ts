import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { moduleOf, sentencesIn } from '../../src/build/sentences';
import { apiError } from '../../src/core/faults';
import { DsmInputError, redactError, type DsmError } from '../../src/core/errors';
import { outsideOwnWords } from '../../src/core/ownWords';
import { createRedactor } from '../../src/core/redact';
import { SENTENCES } from '../../src/core/sentences';
import { explain, serviceOf } from '../../src/services';

const src = path.resolve('src');
const sentences = SENTENCES.split('\n').slice(1, -1);

/** The longest word that stands in a sentence itself. */
const wordOf = (sentence: string): string =>
	sentence
		.split('{}')
		.flatMap((part) => part.match(/[A-Za-z]{4,}/g) ?? [])
		.sort((a, b) => b.length - a.length)[0] ?? '';

/** A redactor for one password, made quickly. */
const without = (text: string, password: string): string =>
	outsideOwnWords(text, new RegExp(password, 'gu'), '[redacted]');

describe('the sentences of the product', () => {
	test('are those of its sources; `npm run docs` writes them', () => {
		expect(readFileSync(path.join(src, 'core/sentences.ts'), 'utf8')).toBe(moduleOf(sentencesIn(src)));
	});

	test('hold what errors say and advise', () => {
		expect(sentences).toEqual(
			expect.arrayContaining([
				'The password of the note is wrong.',
				'The note "{}" is encrypted: it cannot be changed as it is.',
				'"{}" does not fit: it has {} {}, and at most {} are taken.',
				'Enter the password in the connection as well, or use a connection with account and password here.',
			]),
		);
	});

	test('stay whole for somebody whose password is a word of them', () => {
		const broken = sentences.filter((sentence) => {
			const word = wordOf(sentence);
			const text = sentence.replaceAll('{}', '7');
			return word !== '' && without(text, word) !== text;
		});
		expect(broken).toEqual([]);
	});

	test('never hide the password where it is put into them', () => {
		const told = sentences.filter((sentence) => {
			const holes = sentence.split('{}').length - 1;
			const clean = without(sentence.replaceAll('{}', '<hunter-2>'), 'hunter-2');
			return clean.split('[redacted]').length - 1 !== holes;
		});
		expect(told).toEqual([]);
	});
});

test('a password that is a word of an error is spared there, and nowhere else in it', () => {
	const redactor = createRedactor();
	redactor.add('wrong');
	const details = { hint: 'Check the parameter "wrong" (title).', errors: { reason: 'is wrong' } };
	const error = new DsmInputError('The password of the note is wrong.', {
		...details,
		cause: new Error('a wrong turn'),
	});
	redactError(error, redactor);
	expect([error.message, error.hint, error.details.errors, (error.cause as Error).message]).toEqual([
		'The password of the note is wrong.',
		'Check the parameter "[redacted]" (title).',
		{ reason: 'is [redacted]' },
		'a [redacted] turn',
	]);
});

test('an answer of the NAS that repeats the password is blacked out within the words of its code', () => {
	const redactor = createRedactor();
	redactor.add('permission');
	const call = { api: 'SYNO.FileStation.Rename', method: 'rename', version: 2 } as const;
	const error: DsmError = apiError(call, { code: 407, errors: 'permission' }, undefined, { explain, serviceOf });
	const words = error.message.replace(/: permission \(code 407\)\.$/, '');
	redactError(error, redactor);
	expect(error.message).toBe(`${words}: [redacted] (code 407).`);
});

test('a password that goes over the edge of a sentence is blacked out', () => {
	expect(without('The note "x" is encrypted: it cannot be changed as it is.', 'x" is encrypted')).toBe(
		'The note "[redacted]: it cannot be changed as it is.',
	);
});
