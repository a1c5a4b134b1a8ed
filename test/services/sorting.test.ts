import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from '../../src/host/form';
import { findOperation } from '../../src/services';
import { driveOf } from '../../src/simulator/services/drive';
import { filesOf } from '../../src/simulator/services/file';
import { noteOf } from '../../src/simulator/services/note';
import { clockOf } from '../support/follow';
import { withNas, type Scene } from '../support/nas';

type Row = Record<string, unknown>;

const rowsOf = async ({ dsm }: Scene, id: string, given: object): Promise<Row[]> => {
	const operation = findOperation(id)!;
	return (await dsm.do(operation, given)) as Row[];
};
const requestsOf = ({ simulator }: Scene, method: string) => simulator.requests.filter((one) => one.method === method);

/** Files whose names, sizes and ages are in different orders. */
const FILES = [
	['b.txt', 'x', Date.UTC(2026, 0, 3)],
	['a.txt', 'xxx', Date.UTC(2026, 0, 1)],
	['c.txt', 'xx', Date.UTC(2026, 0, 2)],
] as const;

const prepared = async (run: (scene: Scene) => Promise<void>) =>
	await withNas({}, async (scene) => {
		const { nas } = scene.simulator;
		for (const [name, content, mtime] of FILES) {
			filesOf(nas).write(`/docs/sort/${name}`, { content, times: { mtime } });
			driveOf(nas).put('alice', `/sort/${name}`, content, { modified_time: mtime / 1000 });
		}
		await run(scene);
	});

describe('the order of a list', () => {
	test.each([
		['file.folder.list', { folder: '/docs/sort' }, 'mtime'],
		['file.folder.search', { folder: '/docs/sort' }, 'mtime'],
		['drive.file.list', { folder: '/mydrive/sort' }, 'modified_time'],
	])('of %s is that of its fields, in both directions', async (id, given, time) => {
		await prepared(async (scene) => {
			const names = async (sort_by: string, sort_direction: string) =>
				(await rowsOf(scene, id, { ...given, sort_by, sort_direction })).map(({ name }) => name);
			expect(await names('name', 'asc')).toEqual(['a.txt', 'b.txt', 'c.txt']);
			expect(await names('size', 'desc')).toEqual(['a.txt', 'c.txt', 'b.txt']);
			expect(await names(time, 'asc')).toEqual(['a.txt', 'c.txt', 'b.txt']);
			expect(await names(time, 'desc')).toEqual(['b.txt', 'c.txt', 'a.txt']);
		});
	});

	test.each([
		['file.share.list', 'name'],
		['drive.label.list', 'name'],
		['drive.teamFolder.list', 'name'],
		['drive.teamFolder.listSharedFolders', 'share_name'],
		['drive.connection.list', 'client_id'],
		['note.note.list', 'title'],
		['note.note.listRecycleBin', 'title'],
		['note.tag.listNotes', 'title'],
	])('of %s may be that of %s', async (id, sort_by) => {
		await withNas({}, async (scene) => {
			const station = noteOf(scene.simulator.nas);
			driveOf(scene.simulator.nas).openTeamFolder('Archive', { alice: 'viewer' });
			for (const title of ['Zebra', 'Ant']) {
				station.writeAs('alice', station.notebooksOf(scene.simulator.nas.user('alice'))[0]!.title, {
					title,
					tag: ['zoo'],
				});
			}
			const note_ids = ['Tea', 'Zebra'].map((title) => station.note(title).object_id);
			if (id.endsWith('RecycleBin')) await scene.dsm.do(findOperation('note.note.moveToRecycleBin')!, { note_ids });
			const given = id === 'note.tag.listNotes' ? { tag_id: 'zoo' } : {};
			const values = async (sort_direction: string) =>
				(await rowsOf(scene, id, { ...given, sort_by, sort_direction })).map((row) => String(row[sort_by]));
			const [up, down] = [await values('asc'), await values('desc')];
			expect(up.length).toBeGreaterThan(1);
			expect(up).toEqual([...up].sort((a, b) => (id.startsWith('note') ? a.localeCompare(b) : a < b ? -1 : 1)));
			expect(down).toEqual([...up].reverse());
		});
	});

	test('has its parameters under the options of a form', () => {
		const fields = fieldsOf(findOperation('file.share.list')!.params);
		expect(fields.filter(({ name }) => name.startsWith('sort_')).map(({ advanced }) => advanced)).toEqual([true, true]);
	});
});

describe('what was modified since', () => {
	const since = new Date(Date.UTC(2026, 0, 2)).toISOString();

	test.each([
		['file.folder.list', { folder: '/docs/sort' }],
		['drive.file.list', { folder: '/mydrive/sort' }],
	])('comes newest first from %s, whatever the sorting', async (id, given) => {
		await prepared(async (scene) => {
			const rows = await rowsOf(scene, id, { ...given, modified_since: since, sort_by: 'name' });
			expect(rows.map(({ name }) => name)).toEqual(['b.txt', 'c.txt']);
		});
	});

	test('is read to the first older file, not to the end of the folder; among folders to the end', async () => {
		await withNas({}, async (scene) => {
			const files = filesOf(scene.simulator.nas);
			for (let n = 0; n < 4100; n++) files.write(`/docs/many/${n}.txt`, { times: { mtime: Date.UTC(2020, 0, 1) + n } });
			clockOf(scene).advance(60_000);
			files.write('/docs/many/new.txt');
			const modified_since = new Date(Date.UTC(2026, 0, 1)).toISOString();
			const asked = async (filetype: string) => {
				const before = requestsOf(scene, 'list').length;
				const rows = await rowsOf(scene, 'file.folder.list', { folder: '/docs/many', filetype, modified_since });
				expect(rows.map(({ name }) => name)).toEqual(['new.txt']);
				return requestsOf(scene, 'list').length - before;
			};
			expect(await asked('file')).toBe(1);
			expect(await asked('all')).toBe(3);
		});
	});

	test('is not looked at where no moment is given: a limit alone says how many rows are asked for', async () => {
		await prepared(async (scene) => {
			const operation = findOperation('file.folder.list')!;
			for await (const row of scene.dsm.each(operation, { folder: '/docs/sort' }, { limit: 2 }))
				expect(row).toBeDefined();
			expect(requestsOf(scene, 'list').at(-1)?.params).toMatchObject({ limit: 2, sort_by: 'name' });
		});
	});
});
