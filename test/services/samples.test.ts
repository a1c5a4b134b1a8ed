import { expect, test } from '@jest/globals';
import { drive } from '../../src/services/drive';
import { file } from '../../src/services/file';
import { withNas } from '../support/nas';
import { stage } from './drive/support';
import { state } from './file/stage';

const { fileCreated } = drive.triggers;
const appeared = file.triggers.fileCreated;

test('samples of Drive are looked for where the trigger looks: in the folders below, too, as long as they count', async () => {
	await withNas({}, async (scene) => {
		stage(scene).put('alice', '/only/deep/inside.txt', 'here');
		const found = async (subfolders: boolean) => {
			const params = fileCreated.params.parse({ folder: '/mydrive/only', subfolders });
			return (await fileCreated.sample(params, scene.dsm)).map((event) => fileCreated.event.parse(event).name);
		};
		expect(await found(true)).toEqual(['inside.txt']);
		expect(await found(false)).toEqual([]);
	});
});

test('samples of File Station are, too', async () => {
	await withNas({}, async (scene) => {
		state(scene).mkdir('/docs/only');
		state(scene).mkdir('/docs/only/deep');
		state(scene).write('/docs/only/deep/inside.txt', { content: 'here' });
		const found = async (recursive: boolean) => {
			const params = appeared.params.parse({ folder: '/docs/only', recursive });
			return (await appeared.sample(params, scene.dsm)).map((event) => appeared.event.parse(event)['path']);
		};
		expect(await found(true)).toEqual(['/docs/only/deep/inside.txt']);
		expect(await found(false)).toEqual([]);
	});
});
