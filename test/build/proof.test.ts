import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Decoder } from '../../src/build/proof/decoder';
import { proved } from '../../src/build/proof/decoding';

const folder = path.join(__dirname, '../../src/build/proof/decoders');
const NAMES = globSync('*.ts', { cwd: folder })
	.map((file) => path.basename(file, '.ts'))
	.sort();

/** More cases, and longer texts, are read by `npm run proof`. */
const EXTENT = { cases: 150, seed: 1, length: 5000 };

describe('hostile texts', () => {
	test('are read by the readers of all that comes from others', () => {
		expect(NAMES).toEqual(
			expect.arrayContaining([
				...['calendarFile', 'cards', 'davAnswer', 'envelope', 'idToken', 'multipart'],
				...['noteHtml', 'noteMarkdown', 'webhook', 'webhookCall', 'webhookParsed'],
			]),
		);
	});

	test.each(NAMES)('neither break the reader %s nor hold the thread for 50 ms', async (name) => {
		const { decoder } = require(path.join(folder, name)) as { decoder: Decoder };
		const { failed, cases } = await proved(decoder, EXTENT, 50);
		expect(failed).toEqual([]);
		expect(cases).toBeGreaterThan(EXTENT.cases);
	});
});
