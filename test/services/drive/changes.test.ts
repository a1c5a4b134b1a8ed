import { describe, expect, test } from '@jest/globals';
import { drive } from '../../../src/services/drive';
import { clockOf, Follower, following } from '../../support/follow';
import { failure, withNas, type Scene } from '../../support/nas';
import { at, stage, text } from './support';

const { fileCreated, fileUpdated, fileRenamed, fileMoved, fileDeleted, fileRestored } = drive.triggers;
const docs = { folder: '/mydrive/docs' };

const asked = ({ simulator }: Scene, from: number): string[] =>
	simulator.requests
		.slice(from)
		.flatMap(({ method, params }) =>
			method === 'request'
				? (params['compound'] as { method: string; path?: string }[]).map(
						(entry) => `${entry.method} ${entry.path ?? ''}`,
					)
				: [`${method} ${String(params['path'] ?? '')}`],
		);

const pathOf = ({ display_path }: { display_path: string }): string => display_path;

describe('a change of the tree', () => {
	test('is told by identity: old and future dates do not matter', async () => {
		await following(fileCreated, docs, async (follower, scene) => {
			const drive = stage(scene);
			const old = drive.put('alice', '/photos/from-2009.jpg', 'old', {
				modified_time: 1_234_567_890,
				created_time: 1_234_567_890,
			});
			expect(await follower.poll()).toEqual([]);
			drive.moveAs('alice', old, at(scene, '/mydrive/docs')!);
			drive.put('alice', '/docs/from-2038.txt', 'future', { modified_time: 2_147_483_647 });
			clockOf(scene).advance(-3_600_000);
			drive.put('alice', '/docs/clock-set-back.txt', 'back');
			expect((await follower.drain()).map(pathOf)).toEqual([
				'/mydrive/docs/from-2009.jpg',
				'/mydrive/docs/from-2038.txt',
				'/mydrive/docs/clock-set-back.txt',
			]);
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('of 5000 files at once is told for each of them once, from a small cursor', async () => {
		await following(fileCreated, docs, async (follower, scene) => {
			for (let n = 0; n < 5000; n++) stage(scene).put('alice', `/docs/many/file ${n}.txt`, `${n}`);
			const from = scene.simulator.requests.length;
			const names = (await follower.drain()).map(({ name }) => name);
			expect(names).toEqual(Array.from({ length: 5000 }, (_, n) => `file ${n}.txt`));
			// The folder, its five pages, the one above, and a look that all is quiet twice.
			expect(asked(scene, from)).toHaveLength(1 + 1 + 5 + 2);
			expect(follower.cursor.length / 5000).toBeLessThan(100);
		});
	}, 60_000);

	test('that did not happen costs one request, for a hundred triggers as well', async () => {
		await withNas({}, async (scene) => {
			const followers = await Promise.all(
				Array.from(
					{ length: 100 },
					async (_, n) => await new Follower(n % 2 ? fileCreated : fileDeleted, scene.dsm, docs).start(),
				),
			);
			const from = scene.simulator.requests.length;
			expect((await Promise.all(followers.map(async (follower) => await follower.poll()))).flat()).toEqual([]);
			expect(asked(scene, from)).toEqual(['get /mydrive/docs']);
		});
	});

	test('deep down lists the folders on the way to it, and no other', async () => {
		await following(fileUpdated, { folder: '/mydrive' }, async (follower, scene) => {
			stage(scene).put('alice', '/docs/reports/january.csv', 'day,visitors\n1,21\n');
			const from = scene.simulator.requests.length;
			expect((await follower.poll()).map(pathOf)).toEqual(['/mydrive/docs/reports/january.csv']);
			const listed = ['/mydrive', '/mydrive/docs', '/mydrive/docs/reports'].map(
				(path) => `list id:${at(scene, path)!.file_id}`,
			);
			expect(asked(scene, from)).toEqual(['get /mydrive', ...listed]);
		});
	});

	test('of a name tells the old one, and is no update', async () => {
		await withNas({}, async (scene) => {
			const [renamed, updated, moved] = await Promise.all(
				[fileRenamed, fileUpdated, fileMoved].map(
					async (trigger) => await new Follower(trigger, scene.dsm, docs).start(),
				),
			);
			stage(scene).renameAs('alice', at(scene, '/mydrive/docs/plan.txt')!, 'plan 2.txt');
			expect(await renamed!.poll()).toMatchObject([
				{
					name: 'plan 2.txt',
					previous_name: 'plan.txt',
					previous_path: '/mydrive/docs/plan.txt',
					display_path: '/mydrive/docs/plan 2.txt',
				},
			]);
			expect([await updated!.poll(), await moved!.poll()]).toEqual([[], []]);
		});
	});

	test('out of the folder and back is told once each way, and as neither deleted nor created', async () => {
		await withNas({}, async (scene) => {
			const [moved, deleted, created] = await Promise.all(
				[fileMoved, fileDeleted, fileCreated].map(
					async (trigger) => await new Follower(trigger, scene.dsm, docs).start(),
				),
			);
			const plan = at(scene, '/mydrive/docs/plan.txt')!;
			stage(scene).moveAs('alice', plan, at(scene, '/mydrive/photos')!);
			expect(await moved!.drain()).toMatchObject([
				{ name: 'plan.txt', direction: 'out', previous_path: '/mydrive/docs/plan.txt' },
			]);
			expect([await deleted!.poll(), await created!.poll()]).toEqual([[], []]);
			stage(scene).moveAs('alice', plan, at(scene, '/mydrive/docs')!);
			expect(await moved!.drain()).toMatchObject([
				{ name: 'plan.txt', direction: 'in', display_path: '/mydrive/docs/plan.txt' },
			]);
			expect([await deleted!.poll(), await created!.poll()]).toEqual([[], []]);
		});
	});

	test('of a folder that moves within the tree is one event', async () => {
		await following(fileMoved, { folder: '/mydrive', kind: 'all' }, async (follower, scene) => {
			stage(scene).moveAs('alice', at(scene, '/mydrive/docs')!, at(scene, '/mydrive/inbox')!);
			expect(await follower.drain()).toMatchObject([
				{ type: 'dir', direction: 'within', previous_path: '/mydrive/docs', display_path: '/mydrive/inbox/docs' },
			]);
		});
	});

	test('a deleted folder takes its files along, and a restored one brings them back', async () => {
		await withNas({}, async (scene) => {
			const all = { ...docs, kind: 'all' as const };
			const [deleted, restored, created] = await Promise.all(
				[fileDeleted, fileRestored, fileCreated].map(
					async (trigger) => await new Follower(trigger, scene.dsm, all).start(),
				),
			);
			const reports = at(scene, '/mydrive/docs/reports')!;
			stage(scene).removeAs('alice', reports);
			const paths = [
				'/mydrive/docs/reports',
				'/mydrive/docs/reports/a, "b" \u00fc \u{1F4C4} .txt',
				'/mydrive/docs/reports/january.csv',
			];
			expect((await deleted!.drain()).map(pathOf).sort()).toEqual(paths);
			await restored!.drain();
			await created!.drain();
			stage(scene).restoreAs('alice', reports);
			expect((await restored!.drain()).map(pathOf).sort()).toEqual(paths);
			expect([await deleted!.drain(), await created!.drain()]).toEqual([[], []]);
		});
	});

	test('of a Synology document is seen by its version, unless it was only renamed', async () => {
		await following(fileUpdated, docs, async (follower, scene) => {
			const sheet = at(scene, '/mydrive/docs/budget.osheet')!;
			stage(scene).renameAs('alice', sheet, 'budget 2.osheet');
			expect(await follower.poll()).toEqual([]);
			stage(scene).setContent(sheet, sheet.content, 'bob');
			expect((await follower.poll()).map(pathOf)).toEqual(['/mydrive/docs/budget 2.osheet']);
		});
	});
});

describe('the choice of what counts', () => {
	test('is made by folder, subfolders, kind and name', async () => {
		await withNas({}, async (scene) => {
			const follow = async (given: object) => await new Follower(fileCreated, scene.dsm, { ...docs, ...given }).start();
			const [flat, pdf, folders, team] = await Promise.all([
				follow({ subfolders: false }),
				follow({ pattern: '*.PDF' }),
				follow({ kind: 'dir' }),
				follow({ folder: '/team-folders/Family' }),
			]);
			for (const path of ['/docs/a.pdf', '/docs/sub/b.pdf', '/docs/sub/c.txt', '/other.pdf'])
				stage(scene).put('alice', path, path);
			stage(scene).put('bob', '/d.txt', 'd', { root: stage(scene).team('Family')!.root });
			const names = async (follower: typeof flat) => (await follower!.drain()).map(({ name }) => name);
			expect(await names(flat)).toEqual(['a.pdf']);
			expect(await names(pdf)).toEqual(['a.pdf', 'b.pdf']);
			expect(await names(folders)).toEqual(['sub']);
			expect(await names(team)).toEqual(['d.txt']);
		});
	});

	test('brings the file along where asked for, documents as Office files, and none that is gone', async () => {
		await following(fileCreated, { ...docs, download: true }, async (follower, scene) => {
			stage(scene).put('alice', '/docs/note.txt', 'hello');
			stage(scene).put('alice', '/docs/new.odoc', 'document');
			const gone = stage(scene).put('alice', '/docs/gone.txt', 'x');
			const events = await follower.poll();
			stage(scene).removeAs('alice', gone);
			const given = fileCreated.params.parse({ ...docs, download: true });
			const files = await Promise.all(events.map(async (event) => await fileCreated.file!(event, given, scene.dsm)));
			expect(await Promise.all(files.map(async (file) => file && [file.name, await text(file)]))).toEqual([
				['note.txt', 'hello'],
				['new.docx', 'document'],
				undefined,
			]);
			expect(await fileCreated.file!(events[0]!, { ...given, download: false }, scene.dsm)).toBeUndefined();
		});
	});

	test('of a folder that is not there is told at the start', async () => {
		await withNas({}, async ({ dsm }) => {
			const error = await failure(new Follower(fileCreated, dsm, { folder: '/mydrive/nowhere' }).start());
			expect(error.dsmCode).toBe(1003);
		});
	});
});

test('a tree with more files than a cursor may hold says what to do', async () => {
	await withNas({}, async (scene) => {
		stage(scene).put('alice', '/docs/a.txt', 'a');
		const { simulator, dsm } = scene;
		const list = { api: 'SYNO.SynologyDrive.Files', method: 'list', version: 10 } as const;
		const answer = await dsm.call(list, { path: docs.folder });
		const row = (answer as { items: object[] }).items[0]!;
		const total = 50_001;
		simulator.use({
			'SYNO.SynologyDrive.Files.list': ({ params }) => {
				const offset = Number(params['offset'] ?? 0);
				const length = Math.min(Number(params['limit']) || total, total - offset);
				const items = Array.from({ length }, (_, index) => ({ ...row, file_id: String(offset + index + 1) }));
				return { data: { items, total } };
			},
		});
		const error = await failure(new Follower(fileCreated, dsm, docs).start());
		expect([error.name, error.message, error.details]).toMatchObject([
			'DsmInputError',
			'There are too many files and folders to watch: 50001 entries, at most 50000 (budget "watchedTree").',
			{ path: ['folder'], hint: 'Watch a folder below it, or leave its subfolders out.' },
		]);
	});
}, 60_000);

describe('what is odd about the NAS', () => {
	test('an empty file may be on its way: it is told when it has a content, or after ten seconds', async () => {
		await following(fileCreated, docs, async (follower, scene) => {
			stage(scene).put('alice', '/docs/uploading.txt', '');
			stage(scene).put('alice', '/docs/empty.txt', '');
			expect(await follower.poll()).toEqual([]);
			stage(scene).put('alice', '/docs/uploading.txt', 'here it is');
			expect((await follower.poll()).map(({ name, size }) => [name, size])).toEqual([['uploading.txt', 10]]);
			clockOf(scene).advance(11_000);
			expect((await follower.drain()).map(({ name, size }) => [name, size])).toEqual([['empty.txt', 0]]);
		});
	});

	test('a database that was built anew tells no file as deleted or created', async () => {
		await withNas({}, async (scene) => {
			const family = { folder: '/team-folders/Family' };
			const [created, deleted] = await Promise.all(
				[fileCreated, fileDeleted].map(async (trigger) => await new Follower(trigger, scene.dsm, family).start()),
			);
			const { view } = stage(scene).team('Family')!.root;
			stage(scene).rebuild(view);
			expect([await created!.drain(), await deleted!.drain()]).toEqual([[], []]);
			stage(scene).put('bob', '/after.txt', 'after', { root: view.root });
			expect((await created!.drain()).map(pathOf)).toEqual(['/team-folders/Family/after.txt']);
		});
	});

	test('an old Drive without change_id is walked whole, and nothing is missed', async () => {
		await following(fileDeleted, docs, async (follower, scene) => {
			stage(scene).switches.noChangeId = true;
			const again = await new Follower(fileDeleted, scene.dsm, docs).start();
			stage(scene).removeAs('alice', at(scene, '/mydrive/docs/reports/january.csv')!);
			expect((await again.drain()).map(pathOf)).toEqual(['/mydrive/docs/reports/january.csv']);
			void follower;
		});
	});

	test('a subfolder that cannot be read does not hold up the others, and is caught up with', async () => {
		await following(fileCreated, docs, async (follower, scene) => {
			const reports = `id:${at(scene, '/mydrive/docs/reports')!.file_id}`;
			let closed = true;
			scene.simulator.use({
				'SYNO.SynologyDrive.Files.list': ({ params }) =>
					closed && params['path'] === reports ? { error: 1002 } : undefined,
			});
			stage(scene).put('alice', '/docs/reports/inside.txt', 'x');
			stage(scene).put('alice', '/docs/outside.txt', 'x');
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['outside.txt']);
			closed = false;
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['inside.txt']);
		});
	});

	test('a short time for a poll gets through a large tree in parts', async () => {
		await following(fileCreated, docs, async (follower, scene) => {
			for (let n = 0; n < 60; n++) stage(scene).put('alice', `/docs/folder ${n}/file ${n}.txt`, `${n}`);
			stage(scene).removeAs('alice', at(scene, '/mydrive/docs/plan.txt')!);
			const names: string[] = [];
			let polls = 0;
			do {
				names.push(...(await follower.poll({ budget: { left: () => false } })).map(({ name }) => name));
				polls += 1;
			} while (follower.more);
			expect(new Set(names).size).toBe(60);
			expect([names.length, polls > 1, polls < 10]).toEqual([60, true, true]);
		});
	});

	test('rows that slip from page to page while they are read are read again', async () => {
		await following(fileCreated, docs, async (follower, scene) => {
			for (let n = 0; n < 1500; n++) stage(scene).put('alice', `/docs/many/${String(n).padStart(5, '0')}.txt`, `${n}`);
			let disturbed = false;
			scene.simulator.use({
				'SYNO.SynologyDrive.Files.list': ({ params }) => {
					if (params['offset'] !== 1000 || disturbed) return undefined;
					disturbed = true;
					stage(scene).removeAs('alice', at(scene, '/mydrive/docs/many/00000.txt')!);
					return undefined;
				},
			});
			const names = (await follower.drain()).map(({ name }) => name);
			expect([names.length, new Set(names).size, disturbed]).toEqual([1499, 1499, true]);
		});
	}, 30_000);
});
