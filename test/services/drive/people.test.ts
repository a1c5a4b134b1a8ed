import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import {
	at,
	file,
	fileRequest,
	label,
	link,
	sharing,
	stage,
	teamFolder,
	text,
	textAt,
	trash,
	user,
	version,
} from './support';

const PLAN = '/mydrive/docs/plan.txt';

describe('sharing', () => {
	test('gives a user, all users and everybody a role, and takes it away', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(sharing.share, { path: PLAN, name: 'carol', role: 'editor' });
			await dsm.do(sharing.share, { path: PLAN, kind: 'public', role: 'previewer' });
			const roles = async () =>
				(await dsm.do(sharing.list, { path: PLAN })).map(({ name, type, role }) => [name, type, role]);
			expect(await roles()).toEqual([
				['bob', 'user', 'viewer'],
				['carol', 'user', 'editor'],
				['public', 'public', 'previewer'],
			]);
			await dsm.do(sharing.unshare, { path: PLAN, name: 'bob' });
			await dsm.do(sharing.unshare, { path: PLAN, kind: 'public' });
			expect(await roles()).toEqual([['carol', 'user', 'editor']]);
			expect((await failure(dsm.do(sharing.share, { path: PLAN }))).message).toBe('"Name" is missing.');
			expect((await dsm.do(user.list, {})).map(({ name }) => name)).toEqual(expect.arrayContaining(['bob', 'carol']));
		});
	});

	test('makes an internal link, below the address that others use', async () => {
		await withNas({}, async (scene) => {
			const { permanent_link } = at(scene, PLAN)!;
			expect((await scene.dsm.do(link.createInternal, { path: PLAN })).url).toBe(`http://nas/d/f/${permanent_link}`);
			const moved = await scene.dsm.do(link.createInternal, { path: PLAN, base_url: 'https://nas.example.com/' });
			expect(moved.url).toBe(`https://nas.example.com/d/f/${permanent_link}`);
		});
	});

	test('makes, changes and removes a public link with role, password and end', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect((await failure(dsm.do(link.get, { path: PLAN }))).dsmCode).toBe(1036);
			const wish = {
				path: PLAN,
				role: 'commenter' as const,
				protect_password: 'Secret+1',
				due_date: '2027-01-01T00:00:00Z',
			};
			const made = await dsm.do(link.create, wish);
			expect(made).toMatchObject({ role: 'commenter', protect_password: 'Secret+1', due_date: '2027-01-01T00:00:00Z' });
			expect(made).not.toHaveProperty('permanent_id');
			expect((await dsm.do(link.create, wish)).sharing_link).toBe(made.sharing_link);
			const { sharing_link } = made;
			expect(await dsm.do(link.checkPassword, { sharing_link, password: 'Secret+1' })).toEqual({ valid: true });
			expect((await failure(dsm.do(link.checkPassword, { sharing_link, password: 'no' }))).dsmCode).toBe(1037);
			const open = await dsm.do(link.update, { path: PLAN, remove_password: true, never_expires: true });
			expect([open.protect_password, open.due_date, open.role]).toEqual(['', null, 'commenter']);
			await dsm.do(link.delete, { path: PLAN });
			expect(at(scene, PLAN)?.link).toBeUndefined();
		});
	});

	test('of a folder asks others for files', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const made = await dsm.do(fileRequest.create, { folder: '/mydrive/inbox', title: 'Photos' });
			const { sharing_link } = made;
			expect([made.title, made.display_path, made.file_request_status]).toEqual(['Photos', '/mydrive/inbox', 'active']);
			await dsm.do(fileRequest.update, { sharing_link, folder: '/mydrive/inbox', file_request_status: 'inactive' });
			expect((await dsm.do(fileRequest.get, { sharing_link })).file_request_status).toBe('inactive');
			expect((await dsm.do(fileRequest.list, {})).map(({ title }) => title)).toEqual(['Photos of the party', 'Photos']);
			await dsm.do(fileRequest.delete, { sharing_link });
			expect(await dsm.do(fileRequest.list, {})).toHaveLength(1);
			stage(scene).switches.fileRequests = 'nobody';
			expect((await failure(dsm.do(fileRequest.list, {}))).message).toContain('File requests are switched off');
		});
	});
});

