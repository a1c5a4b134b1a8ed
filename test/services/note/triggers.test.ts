import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { note } from '../../../src/services/note';
import { attachmentAdded } from '../../../src/services/note/triggers/attachmentAdded';
import {
	noteCreated,
	noteMoved,
	noteMovedToRecycleBin,
	noteRestored,
	noteTagged,
	noteUpdated,
} from '../../../src/services/note/triggers/noteEvents';
import { todoCompleted } from '../../../src/services/note/triggers/todoEvents';
import { todoDue, todoOverdue } from '../../../src/services/note/triggers/todoDue';
import { clockOf, Follower, following } from '../../support/follow';
import { withNas, type Scene } from '../../support/nas';
import { backups, notes, station } from './stage';

const titles = (events: { title?: string | undefined }[]) => events.map(({ title }) => title);
const DAY = 86_400_000;

describe('a new note', () => {
	test('that is still empty is told when it has its first text, or after a while', async () => {
		await following(noteCreated, {}, async (follower, scene) => {
			const first = station(scene).writeAs('alice', 'Work', { title: 'Untitled', content: '' });
			station(scene).writeAs('alice', 'Work', { title: 'Stays empty', content: '' });
			expect(await follower.poll()).toEqual([]);
			station(scene).editAs('alice', first, { title: 'Plan', content: '<div>First words</div>' });
			expect(titles(await follower.poll())).toEqual(['Plan']);
			clockOf(scene).advance(31_000);
			expect(titles(await follower.poll())).toEqual(['Stays empty']);
			expect(await follower.poll()).toEqual([]);
		});
	});

	test('is told with its notebook and tags, and only in the watched notebook', async () => {
		await withNas({}, async (scene) => {
			const { object_id } = station(scene).notebook('alice', 'Work');
			const follower = await new Follower(noteCreated, scene.dsm, { notebook_id: object_id }).start();
			station(scene).writeAs('alice', 'Work', { title: 'In', content: 'x', tag: ['a'] });
			station(scene).writeAs('alice', 'My Notebook', { title: 'Out', content: 'x' });
			expect(await follower.poll()).toMatchObject([{ title: 'In', notebook: 'Work', tags: ['a'], brief: 'x' }]);
		});
	});

	test('may come by import with an old date, or while the clock of the NAS goes back', async () => {
		await following(noteCreated, {}, async (follower, scene) => {
			const { path } = await scene.dsm.do(backups.exportNotebooks, { dest: '/docs' });
			clockOf(scene).advance(-30 * DAY);
			await scene.dsm.do(backups.importPath, { path: path! });
			expect(titles(await follower.drain()).sort()).toEqual(['Door code', 'Move to the new rack', 'Tea']);
		});
	});

	test('is none that comes back from the recycle bin or from the archive', async () => {
		await following(noteCreated, {}, async (follower, scene) => {
			station(scene).restore(station(scene).note('Old list'));
			station(scene).notebook('alice', 'Work').archive = true;
			expect(await follower.poll()).toEqual([]);
			station(scene).notebook('alice', 'Work').archive = false;
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('is none that a list left out once', async () => {
		await following(noteCreated, {}, async (follower, scene) => {
			let short = true;
			scene.simulator.use({
				'SYNO.NoteStation.Note.list': () => (short ? { data: { offset: 0, total: 0 } } : undefined),
			});
			expect(await follower.poll()).toEqual([]);
			short = false;
			expect(await follower.drain()).toEqual([]);
		});
	});
});

describe('a changed note', () => {
	test('says what was changed, and is filtered by it', async () => {
		await withNas({}, async (scene) => {
			const follow = async (what: 'any' | 'title' | 'content' | 'tags') =>
				await new Follower(noteUpdated, scene.dsm, { what }).start();
			const [any, title, content, tags] = [
				await follow('any'),
				await follow('title'),
				await follow('content'),
				await follow('tags'),
			];
			const tea = station(scene).note('Tea');
			const polls = async () => [await any!.poll(), await title!.poll(), await content!.poll(), await tags!.poll()];
			station(scene).editAs('alice', tea, { title: 'Green tea' });
			expect((await polls()).map((events) => events.map(({ changes }) => changes))).toEqual([
				[['title']],
				[['title']],
				[],
				[],
			]);
			station(scene).editAs('alice', tea, { content: `${tea.content}${'<div>far down</div>'.repeat(20)}` });
			expect((await polls()).map((events) => events.length)).toEqual([1, 0, 1, 0]);
			station(scene).editAs('alice', tea, { tag: ['x'] });
			expect((await polls()).map((events) => events.length)).toEqual([1, 0, 0, 1]);
		});
	});

	test('by these nodes themselves starts nothing unless wished', async () => {
		await withNas({}, async (scene) => {
			const quiet = await new Follower(noteUpdated, scene.dsm, {}).start();
			const all = await new Follower(noteUpdated, scene.dsm, { include_own: true }).start();
			await scene.dsm.do(notes.append, { note_id: station(scene).note('Tea').object_id, content: 'more' });
			expect([(await quiet.poll()).length, titles(await all.poll())]).toEqual([0, ['Tea']]);
		});
	});

	test('is told once when it has come to rest', async () => {
		await following(noteUpdated, { quiet: 20 }, async (follower, scene) => {
			const tea = station(scene).note('Tea');
			for (let n = 0; n < 5; n++) {
				station(scene).editAs('alice', tea, { content: `<div>${n}</div>` });
				clockOf(scene).advance(10_000);
				expect(await follower.poll()).toEqual([]);
			}
			clockOf(scene).advance(10_000);
			expect((await follower.poll()).map(({ brief }) => brief.trim())).toEqual(['4']);
			expect(await follower.poll()).toEqual([]);
		});
	});
});

test('a moved note says where it came from, and a restored note is no tagged one', async () => {
	await withNas({}, async (scene) => {
		const moved = await new Follower(noteMoved, scene.dsm, {}).start();
		const tagged = await new Follower(noteTagged, scene.dsm, {}).start();
		const tea = station(scene).note('Tea');
		const from = tea.parent_id;
		station(scene).moveAs('alice', tea, 'Work');
		expect(await moved.poll()).toMatchObject([{ title: 'Tea', notebook: 'Work', from }]);
		station(scene).trash(tea);
		expect([await moved.poll(), await tagged.poll()]).toEqual([[], []]);
		station(scene).restore(tea);
		expect([await moved.drain(), await tagged.drain()]).toEqual([[], []]);
	});
});

describe('a new file', () => {
	test('is told once, comes along when wished, and does not wait for a note that cannot be read', async () => {
		await following(attachmentAdded, { download: true }, async (follower, scene) => {
			const broken = station(scene).note('Move to the new rack');
			let isBroken = true;
			scene.simulator.use({
				'SYNO.NoteStation.Note.get': ({ params }) =>
					isBroken && params['object_id'] === broken.object_id ? { error: 1002 } : undefined,
			});
			station(scene).attachAs('alice', broken, 'later.txt', '2');
			station(scene).attachAs('alice', station(scene).note('Tea'), 'cup.txt', '1');
			const events = await follower.poll();
			expect(events).toMatchObject([{ name: 'cup.txt', size: 1, note_title: 'Tea' }]);
			const file = await attachmentAdded.file!(events[0]!, { download: true }, scene.dsm);
			expect(file?.name).toBe('cup.txt');
			file?.stream.destroy();
			isBroken = false;
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['later.txt']);
		});
	});

	test('waits for the next poll when the time is over', async () => {
		await following(attachmentAdded, {}, async (follower, scene) => {
			station(scene).attachAs('alice', station(scene).note('Tea'), 'cup.txt', '1');
			expect(await follower.poll({ budget: { left: () => false } })).toEqual([]);
			expect(follower.more).toBe(true);
			expect((await follower.drain()).map(({ name }) => name)).toEqual(['cup.txt']);
		});
	});
});

describe('a due to-do', () => {
	test('is told ahead, again when it is put off, late after a downtime, and never when it is done', async () => {
		await following(todoDue, { lead: 30 }, async (follower, scene) => {
			// Those of the seed are due at midnight, which may be near.
			station(scene).todos.clear();
			const at = station(scene).now() + 3600;
			const todo = station(scene).todoAs('alice', 'Call', { due_date: at });
			station(scene).todoAs('alice', 'Done before', { due_date: at, done: true });
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(1_800_000);
			expect(await follower.poll()).toMatchObject([
				{ title: 'Call', late: false, due_date: new Date(at * 1000).toISOString().replace('.000Z', 'Z') },
			]);
			expect(await follower.poll()).toEqual([]);
			todo.due_date = at + 7200;
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(DAY);
			expect((await follower.poll()).map(({ title, late }) => [title, late])).toContainEqual(['Call', true]);
			clockOf(scene).advance(-DAY);
			expect(await follower.drain()).toEqual([]);
		});
	});

	test('is overdue only when its day is over', async () => {
		await following(todoOverdue, {}, async (follower, scene) => {
			station(scene).todos.clear();
			station(scene).todoAs('alice', 'Today', { due_date: station(scene).now() });
			clockOf(scene).advance(DAY - 60_000);
			expect(await follower.poll()).toEqual([]);
			clockOf(scene).advance(60_000);
			expect(titles(await follower.poll())).toEqual(['Today']);
		});
	});
});

test('all triggers of a quiet NAS cost one request together', async () => {
	await withNas({}, async (scene) => {
		for (const todo of station(scene).todos.values()) todo.parent_id = '';
		const all = Object.values(note.triggers) as (typeof noteCreated)[];
		const followers = all.map((trigger) => new Follower(trigger, scene.dsm.with({ share: true }), {} as never));
		for (const follower of followers) await follower.start();
		const before = scene.simulator.requests.length;
		await Promise.all(followers.map(async (follower) => await follower.poll()));
		const asked = scene.simulator.requests.slice(before).map(({ api }) => api);
		expect([followers.length, asked]).toEqual([16, ['SYNO.Entry.Request']]);
	});
});

type Step = 'write' | 'trash' | 'restore' | 'edit' | 'complete' | 'back' | 'crash' | 'lose' | 'poll';
const steps: Step[] = ['write', 'write', 'trash', 'restore', 'edit', 'complete', 'back', 'crash', 'lose', 'poll'];

/** Plays a history; gives what happened and what was told. */
async function play(history: Step[], scene: Scene) {
	const notesOf = station(scene);
	const start = async <T extends typeof noteCreated | typeof todoCompleted>(trigger: T) => {
		const follower = await new Follower(trigger as typeof noteCreated, scene.dsm, {} as never).start();
		follower.removesRepeats = true;
		return follower;
	};
	const all = [
		await start(noteCreated),
		await start(noteMovedToRecycleBin as never),
		await start(noteRestored as never),
	];
	const done = await start(todoCompleted as never);
	const made: string[] = [];
	const completed: string[] = [];
	const told: string[][] = [[], [], [], []];
	const poll = async (commit: boolean) => {
		for (const [index, follower] of [...all, done].entries())
			told[index]!.push(...titles((await follower.poll({ commit })) as { title: string }[]).map(String));
	};
	let bin: string[] = [];
	for (const [n, step] of history.entries()) {
		clockOf(scene).advance(1000);
		const live = made.filter((title) => !notesOf.note(title).recycle);
		if (step === 'write') made.push(notesOf.writeAs('alice', 'Work', { title: `n${n}`, content: 'x' }).title);
		if (step === 'edit' && live[0]) notesOf.editAs('alice', notesOf.note(live[0]), { content: `${n}` });
		if (step === 'complete') completed.push(notesOf.todoAs('alice', `t${n}`, { done: true }).title);
		if (step === 'back') clockOf(scene).advance(-3_600_000);
		if (step === 'lose') scene.simulator.nas.faults.loseSessions(119);
		if (step === 'crash') await poll(false);
		if (step === 'poll') await poll(true);
		// One of each between two polls, so that what is seen is what happened.
		if (step === 'trash' && live.at(-1)) {
			await poll(true);
			notesOf.trash(notesOf.note(live.at(-1)!));
			bin.push(live.at(-1)!);
			await poll(true);
		}
		if (step === 'restore') {
			const back = made.find((title) => notesOf.note(title).recycle);
			if (back) {
				notesOf.restore(notesOf.note(back));
				await poll(true);
				bin = [...bin, `back ${back}`];
			}
		}
	}
	await poll(true);
	await poll(true);
	return { made, completed, bin, told };
}

test('random histories lose nothing and repeat nothing', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 14 }), async (history) => {
			await withNas({}, async (scene) => {
				const { made, completed, bin, told } = await play(history, scene);
				const [created, trashed, restored, done] = told;
				expect([...created!].sort()).toEqual([...made].sort());
				expect([...done!].sort()).toEqual([...completed].sort());
				expect(trashed).toEqual(bin.filter((title) => !title.startsWith('back ')));
				expect(restored!.map((title) => `back ${title}`)).toEqual(bin.filter((title) => title.startsWith('back ')));
			});
		}),
		{ numRuns: 25 },
	);
}, 120_000);
