import { describe, expect, test } from '@jest/globals';
import { DEVICE } from '../../../src/services/note/lib/note';
import { systemClock } from '../../../src/simulator/core/clock';
import { failure, withNas } from '../../support/nas';
import { notebooks, notes, station, tags, versions } from './stage';

describe('a note', () => {
	test('written as Markdown reads back as Markdown, is HTML on the NAS, and bears tags and a brief', async () => {
		await withNas({}, async (scene) => {
			const made = await scene.dsm.do(notes.create, {
				title: 'Shopping',
				content: '# Today\n\n- [ ] Milk & **bread**\n- [x] Salt',
				tags: ['food', 'home'],
			});
			expect(made).toMatchObject({
				title: 'Shopping',
				content: '# Today\n\n- [ ] Milk & **bread**\n- [x] Salt',
				tags: ['food', 'home'],
			});
			const stored = station(scene).note('Shopping');
			expect(stored.content).toContain('<h1>Today</h1><div><input class="syno-notestation-editor-checkbox"');
			expect(stored.content).toContain('Milk &amp; <b>bread</b>');
			expect(stored.brief).toBe('Today\nMilk & bread\nSalt');
			expect(station(scene).notebooks.get(stored.parent_id)?.title).toBe('My Notebook');
			expect(stored.commit_msg).toEqual({ device: DEVICE, listable: true });
			const { object_id: note_id } = made;
			expect((await scene.dsm.do(notes.get, { note_id, format: 'html' })).content).toBe(stored.content);
			expect((await scene.dsm.do(notes.get, { note_id, format: 'text' })).content).toBe('Today\nMilk & bread\nSalt');
		});
	});

	test('whose brief is longer than 80 characters has it cut there', async () => {
		await withNas({}, async (scene) => {
			await scene.dsm.do(notes.create, { title: 'Long', content: 'a'.repeat(100), format: 'text' });
			expect(station(scene).note('Long').brief).toBe('a'.repeat(80));
		});
	});

	test('is listed without its text, by notebook, tag and time of change', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const titles = async (given: Parameters<typeof dsm.do<typeof notes.list.params, typeof notes.list.result>>[1]) =>
				(await dsm.do(notes.list, given)).map(({ title }) => title).sort();
			expect(await titles({})).toEqual(['Door code', 'Move to the new rack', 'Tea']);
			expect(await titles({ notebook_id: station(scene).notebook('alice', 'Work').object_id })).toEqual([
				'Door code',
				'Move to the new rack',
			]);
			const asked = () => scene.simulator.requests.map(({ api }) => api).filter((api) => api.endsWith('.Tag'));
			expect(asked()).toEqual([]);
			expect(await titles({ tag: 'kitchen' })).toEqual(['Tea']);
			expect(asked()).toEqual(['SYNO.NoteStation.Tag']);
			expect(await titles({ tag: 'no such' })).toEqual([]);
			expect(await titles({ since: Date.now() + 3_600_000 })).toEqual([]);
			expect(Object.keys((await dsm.do(notes.list, {}))[0]!)).not.toContain('content');
		});
	});

	test('is found by title, by sharing link, and named by a link from note to note', async () => {
		await withNas({}, async ({ dsm }) => {
			const tea = await dsm.do(notes.find, { title: 'Tea' });
			expect(tea.content).toBe('Green, 80 degrees, two minutes.');
			const link = `https://nas.example.com:5001/ns/sharing/${tea.link_id}`;
			expect((await dsm.do(notes.find, { title: link })).object_id).toBe(tea.object_id);
			const note_id = `notestation://remote/self/${tea.object_id}`;
			expect((await dsm.do(notes.get, { note_id })).title).toBe('Tea');
			expect(await failure(dsm.do(notes.find, { title: 'tea' }))).toMatchObject({
				code: 'input',
				message: 'There is no note "tea".',
			});
			expect(await failure(dsm.do(notes.get, { note_id: 'https://nas.example.com/' }))).toMatchObject({
				code: 'input',
			});
		});
	});

	test('is updated in part, and not at all when its revision is no longer the expected one', async () => {
		await withNas({}, async (scene) => {
			const tea = station(scene).note('Tea');
			const { object_id: note_id, ver } = tea;
			const written = await scene.dsm.do(notes.update, { note_id, title: 'Green tea', ver });
			expect([tea.title, tea.content]).toEqual(['Green tea', '<div>Green, 80 degrees, two minutes.</div>']);
			expect(written.ver).toBe(tea.ver);
			const error = await failure(scene.dsm.do(notes.update, { note_id, content: 'Black', ver }));
			expect(error).toMatchObject({
				code: 'api',
				message: `The note "Green tea" was changed after revision ${ver}; nothing was written.`,
			});
			expect(tea.content).toBe('<div>Green, 80 degrees, two minutes.</div>');
			await scene.dsm.do(notes.update, { note_id, content: 'Black', tags: ['black'] });
			expect([tea.content, tea.brief, tea.tag]).toEqual(['<div>Black</div>', 'Black', ['black']]);
		});
	});

	test('takes text at both ends', async () => {
		await withNas({}, async (scene) => {
			const tea = station(scene).note('Tea');
			const { object_id: note_id } = tea;
			await scene.dsm.do(notes.append, { note_id, content: '**Enjoy**' });
			await scene.dsm.do(notes.prepend, { note_id, content: '1 < 2', format: 'text' });
			expect(tea.content).toBe('<div>1 &lt; 2</div><div>Green, 80 degrees, two minutes.</div><div><b>Enjoy</b></div>');
		});
	});

	test('has its checklist ticked and unticked by text', async () => {
		await withNas({}, async ({ dsm }) => {
			const { object_id: note_id } = await dsm.do(notes.find, { title: 'Move to the new rack' });
			await dsm.do(notes.setChecklistItem, { note_id, item: 'Order screws' });
			await dsm.do(notes.setChecklistItem, { note_id, item: 'Label the cables', checked: false });
			expect((await dsm.do(notes.get, { note_id })).content).toBe(
				'On **Friday**.\n\n- [ ] Label the cables\n- [x] Order screws',
			);
			expect(await failure(dsm.do(notes.setChecklistItem, { note_id, item: 'Order nails' }))).toMatchObject({
				message: 'The note "Move to the new rack" has no item "Order nails" to tick.',
			});
		});
	});

	test('goes to another notebook, is copied with its files, and is found by its words', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const { object_id: notebook_id } = await dsm.do(notebooks.create, { title: 'Archive' });
			const rack = await dsm.do(notes.find, { title: 'Move to the new rack' });
			expect(await dsm.do(notes.move, { note_ids: [rack.object_id], notebook_id })).toMatchObject([
				{ object_id: rack.object_id },
			]);
			expect(station(scene).note('Move to the new rack').parent_id).toBe(notebook_id);
			const copy = await dsm.do(notes.copy, { note_id: rack.object_id, title: 'Copy' });
			expect(copy.object_id).not.toBe(rack.object_id);
			expect(station(scene).note('Copy')).toMatchObject({ tag: ['rack'], parent_id: notebook_id });
			expect(Object.values(station(scene).note('Copy').attachment).map(({ name }) => name)).toEqual(['rack.txt']);
			expect((await dsm.do(notes.search, { keyword: 'Friday' })).map(({ title }) => title)).toEqual([
				'Move to the new rack',
				'Copy',
			]);
			expect(await dsm.do(notes.search, { keyword: '"Friday cables"' })).toEqual([]);
		});
	});

	test('goes through the recycle bin and back, and for good only when told so', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const tea = station(scene).note('Tea');
			const home = tea.parent_id;
			await dsm.do(notes.moveToRecycleBin, { note_ids: [tea.object_id] });
			expect((await dsm.do(notes.listRecycleBin, {})).map(({ title }) => title)).toEqual(['Tea', 'Old list']);
			await dsm.do(notes.restore, { note_ids: [tea.object_id] });
			expect([tea.recycle, tea.parent_id]).toEqual([false, home]);
			expect(await dsm.do(notes.clearRecycleBin, {})).toEqual({ count: 1 });
			expect(await dsm.do(notes.clearRecycleBin, {})).toEqual({ count: 0 });
			await dsm.do(notes.delete, { note_ids: [tea.object_id] });
			expect(station(scene).notes.has(tea.object_id)).toBe(false);
		});
	});
});

