import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import { PARTY, pins, playlists, radios, state } from './stage';

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const at = { playlist_id: PARTY };

describe('playlists', () => {
	test('are listed with own and shared ones, found by name, and got with what they hold', async () => {
		await withNas({}, async ({ dsm }) => {
			const rows = await dsm.do(playlists.list, {});
			expect(rows.map(({ name, library, type }) => [name, library, type])).toEqual([
				['All rock', 'personal', 'smart'],
				['Jazz', 'shared', 'normal'],
				['Party', 'personal', 'normal'],
			]);
			expect(await dsm.do(playlists.find, { name: 'Party' })).toMatchObject([{ id: PARTY }]);
			expect(await dsm.do(playlists.get, at)).toMatchObject({
				name: 'Party',
				songs_total: 2,
				sharing_info_status: 'none',
			});
			expect(await dsm.do(playlists.get, { playlist_id: 'playlist_personal_smart/All rock' })).toMatchObject({
				rules: [{ tag: 3, op: 1, tagval: 'Rock', interval: 0 }],
				rules_conjunction: 'and',
			});
			const songs = await dsm.do(playlists.listSongs, at);
			expect(songs).toMatchObject([
				{ id: 'music_1', artist: 'The Lanterns', rating: 0 },
				{ id: 'music_4', artist: 'Ada Müller' },
			]);
			const told = await failure(dsm.do(playlists.listSongs, { playlist_id: 'playlist_personal_normal/None' }));
			expect([told.code, told.message]).toEqual(['api', 'Audio Station has no such playlist.']);
		});
	});

	test('are created with odd names, own and shared, whose IDs are those that the NAS gives', async () => {
		await withNas({}, async ({ dsm }) => {
			const name = 'Köln / Bonn & “Ruhr” + 1';
			const own = await dsm.do(playlists.create, { name, song_ids: 'music_1,music_2' });
			expect(own.id).toBe(`playlist_personal_normal/${name}`);
			expect(idsOf(await dsm.do(playlists.listSongs, { playlist_id: own.id }))).toEqual(['music_1', 'music_2']);
			const all = await dsm.do(playlists.create, { name, shared: true });
			expect(all.id).toMatch(/^playlist_shared_normal\/\d+$/);
			expect((await failure(dsm.do(playlists.create, { name }))).dsmCode).toBe(100);
		});
	});

	test('are renamed: an own one has another ID then, a shared one the same', async () => {
		await withNas({}, async ({ dsm }) => {
			expect((await dsm.do(playlists.rename, { ...at, name: 'Garden' })).id).toBe('playlist_personal_normal/Garden');
			const shared = await dsm.do(playlists.create, { name: 'A', shared: true });
			expect((await dsm.do(playlists.rename, { playlist_id: shared.id, name: 'B' })).id).toBe(shared.id);
		});
	});

	test('are deleted; a failure inside a success is told', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(playlists.delete, at);
			expect(state(scene).playlists.map(({ name }) => name)).not.toContain('Party');
			const told = await failure(dsm.do(playlists.delete, at));
			expect(told.message).toBe(`Audio Station did not delete the playlist "${PARTY}".`);
		});
	});

	test('get songs at their end, with or without duplicates, and whole albums', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const party = state(scene).playlists[0]!;
			await dsm.do(playlists.addSongs, { ...at, song_ids: ['music_1', 'music_5'] });
			expect(party.songs).toEqual(['music_1', 'music_4', 'music_1', 'music_5']);
			await dsm.do(playlists.addSongs, { ...at, song_ids: ['music_1', 'music_6'], skip_duplicates: true });
			expect(party.songs).toEqual(['music_1', 'music_4', 'music_1', 'music_5', 'music_6']);
			await dsm.do(playlists.addCollection, { ...at, kind: 'album', name: 'Jingles', album_artist: 'House' });
			expect(party.songs.slice(5)).toEqual(['music_10', 'music_11']);
		});
	});

	test('lose songs by position and by ID, are moved in, set anew, and cleaned of missing songs', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const party = state(scene).playlists[0]!;
			const set = async (...song_ids: string[]) => await dsm.do(playlists.setSongs, { ...at, song_ids });
			await set('music_1', 'music_2', 'music_3', 'music_2', 'music_4');
			await dsm.do(playlists.removeSongsById, { ...at, song_ids: 'music_2' });
			expect(party.songs).toEqual(['music_1', 'music_3', 'music_4']);
			const none = await failure(dsm.do(playlists.removeSongsById, { ...at, song_ids: 'music_9' }));
			expect([none.code, none.message]).toEqual(['input', 'The playlist holds none of these songs.']);
			await dsm.do(playlists.moveSongs, { ...at, index: 0, count: 2, to: 1 });
			expect(party.songs).toEqual(['music_4', 'music_1', 'music_3']);
			await dsm.do(playlists.moveSongs, { ...at, index: 2, to: 0 });
			expect(party.songs).toEqual(['music_3', 'music_4', 'music_1']);
			expect((await failure(dsm.do(playlists.moveSongs, { ...at, index: 3, to: 0 }))).message).toContain(
				'3 songs only',
			);
			await dsm.do(playlists.removeSongs, { ...at, index: 1, count: 2 });
			expect(party.songs).toEqual(['music_3']);
			await set('music_1', 'music_2');
			state(scene).songs.get('music_1')!.missing = true;
			await dsm.do(playlists.removeMissing, at);
			expect(party.songs).toEqual(['music_2']);
		});
	});

	test('keep their songs when the library does not have what is to be put in', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const told = [
				await failure(dsm.do(playlists.setSongs, { ...at, song_ids: 'music_98' })),
				await failure(dsm.do(playlists.addSongs, { ...at, song_ids: 'music_98' })),
				await failure(dsm.do(playlists.addCollection, { ...at, name: 'None', album_artist: 'Kai' })),
			];
			expect(told.map(({ message }) => message)).toEqual([
				'The library has no song music_98.',
				'The library has no song music_98.',
				'The library has no album "None" of "Kai".',
			]);
			expect(state(scene).playlists[0]!.songs).toEqual(['music_1', 'music_4']);
		});
	});

	test('are copied, and made of rules', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const copy = await dsm.do(playlists.copy, { playlist_id: 'playlist_personal_smart/All rock', name: 'Rock now' });
			expect(idsOf(await dsm.do(playlists.listSongs, { playlist_id: copy.id }))).toEqual([
				'music_1',
				'music_2',
				'music_3',
			]);
			const rules = [
				{ field: 'genre', comparison: 'contains', value: 'az' },
				{ field: 'year', comparison: 'greater', value: 2009 },
			] as const;
			const smart = await dsm.do(playlists.createSmart, { name: 'New jazz', rules: [...rules] });
			expect(idsOf(await dsm.do(playlists.listSongs, { playlist_id: smart.id }))).toEqual(['music_9']);
			const either = await dsm.do(playlists.createSmart, { name: 'Either', rules: [...rules], match: 'or' });
			expect(await dsm.do(playlists.listSongs, { playlist_id: either.id })).toHaveLength(11);
			const changed = await dsm.do(playlists.updateSmart, { playlist_id: smart.id, rules: [rules[0]] });
			expect(changed.id).toBe(smart.id);
			expect(idsOf(await dsm.do(playlists.listSongs, { playlist_id: smart.id }))).toHaveLength(3);
			const named = { playlist_id: smart.id, name: 'All jazz', rules: [rules[0]] };
			expect(await dsm.do(playlists.updateSmart, named)).toEqual({ id: 'playlist_personal_smart/All jazz' });
			const plain = await failure(dsm.do(playlists.updateSmart, { ...at, rules: [rules[0]] }));
			expect([plain.code, plain.message]).toEqual(['input', '"Party" is no smart playlist.']);
		});
	});

	test('that are shared are changed only by who may', async () => {
		await withNas({ account: 'user' }, async (scene) => {
			const { dsm } = scene;
			const told = await failure(dsm.do(playlists.create, { name: 'Mine', shared: true }));
			expect(told.code).toBe('permission');
			state(scene).privileges.set('bob', new Set(['playlist_edit']));
			expect((await dsm.do(playlists.create, { name: 'Mine', shared: true })).id).toMatch(/^playlist_shared_normal/);
			expect(await dsm.do(playlists.find, { name: 'Party' })).toEqual([]);
		});
	});
});

