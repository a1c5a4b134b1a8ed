import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../../package.json';
import { bundleVendor } from '../../src/build/vendor';
import { NOTICES, notices } from '../../src/build/notices';
import { root } from '../../src/build/places';

let written: string;

beforeAll(async () => {
	written = notices(await bundleVendor(false));
});

describe('the notices on what others wrote', () => {
	test('are those of what is bundled now', () => {
		expect(readFileSync(path.join(root, NOTICES), 'utf8')).toBe(written);
	});

	test('go with the package', () => {
		expect(manifest.files).toContain(NOTICES);
	});

	test('name what src/vendor imports, and what that is made of', () => {
		const names = [...written.matchAll(/^(@?[\w./-]+) [\d.]+ \(([\w.-]+)\)$/gm)].map(([, name]) => name);
		expect(names).toEqual(
			expect.arrayContaining(['ical.js', 'luxon', 'markdown-it', 'turndown', '@mixmark-io/domino', 'undici', 'zod']),
		);
	});

	test('hold the text of each license, with its copyright', () => {
		for (const part of written.split(/^-{80}$/m).slice(1)) {
			expect(part).toMatch(/Copyright|Mozilla Public License|Blue Oak/i);
			expect(part).toMatch(
				/Permission is hereby granted|Redistribution and use|Mozilla Public License|Blue Oak|Licensed under/i,
			);
		}
	});
});