test.each([
	['in one process', (url: string) => url, false],
	// By another address of the NAS, as another process would: they do not wait for each other, and find out by conflicts.
	['that know nothing of each other', (url: string) => url.replace('127.0.0.1', 'localhost'), true],
])(
	'two writers %s who append 200 lines each to one note lose nothing',
	async (_, addressOf, collide) => {
		// Pauses that take no time would keep the two in step for ever.
		await withNas({ clock: systemClock }, async (scene) => {
			const { object_id: note_id } = station(scene).note('Tea');
			const writer = async (name: string) => {
				const url = name === 'bob' ? addressOf(scene.simulator.url) : scene.simulator.url;
				const { dsm } = scene.acquire({ url, deviceName: name });
				for (let line = 0; line < 200; line++) await dsm.do(notes.append, { note_id, content: `${name} ${line}` });
			};
			await Promise.all([writer('alice'), writer('bob')]);
			const { content } = await scene.dsm.do(notes.get, { note_id, format: 'text' });
			const lines = content.split('\n').slice(1);
			const of = (name: string) => lines.filter((line) => line.startsWith(name));
			expect(lines).toHaveLength(400);
			for (const name of ['alice', 'bob'])
				expect(of(name)).toEqual(Array.from({ length: 200 }, (_line, n) => `${name} ${n}`));
			const refused = scene.simulator.requests.filter(
				({ method, answerCode = 0 }) => method === 'set' && answerCode > 0,
			);
			expect(refused.length > 0).toBe(collide);
		});
	},
	120_000,
);