describe('pins', () => {
	test('are set, renamed, moved and taken off', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.do(pins.pin, { kind: 'genre', name: 'Jazz' });
			const names = async () => (await dsm.do(pins.list, {})).map(({ name }) => name);
			expect(await names()).toEqual(['The Lanterns', 'Jazz']);
			await dsm.do(pins.rename, { pin_id: 'pin_2', name: 'Cool' });
			await dsm.do(pins.move, { pin_id: 'pin_2' });
			expect(await names()).toEqual(['Cool', 'The Lanterns']);
			await dsm.do(pins.unpin, { pin_id: 'pin_1' });
			expect(await names()).toEqual(['Cool']);
			expect((await failure(dsm.do(pins.move, { pin_id: 'pin_1' }))).code).toBe('input');
		});
	});
});

describe('radio stations', () => {
	test('are added, searched, updated and removed', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			await dsm.do(radios.add, { title: 'Night FM', url: 'http://radio.example/night' });
			expect((await dsm.do(radios.list, {})).map(({ title }) => title)).toEqual(['Example FM', 'Night FM']);
			const [night] = await dsm.do(radios.search, { keyword: 'night' });
			expect(night).toMatchObject({ id: 'radio_Night FM http://radio.example/night', type: 'station' });
			await dsm.do(radios.update, { radio_id: night!.id, title: 'Late FM', url: 'http://radio.example/late' });
			expect(state(scene).radios.get('UserDefined')).toMatchObject([{ title: 'Example FM' }, { title: 'Late FM' }]);
			await dsm.do(radios.remove, { radio_id: 'radio_Example FM http://radio.example/fm' });
			expect(await dsm.do(radios.list, {})).toMatchObject([{ title: 'Late FM' }]);
			expect((await failure(dsm.do(radios.remove, { radio_id: 'radio_x' }))).code).toBe('input');
		});
	});
});
