import { drive } from '../../../src/services/drive';
import type { Scene } from '../../support/nas';
import { tellsEachOnce } from '../../support/trigger-suite';
import { at, stage } from './support';

const { fileCreated, fileUpdated, fileRenamed, fileMoved, fileDeleted, specificFileChanged } = drive.triggers;
const { fileShared, fileLabeled, fileStarred, teamFolderAdded, notificationReceived, deviceChanged, logEntryAdded } =
	drive.triggers;

const given = { folder: '/mydrive/docs' };
const nameOf = ({ name }: { name: string }): string => name;
const other = (scene: Scene) => void stage(scene).put('alice', '/photos/noise.jpg', `${stage(scene).number()}`);
/** Files that are there before the trigger starts. */
const before = (scene: Scene) => {
	for (let n = 0; n < 20; n++) stage(scene).put('alice', `/docs/old/file ${n}.txt`, `old ${n}`);
};
const old = (scene: Scene, n: number) => at(scene, `/mydrive/docs/old/file ${n}.txt`)!;

tellsEachOnce({
	trigger: fileCreated,
	given,
	happen: (scene, n) => stage(scene).put('alice', `/docs/new/${n % 3}/file ${n}.txt`, `new ${n}`).name,
	nameOf,
	noise: other,
	edit: (scene, n) => stage(scene).put('alice', `/docs/new/${n % 3}/file ${n}.txt`, `edited ${n}`),
	delete: (scene, n) => stage(scene).removeAs('alice', at(scene, `/mydrive/docs/new/${n % 3}/file ${n}.txt`)!),
	many: 1100,
});

tellsEachOnce({
	trigger: fileUpdated,
	given,
	before,
	happen: (scene, n) => stage(scene).put('alice', `/docs/old/file ${n}.txt`, `changed ${n}`).name,
	nameOf,
	noise: (scene) => stage(scene).put('alice', '/docs/fresh.txt', `${stage(scene).number()}`),
});

tellsEachOnce({
	trigger: fileRenamed,
	given,
	before,
	happen: (scene, n) => {
		stage(scene).renameAs('alice', old(scene, n), `renamed ${n}.txt`);
		return `renamed ${n}.txt`;
	},
	nameOf,
	noise: other,
});

tellsEachOnce({
	trigger: fileMoved,
	given,
	before,
	happen: (scene, n) => {
		const node = old(scene, n);
		stage(scene).moveAs('alice', node, at(scene, n % 2 ? '/mydrive/photos' : '/mydrive/docs/reports')!);
		return node.name;
	},
	nameOf,
	noise: other,
	anyOrder: true,
});

tellsEachOnce({
	trigger: fileDeleted,
	given,
	before,
	happen: (scene, n) => {
		const node = old(scene, n);
		stage(scene).removeAs('alice', node);
		return node.name;
	},
	nameOf,
	noise: other,
	anyOrder: true,
});

tellsEachOnce({
	trigger: specificFileChanged,
	given: { path: '/mydrive/docs/old/file 1.txt', changes: ['deleted'] },
	before,
	happen: (scene) => {
		stage(scene).removeAs('alice', old(scene, 1));
		return 'file 1.txt';
	},
	reset: (scene) => stage(scene).put('alice', '/docs/old/file 1.txt', `again ${stage(scene).number()}`),
	nameOf,
	noise: other,
});

tellsEachOnce({
	trigger: fileShared,
	given: {},
	happen: (scene, n) => {
		const node = stage(scene).put('bob', `/share ${n}.txt`, `${n}`);
		stage(scene).shareAs('bob', node, { type: 'user', name: 'alice' }, 'viewer');
		return node.name;
	},
	nameOf,
	noise: (scene) => stage(scene).put('bob', '/private.txt', 'mine'),
	anyOrder: true,
});

tellsEachOnce({
	trigger: fileLabeled,
	given: { label_id: '1' },
	before,
	happen: (scene, n) => {
		stage(scene).labelOf('alice', 'Urgent').files.add(old(scene, n));
		return old(scene, n).name;
	},
	nameOf,
	noise: (scene) => stage(scene).labelOf('alice', 'Paid').files.add(old(scene, 1)),
	anyOrder: true,
});

tellsEachOnce({
	trigger: fileStarred,
	given: {},
	before,
	happen: (scene, n) => {
		stage(scene).starAs('alice', old(scene, n));
		return old(scene, n).name;
	},
	nameOf,
	noise: (scene) => stage(scene).starAs('bob', old(scene, 1)),
	anyOrder: true,
});

tellsEachOnce({
	trigger: teamFolderAdded,
	given: {},
	happen: (scene, n) => stage(scene).openTeamFolder(`Team ${n}`, { alice: 'viewer' }).name,
	nameOf,
	noise: (scene) => stage(scene).openTeamFolder('Secret', { bob: 'organizer' }),
	// The list comes by name.
	anyOrder: true,
});

tellsEachOnce({
	trigger: notificationReceived,
	given: {},
	happen: (scene, n) => {
		stage(scene).notify('alice', { title: `notice ${n}` });
		return `notice ${n}`;
	},
	nameOf: (event) => String(event['title']),
	noise: (scene) => stage(scene).notify('bob', { title: 'not for alice' }),
});

tellsEachOnce({
	trigger: deviceChanged,
	given: {},
	before: (scene) => {
		for (let n = 0; n < 20; n++) stage(scene).connect('bob', `PC-${n}`);
	},
	happen: (scene, n) => {
		const client = stage(scene).connections.find(({ client_id }) => client_id === `PC-${n}`)!;
		client.client_status = 'off_line';
		return client.client_id;
	},
	nameOf: ({ client_id }) => String(client_id),
	noise: (scene) => stage(scene).connect('carol', 'NEW-PC'),
});

tellsEachOnce({
	trigger: logEntryAdded,
	given: {},
	goesByClock: true,
	happen: (scene, n) => stage(scene).addLog({ username: 'bob', s1: `/file ${n}.txt` }).s1,
	nameOf: ({ s1 }) => String(s1),
	many: 1100,
});