test('what others write between reading and writing is kept, however often it happens', async () => {
	await withNas({}, async (scene) => {
		const tea = station(scene).note('Tea');
		let others = 0;
		scene.simulator.use({
			'SYNO.NoteStation.Note.set': () => {
				if (others < 30) station(scene).editAs('alice', tea, { content: `${tea.content}<div>other ${others++}</div>` });
				return undefined;
			},
		});
		await scene.dsm.do(notes.append, { note_id: tea.object_id, content: 'mine' });
		expect(tea.content.match(/other \d+|mine/g)).toEqual([
			...Array.from({ length: 30 }, (_, n) => `other ${n}`),
			'mine',
		]);
	});
});

test('a refusal that is no conflict is reported at once', async () => {
	await withNas({}, async (scene) => {
		let tries = 0;
		scene.simulator.use({ 'SYNO.NoteStation.Note.set': () => (tries++, { error: 1099 }) });
		const { object_id: note_id } = station(scene).note('Tea');
		expect(await failure(scene.dsm.do(notes.append, { note_id, content: 'x' }))).toMatchObject({ dsmCode: 1099 });
		expect(tries).toBe(1);
	});
});

describe('the version history', () => {
	test('has what was saved, newest first, gives old revisions and restores them', async () => {
		await withNas({}, async (scene) => {
			const tea = station(scene).note('Tea');
			const { object_id: note_id, ver } = tea;
			await scene.dsm.do(notes.update, { note_id, content: 'Black' });
			const rows = await scene.dsm.do(versions.list, { note_id });
			expect(rows.map(({ version }) => version)).toEqual([tea.ver, ver]);
			expect((await scene.dsm.do(versions.get, { note_id, ver })).content).toBe('Green, 80 degrees, two minutes.');
			await scene.dsm.do(versions.restore, { note_id, ver });
			expect(tea.content).toBe('<div>Green, 80 degrees, two minutes.</div>');
			expect(await scene.dsm.do(versions.list, { note_id })).toHaveLength(3);
		});
	});
});

describe('tags', () => {
	test('are listed with their notes, set, added, removed, renamed and deleted', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const tea = station(scene).note('Tea');
			const note_id = tea.object_id;
			expect((await dsm.do(tags.list, {})).map(({ title }) => title)).toEqual(['rack', 'kitchen']);
			await dsm.do(tags.add, { note_id, tags: ['drink', 'kitchen'] });
			expect(tea.tag).toEqual(['kitchen', 'drink']);
			await dsm.do(tags.remove, { note_id, tags: ['kitchen'] });
			expect(tea.tag).toEqual(['drink']);
			await dsm.do(tags.set, { note_id, tags: ['a', 'b'] });
			expect(tea.tag).toEqual(['a', 'b']);
			const tag_id = `a@${tea.owner}`;
			expect((await dsm.do(tags.listNotes, { tag_id })).map(({ title }) => title)).toEqual(['Tea']);
			await dsm.do(tags.rename, { tag_id, title: 'c' });
			await dsm.do(tags.delete, { tag_id: `b@${tea.owner}` });
			expect(tea.tag).toEqual(['c']);
		});
	});

	test('a note that cannot get its tags is named in the error, since it is there', async () => {
		await withNas({}, async (scene) => {
			scene.simulator.use({ 'SYNO.NoteStation.Note.set': () => ({ error: 1099 }) });
			const error = await failure(scene.dsm.do(notes.create, { title: 'Half', tags: ['x'] }));
			expect(error.message).toContain(`The note was made (${station(scene).note('Half').object_id})`);
		});
	});
});
