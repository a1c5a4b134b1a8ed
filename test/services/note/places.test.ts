import { describe, expect, test } from '@jest/globals';
import { digest } from '../../../src/catalog/sources';
import { attachmentAdded } from '../../../src/services/note/triggers/attachmentAdded';
import { notebookCreated, notebookUpdated } from '../../../src/services/note/triggers/notebookEvents';
import {
	noteCreated,
	noteMoved,
	noteMovedToRecycleBin,
	noteRestored,
	noteShared,
	noteTagged,
	noteUpdated,
} from '../../../src/services/note/triggers/noteEvents';
import { todoDue, todoOverdue } from '../../../src/services/note/triggers/todoDue';
import { todoCompleted, todoCreated, todoReopened, todoUpdated } from '../../../src/services/note/triggers/todoEvents';
import type { Note, Notebook, Todo } from '../../../src/simulator/services/note/types';
import { clockOf, Follower } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';
import { station } from './stage';

/** What was saved of a note before rows had moments and lists of shares: everything in the units of the NAS. */
const placeOf = ({ recycle }: Note) => (recycle ? 'trash' : 'live');
const notesOf = (scene: Scene) => [...station(scene).notes.values()].filter(({ owner }) => owner === 1026);
const tagsOf = ({ tag }: Note) => [...tag].sort();
/** Of `acl` as DSM sends it, with its keys in order. */
const sharingOf = (scene: Scene, note: Note) => {
	const { dsm_group, dsm_user, enabled } = station(scene).aclOf(note) ?? {};
	return enabled ? digest(JSON.stringify({ dsm_group, dsm_user, enabled })) : '';
};

const of = <T extends { object_id: string }>(things: Iterable<T>, fingerprints: (thing: T) => string[]) =>
	Object.fromEntries([...things].map((thing) => [thing.object_id, fingerprints(thing)]));
const saved = (items: Record<string, string[]>, uid = 1026) => ({ v: 1, seq: 7, items, uid, missing: [] });
const notes = (fingerprints: (note: Note, scene: Scene) => string[]) => (scene: Scene) =>
	saved(of(notesOf(scene), (note) => fingerprints(note, scene)));
const notebooks = (fingerprints: (notebook: Notebook) => string[]) => (scene: Scene) =>
	saved(
		of(
			[...station(scene).notebooks.values()].filter(({ owner }) => owner === 1026),
			fingerprints,
		),
		0,
	);
const todos = (fingerprints: (todo: Todo) => string[]) => (scene: Scene) =>
	saved(of(station(scene).todos.values(), fingerprints), 0);

const tea = (scene: Scene) => station(scene).note('Tea');
const disks = (scene: Scene) => station(scene).todo('Buy disks');
const seconds = (scene: Scene) => Math.floor(clockOf(scene).now() / 1000);

type Place = (scene: Scene) => object;
const places: [name: string, trigger: typeof noteCreated, place: Place, happen: (scene: Scene) => unknown][] = [
	[
		'noteCreated',
		noteCreated,
		notes((note) => [placeOf(note)]),
		(scene) => station(scene).writeAs('alice', 'Work', { title: 'New', content: 'x' }),
	],
	[
		'noteUpdated',
		noteUpdated as never,
		notes((note) => [
			...[placeOf(note), note.ver, digest(note.title), digest(note.brief), digest(tagsOf(note)), note.parent_id],
		]),
		(scene) => station(scene).editAs('alice', tea(scene), { content: 'x' }),
	],
	[
		'noteMoved',
		noteMoved as never,
		notes((note) => [placeOf(note), note.parent_id]),
		(scene) => station(scene).moveAs('alice', tea(scene), 'Work'),
	],
	[
		'noteMovedToRecycleBin',
		noteMovedToRecycleBin as never,
		notes((note) => [placeOf(note)]),
		(scene) => station(scene).trash(tea(scene)),
	],
	[
		'noteRestored',
		noteRestored as never,
		notes((note) => [placeOf(note)]),
		(scene) => station(scene).restore(station(scene).note('Old list')),
	],
	[
		'noteTagged',
		noteTagged as never,
		notes((note) => [placeOf(note), JSON.stringify(tagsOf(note))]),
		(scene) => station(scene).editAs('alice', tea(scene), { tag: ['kitchen', 'x'] }),
	],
	[
		'noteShared',
		noteShared as never,
		notes((note, scene) => [placeOf(note), sharingOf(scene, note)]),
		(scene) => station(scene).shareAs(tea(scene), 'bob'),
	],
	[
		'attachmentAdded',
		attachmentAdded as never,
		(scene) => ({
			v: 1,
			seq: 7,
			uid: 1026,
			items: of(
				notesOf(scene).filter(({ recycle }) => !recycle),
				({ ver }) => [ver],
			),
		}),
		(scene) => station(scene).attachAs('alice', tea(scene), 'a.txt', 'x'),
	],
	[
		'notebookCreated',
		notebookCreated as never,
		notebooks(() => []),
		(scene) => station(scene).notebook('alice', 'Plans'),
	],
	[
		'notebookUpdated',
		notebookUpdated as never,
		notebooks(({ title, stack }) => [digest(title), digest(stack)]),
		(scene) => (station(scene).notebook('alice', 'Work').stack = 'Attic'),
	],
	['todoCreated', todoCreated as never, todos(() => []), (scene) => station(scene).todoAs('alice', 'Paint')],
	[
		'todoUpdated',
		todoUpdated as never,
		todos(({ title, comment, priority, star, due_date, reminder_offset, parent_id, note_id }) => [
			digest([title, comment, priority, star, due_date, reminder_offset, parent_id, note_id]),
		]),
		(scene) => (disks(scene).due_date = seconds(scene) + 86_400),
	],
	['todoCompleted', todoCompleted as never, todos(({ done }) => [String(done)]), (scene) => (disks(scene).done = true)],
	[
		'todoReopened',
		todoReopened as never,
		(scene) =>
			saved(of(station(scene).todos.values(), ({ object_id }) => [String(object_id === disks(scene).object_id)])),
		() => undefined,
	],
	[
		'todoDue',
		todoDue as never,
		(scene) => {
			const { object_id, due_date } = disks(scene);
			return { v: 1, at: clockOf(scene).now(), told: { [`${object_id}@${due_date}`]: due_date * 1000 } };
		},
		(scene) => station(scene).todoAs('alice', 'Now', { due_date: seconds(scene) + 1 }),
	],
	[
		'todoOverdue',
		todoOverdue as never,
		(scene) => ({ v: 1, at: clockOf(scene).now(), told: {} }),
		(scene) => station(scene).todoAs('alice', 'Late', { due_date: seconds(scene) + 1 - 86_400 }),
	],
];

