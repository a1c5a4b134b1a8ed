import { describe, expect, test } from '@jest/globals';
import { quoted } from '../../src/core/call';
import { fileFromBytes, multipart } from '../../src/core/multipart';
import { failure } from '../support/nas';

const textOf = async (stream: AsyncIterable<Uint8Array>): Promise<string> => {
	const chunks: Uint8Array[] = [];
	for await (const chunk of stream) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
};

describe('multipart body', () => {
	test('texts are bare, lists and quoted values JSON, the file comes last, and the length is exact', async () => {
		const file = fileFromBytes('Grüße "1".txt', Buffer.from('hello'), 'text/plain');
		const body = multipart({ path: '/home/2024', list: ['a', 1], title: quoted('true'), gone: undefined }, { file });
		const text = await textOf(body.open());
		const boundary = /boundary=(\S+)$/.exec(body.contentType)![1]!;
		expect(text).toBe(
			[
				`--${boundary}`,
				'Content-Disposition: form-data; name="path"',
				'',
				'/home/2024',
				`--${boundary}`,
				'Content-Disposition: form-data; name="list"',
				'',
				'["a",1]',
				`--${boundary}`,
				'Content-Disposition: form-data; name="title"',
				'',
				'"true"',
				`--${boundary}`,
				'Content-Disposition: form-data; name="file"; filename="Grüße %221%22.txt"',
				'Content-Type: text/plain',
				'',
				'hello',
				`--${boundary}--`,
				'',
			].join('\r\n'),
		);
		expect(Buffer.byteLength(text)).toBe(body.length);
		expect(boundary).not.toContain('"');
	});

	test('a line break in a file name cannot start a header of its own', async () => {
		const body = multipart({}, { file: fileFromBytes('a\r\nX-Evil: 1', Buffer.from('')) });
		expect(await textOf(body.open())).toContain('filename="a X-Evil: 1"');
	});

	test('a file that gives fewer bytes than announced breaks the body', async () => {
		const file = { ...fileFromBytes('a.bin', Buffer.from('abc')), size: 4 };
		const error = await failure(textOf(multipart({}, { file }).open()));
		expect(error.message).toBe('"a.bin" has fewer bytes than the announced 4.');
	});

	test('the body can be opened again for a repeat', async () => {
		const body = multipart({ a: 1 }, { file: fileFromBytes('a', Buffer.from('x')) });
		expect(await textOf(body.open())).toBe(await textOf(body.open()));
	});

	test('progress counts the file bytes up to the end', async () => {
		const seen: number[] = [];
		const body = multipart({}, { file: fileFromBytes('a', Buffer.alloc(10)) }, (sent) => void seen.push(sent));
		await textOf(body.open());
		expect(seen).toEqual([10]);
	});
});
