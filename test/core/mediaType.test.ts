import { describe, expect, test } from '@jest/globals';
import { Readable } from 'node:stream';
import { presentable } from '../../src/core/download';

const typeOf = (name: string, type = 'application/octet-stream'): string =>
	presentable({ name, type, stream: Readable.from([]) }).type;

describe('the type of a downloaded file', () => {
	test('is that of its name where the NAS says no more than that it is bytes', () => {
		const names = ['photo.JPG', 'report.final.pdf', 'Tagesordnung.docx', 'clip.mp4', 'notes.md'];
		expect(names.map((name) => typeOf(name))).toEqual([
			'image/jpeg',
			'application/pdf',
			'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
			'video/mp4',
			'text/markdown',
		]);
		expect([typeOf('photo.jpg', ''), typeOf('photo.jpg', 'application/x-download')]).toEqual([
			'image/jpeg',
			'image/jpeg',
		]);
	});

	test('is what the NAS says where it says one', () => {
		expect(typeOf('thumbnail.png', 'image/webp')).toBe('image/webp');
	});

	test('stays plain bytes for a name that says nothing', () => {
		const names = ['data.bin', 'Makefile', '.png', 'x.constructor', 'pdf'];
		expect(names.map((name) => typeOf(name))).toEqual(names.map(() => 'application/octet-stream'));
	});
});
