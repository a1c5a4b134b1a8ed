import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { anchorFor, readDossiers, referencesIn } from '../../src/build/dossiers';

const root = path.join(__dirname, '../..');
const dossiers = readDossiers(path.join(root, 'docs/protocol'));
const files = globSync(['{src,test,nodes,credentials}/**/*.{ts,cjs,mjs}', 'docs/**/*.md', '*.md'], { cwd: root }).filter(
	(file) => !file.includes('node_modules'),
);

describe('what stands on a dossier', () => {
	test('names sections that exist', () => {
		const nowhere = files.flatMap((file) =>
			referencesIn(readFileSync(path.join(root, file), 'utf8'))
				.filter((place) => anchorFor(dossiers, place) === undefined)
				.map((place) => `${file}: ${place.file} ${place.section}`),
		);
		expect(nowhere).toEqual([]);
	});

	test('is found under the anchor of its heading', () => {
		expect(anchorFor(dossiers, { file: 'filestation.md', section: '4' })).toBe('4-methods-version-to-use-in-brackets');
		expect(anchorFor(dossiers, { file: 'core.md', section: '10.5' })).toBe('10-uploads');
		expect(anchorFor(dossiers, { file: 'core.md', section: '99' })).toBeUndefined();
	});

	test('is read also where several sections are named', () => {
		expect(referencesIn('as core.md 4.6, 15 and chat.md 5.2 and 17 say')).toEqual([
			{ file: 'core.md', section: '4.6' },
			{ file: 'core.md', section: '15' },
			{ file: 'chat.md', section: '5.2' },
			{ file: 'chat.md', section: '17' },
		]);
	});
});