describe('a place that was saved before moments were ISO 8601 and shares a list', () => {
	test.each(places)(
		'is read by %s, which tells what happened since and nothing else',
		async (name, trigger, place, happen) => {
			await withNas({}, async (scene) => {
				station(scene).shareAs(station(scene).note('Move to the new rack'), 'bob');
				station(scene).todoAs('alice', 'Some day', { star: true, comment: 'none', due_date: -1 });
				disks(scene).due_date = seconds(scene) + 1;
				const follower = new Follower(trigger, scene.dsm, {});
				follower.cursor = JSON.stringify(place(scene));
				clockOf(scene).advance(60_000);
				if (name !== 'todoReopened') expect(await follower.poll()).toEqual([]);
				happen(scene);
				clockOf(scene).advance(1000);
				expect(await follower.poll()).toHaveLength(1);
				expect(await follower.poll()).toEqual([]);
			});
		},
	);
});

describe('a filter', () => {
	test('may change without losing or inventing events', async () => {
		await withNas({}, async (scene) => {
			const parent_id = disks(scene).object_id;
			const top = await new Follower(todoCreated, scene.dsm, { subtasks: false }).start();
			station(scene).todoAs('alice', 'below', { parent_id });
			expect(await top.poll()).toEqual([]);
			const all = new Follower(todoCreated, scene.dsm, { subtasks: true });
			all.cursor = top.cursor;
			expect(await all.poll()).toEqual([]);
			station(scene).todoAs('alice', 'below too', { parent_id });
			expect((await all.poll()).map(({ title }) => title)).toEqual(['below too']);
		});
	});

	test('that says which to-dos count leaves the others told', async () => {
		await withNas({}, async (scene) => {
			const parent_id = station(scene).todo('Call the electrician').object_id;
			const top = await new Follower(todoDue, scene.dsm, { subtasks: false }).start();
			clockOf(scene).advance(60_000);
			station(scene).todoAs('alice', 'below', { parent_id, due_date: seconds(scene) });
			expect(await top.poll()).toEqual([]);
			const all = new Follower(todoDue, scene.dsm, { subtasks: true });
			all.cursor = top.cursor;
			expect(await all.poll()).toEqual([]);
		});
	});
});

test('events are flat, with moments as ISO 8601 and shares as rows', async () => {
	await withNas({}, async (scene) => {
		const follower = await new Follower(noteShared, scene.dsm, {}).start();
		station(scene).shareAs(tea(scene), 'bob');
		const [event] = await follower.poll();
		const moment = new Date(tea(scene).mtime * 1000).toISOString().replace('.000Z', 'Z');
		expect(event).toMatchObject({
			...{ owner_id: '1026', owner_name: 'alice', mtime: moment },
			shares: [{ kind: 'user', name: 'bob', inherit: false }],
		});
		expect(Object.keys(event!)).not.toEqual(expect.arrayContaining(['acl']));
	});
});
