import { describe, expect, test } from '@jest/globals';
import type { ApiReply } from '../../../src/simulator';
import { clockOf } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { at, bytes, file, link, source } from './support';

const page: ApiReply = { html: '<h1>504 Gateway Time-out</h1>', status: 504 };
const tea = { folder: '/mydrive', file: source('tea.txt', 'Assam') };

/** The first such call is answered by a proxy, and not carried out. */
function lost({ simulator }: Scene, method: string): void {
	let left = 1;
	simulator.use({ [`SYNO.SynologyDrive.Files.${method}`]: () => (left-- > 0 ? page : undefined) });
}

const textAt = async ({ dsm }: Scene, path: string) => String(await bytes(await dsm.do(file.download, { path })));

const sent = ({ simulator }: Scene, name = 'upload') =>
	simulator.requests.filter(({ api, method }) => api === 'SYNO.SynologyDrive.Files' && method === name).length;

describe('an upload to Drive whose answer is lost', () => {
	test('is done when the file is there: no second version is made', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.nas.faults.cut({ api: 'SYNO.SynologyDrive.Files', method: 'upload' });
			const row = await scene.dsm.do(file.upload, tea);
			expect([row.name, row.size, row.revisions, sent(scene)]).toEqual(['tea.txt', 5, 1, 1]);
		});
	});

	test('is sent again when nothing is there', async () => {
		await withNas({}, async (scene) => {
			lost(scene, 'upload');
			expect((await scene.dsm.do(file.upload, tea)).name).toBe('tea.txt');
			expect([await textAt(scene, '/mydrive/tea.txt'), sent(scene)]).toEqual(['Assam', 2]);
		});
	});

	test('finds the file under the name that Drive gave it', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(file.upload, tea);
			clockOf(scene).advance(60_000);
			scene.simulator.nas.faults.cut({ api: 'SYNO.SynologyDrive.Files', method: 'upload' });
			const row = await scene.dsm.do(file.upload, { ...tea, conflict_action: 'autorename' });
			expect([row.name === 'tea.txt', row.name.startsWith('tea'), sent(scene)]).toEqual([false, true, 2]);
		});
	});

	test('of new content is looked up, too', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(file.upload, tea);
			clockOf(scene).advance(60_000);
			scene.simulator.nas.faults.cut({ api: 'SYNO.SynologyDrive.Files', method: 'upload' });
			const wish = { file_to_update: '/mydrive/tea.txt', file: source('x', 'Ceylon') };
			expect((await scene.dsm.do(file.updateContent, wish)).revisions).toBe(2);
			expect([await textAt(scene, '/mydrive/tea.txt'), sent(scene)]).toEqual(['Ceylon', 2]);
			clockOf(scene).advance(60_000);
			lost(scene, 'upload');
			await scene.dsm.do(file.updateContent, { ...wish, file: source('x', 'Darjeeling') });
			expect([await textAt(scene, '/mydrive/tea.txt'), at(scene, '/mydrive/tea.txt')?.revisions]).toEqual([
				'Darjeeling',
				3,
			]);
		});
	});

	test('of a text is made once', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.nas.faults.cut({ api: 'SYNO.SynologyDrive.Files', method: 'create' });
			const text = { folder: '/mydrive', name: 'note.txt', text: 'Tea' };
			expect((await scene.dsm.do(file.createText, text)).name).toBe('note.txt');
			expect(sent(scene, 'create')).toBe(1);
		});
	});

	test('takes the last part of a name that is a path', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(file.upload, { folder: '/mydrive', file: source('certs/chain.pem', 'x') });
			expect(await textAt(scene, '/mydrive/chain.pem')).toBe('x');
		});
	});
});

describe('a public link', () => {
	test('that is not as it was asked for is no success', async () => {
		await withNas({}, async (scene) => {
			const path = '/mydrive/tea.txt';
			await scene.dsm.do(file.upload, tea);
			const made = await scene.dsm.do(link.create, { path });
			scene.simulator.use({
				'SYNO.SynologyDrive.AdvanceSharing.update': () => ({
					data: { url: made.url, sharing_link: made.sharing_link, role: 'viewer', due_date: 0, protect_password: '' },
				}),
			});
			const without = async (wish: object) => (await failure(scene.dsm.do(link.create, { path, ...wish }))).message;
			expect(await without({ due_date: '2030-01-01T00:00:00Z' })).toContain('does not have the wished end');
			expect(await without({ protect_password: 'Secret+1' })).toContain('does not have the wished password');
			expect(await without({ role: 'editor' })).toContain('does not have the wished role');
		});
	});

	test('that could not be given its password is told to be there without', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(file.upload, tea);
			scene.simulator.nas.faults.next({ api: 'SYNO.SynologyDrive.AdvanceSharing', method: 'update', code: 403 });
			const told = await failure(scene.dsm.do(link.create, { path: '/mydrive/tea.txt', protect_password: 'Secret+1' }));
			expect([told.dsmCode, told.message]).toEqual([403, expect.stringContaining('was made before, without password')]);
		});
	});
});