describe('labels', () => {
	test('are created, changed, put on files, taken off, listed and deleted', async () => {
		await withNas({}, async ({ dsm }) => {
			const made = await dsm.do(label.create, { name: 'Later', color: '#499DF2' });
			const { label_id } = made;
			expect(await dsm.do(label.update, { label_id, name: 'Soon' })).toMatchObject({
				label_id,
				name: 'Soon',
				color: '#499DF2',
			});
			await dsm.do(label.add, { path: PLAN, label_id, others: ['/mydrive/photos'] });
			const labeled = async () => (await dsm.do(label.listFiles, { label_id })).map(({ name }) => name);
			expect(await labeled()).toEqual(['photos', 'plan.txt']);
			await dsm.do(label.remove, { path: '/mydrive/photos', label_id });
			expect(await labeled()).toEqual(['plan.txt']);
			await dsm.do(label.clear, { path: PLAN });
			expect((await dsm.do(file.get, { path: PLAN }))['labels']).toEqual([]);
			expect((await dsm.do(label.list, {})).map(({ name }) => name)).toEqual(['Urgent', 'Paid', 'Soon']);
			await dsm.do(label.delete, { label_id });
			expect(await dsm.do(label.list, {})).toHaveLength(2);
			expect((await failure(dsm.do(label.create, { name: 'x', color: 'red' }))).message).toContain(
				'is no color like #499DF2',
			);
		});
	});
});

describe('what was before', () => {
	test('versions are listed, downloaded and restored', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const versions = await dsm.do(version.list, { path: PLAN });
			expect(versions.map(({ size }) => size)).toEqual([25, 9]);
			const version_id = versions[1]!.sync_id;
			expect(await text(await dsm.do(version.download, { path: PLAN, version_id }))).toBe('The plan\n');
			await dsm.do(version.restore, { path: PLAN, version_id });
			expect(textAt(scene, PLAN)).toBe('The plan\n');
		});
	});

	test('the trash is listed, restored from and emptied, of team folders as well', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect((await dsm.do(trash.list, {})).map(({ path }) => path)).toEqual(['/docs/old.txt']);
			await dsm.do(trash.restore, { path: '/docs/old.txt' });
			expect(textAt(scene, '/mydrive/docs/old.txt')).toBe('old\n');
			await dsm.do(file.delete, { path: '/team-folders/Family/recipes.txt' });
			await dsm.do(trash.restore, { path: '/recipes.txt', team_folder: 'Family' });
			expect(textAt(scene, '/team-folders/Family/recipes.txt')).toBe('soup\n');
			await dsm.do(file.delete, { path: PLAN });
			await dsm.do(trash.clear, {});
			expect((await failure(dsm.do(trash.restore, { path: '/docs/plan.txt' }))).message).toBe(
				'The trash holds nothing of the path "/docs/plan.txt".',
			);
		});
	});
});

describe('team folders', () => {
	test('are listed with their members', async () => {
		await withNas({}, async ({ dsm }) => {
			const [family] = await dsm.do(teamFolder.list, {});
			expect(family).toMatchObject({ name: 'Family', keep_versions: 8 });
			const members = await dsm.do(teamFolder.listMembers, { team_id: family!.team_id });
			expect(members.map(({ name, role }) => [name, role])).toEqual([
				['alice', 'organizer'],
				['bob', 'organizer'],
			]);
		});
	});

	test('are enabled, configured and disabled by an administrator', async () => {
		await withNas({}, async ({ dsm }) => {
			const active = async () => (await dsm.do(teamFolder.listActive, {})).map(({ name }) => name);
			expect(
				(await dsm.do(teamFolder.listSharedFolders, {})).map(({ share_name, share_enable }) => [
					share_name,
					share_enable,
				]),
			).toEqual([
				['Archive', false],
				['Family', true],
				['homes/mydrive_home', true],
			]);
			expect(await dsm.do(teamFolder.enable, { name: 'Archive', versions: 4 })).toMatchObject({
				share_enable: true,
				rotate_cnt: 4,
			});
			expect(await active()).toEqual(['MyDrive', 'Family', 'Archive']);
			expect(await dsm.do(teamFolder.update, { name: 'Archive', versions: 16 })).toMatchObject({
				rotate_cnt: 16,
				rotate_policy: 'smart',
			});
			await dsm.do(teamFolder.disable, { name: 'Archive' });
			expect(await active()).toEqual(['MyDrive', 'Family']);
		});
	});
});
