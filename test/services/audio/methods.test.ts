import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { serviceText } from '../../../src/build/reference';
import { audio } from '../../../src/services/audio';
import { findOperation } from '../../../src/services';

const dossier = readFileSync(path.join(__dirname, '../../../docs/protocol/audiostation.md'), 'utf8');
/** Methods of the table of section 2, in its order. */
const documented = dossier
	.slice(dossier.indexOf('## 2.'), dossier.indexOf('## 3.'))
	.split('\n')
	.flatMap((line) => /^\| \d+ \| `(\w+)\(/.exec(line)?.[1] ?? []);

describe('every method of the .NET library', () => {
	const { methods } = audio.replaces!;

	test('stands in the table, in the order of the dossier', () => {
		expect(documented).toHaveLength(28);
		expect(methods.map(({ method }) => method)).toEqual(documented);
	});

	test.each(methods.map(({ method, operation }) => [method, operation]))('%s has an operation: %s', (_, operation) => {
		expect(findOperation(operation!).title).toMatch(/^[A-Z]/);
	});

	test('is found in the reference beside its operation', () => {
		const text = serviceText(audio, () => []);
		expect(text).toContain('## Coming from synologydotnet-audiostation');
		expect(text).toContain('| `GetAlbumCoverAsync` | `audio.album.downloadCover` |');
		expect(text).toContain('`POST /webman/3rdparty/AudioStation/webUI/audio_userman.cgi` `action=do_reindex`');
	});
});
