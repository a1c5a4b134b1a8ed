import { describe, expect, test } from '@jest/globals';
import { failure, withNas } from '../../support/nas';
import {
	albums,
	artists,
	bytesOf,
	composers,
	folders,
	genres,
	lastOf,
	later,
	library,
	lyrics,
	songs,
	state,
	tags,
} from './stage';

const titles = (rows: readonly { title?: string | undefined }[]) => rows.map(({ title }) => title);
const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

describe('the library', () => {
	test('tells what it can do, and neither session nor serial number', async () => {
		await withNas({}, async ({ dsm, simulator }) => {
			const info = await dsm.do(library.get, {});
			expect(info).toMatchObject({ version_string: '7.0.2-5108', is_manager: true, privilege_tag_edit: true });
			expect(info.transcode_capability).toEqual(['wav', 'mp3']);
			expect(JSON.stringify(info)).not.toContain(simulator.nas.capabilities.serial);
			expect(info).not.toHaveProperty('sid');
		});
	});

	test('is searched for albums, artists and songs at once, with the totals of the NAS', async () => {
		await withNas({}, async ({ dsm }) => {
			const found = await dsm.do(library.search, { keyword: 'LANTERN' });
			expect(found).toMatchObject({ album_total: 0, artist_total: 1, song_total: 0 });
			expect(names(found.artists)).toEqual(['The Lanterns']);
			const hello = await dsm.do(library.search, { keyword: 'hello' });
			expect(hello.songs).toMatchObject([{ id: 'music_1', artist: 'The Lanterns', duration: 180 }]);
		});
	});

	test('is indexed, and waited for', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect(await dsm.do(library.checkIndexing, {})).toEqual({ reindexing: false });
			expect(await dsm.do(library.startIndexing, {})).toEqual({});
			expect(await dsm.do(library.checkIndexing, {})).toEqual({ reindexing: true });
			expect(await dsm.do(library.waitIndexing, {})).toEqual({ reindexing: false });
			expect(scene.simulator.nas.clock.now()).toBeGreaterThanOrEqual(state(scene).indexingUntil);
			await dsm.do(library.startIndexing, {});
			state(scene).switches.indexMs = 0;
			const late = await failure(dsm.do(library.waitIndexing, { timeout: 1 }));
			expect(late.message).toContain('did not end within 1 seconds');
		});
	});

	test('is indexed by administrators only; the page renews a lost session', async () => {
		await withNas({ account: 'user' }, async ({ dsm }) => {
			expect((await failure(dsm.do(library.startIndexing, {}))).code).toBe('permission');
		});
		await withNas({}, async ({ dsm, simulator }) => {
			await dsm.do(library.get, {});
			simulator.nas.sessions.clear();
			expect(await dsm.do(library.checkIndexing, {})).toEqual({ reindexing: false });
			expect(simulator.logins).toBe(2);
			const asked = simulator.requests.at(-1)!;
			expect([asked.path, asked.params]).toEqual([
				'/webman/3rdparty/AudioStation/webUI/audio_userman.cgi',
				{ action: 'load_reindex' },
			]);
		});
	});

	test('is asked for media servers', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(library.findMediaServers, {})).toEqual({});
		});
	});

	test('that is not installed is told with what to do', async () => {
		await withNas({ packages: ['Chat'] }, async ({ dsm }) => {
			const told = await failure(dsm.do(library.get, {}));
			expect([told.code, told.hint]).toEqual(['unavailable', expect.stringContaining('"Audio Station"')]);
		});
	});
});

describe('albums, artists, composers and genres', () => {
	test('albums of one name are told apart by their artist', async () => {
		await withNas({}, async ({ dsm }) => {
			const rows = await dsm.do(albums.list, { name: 'Various Moods' });
			expect(rows.map((row) => [row.name, row.album_artist, row.display_artist])).toEqual([
				['Various Moods', '', 'Kai 海'],
				['Various Moods', 'Sextet', 'Sextet'],
			]);
			const loose = await dsm.do(albums.listSongs, { album: 'Various Moods' });
			expect(titles(loose)).toEqual(['雨の歌', 'Blue, Not Blue']);
			const sextet = await dsm.do(albums.listSongs, { album: 'Various Moods', album_artist: 'Sextet' });
			expect(titles(sextet)).toEqual(['Six = 6 + 0']);
		});
	});

	test('albums are searched, filtered and sorted, and the newest come first', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect(names(await dsm.do(albums.search, { keyword: 'night' }))).toEqual(['Night Drive']);
			expect(names(await dsm.do(albums.list, { genre: 'Jazz', sort_by: 'year', sort_direction: 'desc' }))).toEqual([
				'Various Moods',
				'Various Moods',
			]);
			expect(await dsm.do(albums.list, { artist: 'The Lanterns' })).toMatchObject([{ year: 2015, avg_rating: 4 }]);
			state(scene).addSong({ path: '/music/New/Fresh/01.mp3', album: 'Fresh', artist: 'New' });
			expect(names(await dsm.do(albums.listNewest, {}))[0]).toBe('Fresh');
		});
	});

	test('names are listed, searched, and those of a genre', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(names(await dsm.do(artists.list, {}))).toEqual([
				'Ada Müller',
				'House',
				'Kai 海',
				'Sextet',
				'The Lanterns',
			]);
			expect(names(await dsm.do(artists.listByGenre, { genre: 'Jazz' }))).toEqual(['Kai 海', 'Sextet']);
			expect(names(await dsm.do(artists.search, { keyword: 'müll' }))).toEqual(['Ada Müller']);
			expect(names(await dsm.do(composers.list, {}))).toEqual(['', 'Ada Müller', 'J. Lantern']);
			expect(names(await dsm.do(composers.search, { keyword: 'lantern' }))).toEqual(['J. Lantern']);
			expect(names(await dsm.do(genres.list, {}))).toEqual(['Jazz', 'Pop', 'Rock', 'Speech']);
			expect(names(await dsm.do(genres.search, { keyword: 'ock' }))).toEqual(['Rock']);
			expect(names(await dsm.do(genres.listDefault, {}))).toContain('Jazz');
		});
	});

	test('folders are opened level by level, folders before songs', async () => {
		await withNas({}, async ({ dsm }) => {
			const top = await dsm.do(folders.listTop, {});
			expect(top.map(({ title, type }) => [title, type])).toContainEqual(['The Lanterns', 'folder']);
			const lanterns = top.find(({ title }) => title === 'The Lanterns')!;
			const [album] = await dsm.do(folders.list, { folder_id: lanterns.id });
			expect(album).toMatchObject({ type: 'folder', path: '/music/The Lanterns/Night Drive' });
			const inside = await dsm.do(folders.list, { folder_id: album!.id, sort_by: 'track' });
			expect(inside.map(({ title, type, duration }) => [title, type, duration])).toEqual([
				['Hello Again', 'file', 180],
				['Long Road', 'file', 190],
				['Städte & Lichter', 'file', 200],
			]);
		});
	});

	test('more than a page is listed whole', async () => {
		await withNas({}, async (scene) => {
			for (let n = 0; n < 1500; n++) state(scene).addSong({ path: `/music/x/${n}.mp3`, artist: `Artist ${n}` });
			expect(await scene.dsm.do(artists.list, {})).toHaveLength(1505);
			expect(await scene.dsm.do(songs.list, {})).toHaveLength(1511);
		});
	});
});

describe('songs', () => {
	test('are listed flat with all their details, by filters and ratings', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const rows = await dsm.do(songs.list, { album: '25, or So', sort_by: 'track' });
			expect(titles(rows)).toEqual(['Water / Fire', 'What?', 'Ünder “Quotes”']);
			expect(rows[0]).toMatchObject({
				id: 'music_4',
				path: '/music/Ada Müller/25, or So/01 Water _ Fire.mp3',
				artist: 'Ada Müller',
				codec: 'mp3',
				bitrate: 320_000,
				rating: 0,
			});
			expect(titles(await dsm.do(songs.list, { least_rating: 4 }))).toEqual(['Long Road']);
			expect(titles(await dsm.do(songs.list, { most_rating: 3 }))).not.toContain('Long Road');
			expect(titles(await dsm.do(songs.list, { genre: 'Jazz', keyword: 'BLUE' }))).toEqual(['Blue, Not Blue']);
			expect(titles(await dsm.do(songs.search, { keyword: 'ÜNDER' }))).toEqual(['Ünder “Quotes”']);
			expect(lastOf(scene, 'search')).toMatchObject({ title: 'ÜNDER', keyword: 'ÜNDER' });
		});
	});

	test('are rated, and one that is gone is an error', async () => {
		await withNas({}, async ({ dsm }) => {
			await dsm.do(songs.setRating, { song_id: 'music_1', rating: 5 });
			expect(await dsm.do(songs.get, { song_id: 'music_1' })).toMatchObject({ title: 'Hello Again', rating: 5 });
			expect((await failure(dsm.do(songs.setRating, { song_id: 'music_1', rating: 6 }))).code).toBe('input');
			const gone = await failure(dsm.do(songs.get, { song_id: 'music_99' }));
			expect([gone.code, gone.message]).toEqual(['api', 'Audio Station has no such song.']);
		});
	});

	test('come as they are, as MP3 in each rate, as WAV, and from a position on', async () => {
		await withNas({}, async (scene) => {
			const { dsm, simulator } = scene;
			const whole = await dsm.do(songs.download, { song_id: 'music_8' });
			expect([whole.type, (await bytesOf(whole)).length]).toEqual(['audio/mpeg', 190 * 417]);
			for (const bitrate of ['320000', '256000', '192000', '128000'] as const) {
				const mp3 = await dsm.do(songs.downloadCompressed, { song_id: 'music_10', bitrate });
				expect([mp3.type, (await bytesOf(mp3)).subarray(0, 2).toString('hex')]).toEqual(['audio/mpeg', 'fffb']);
			}
			expect(simulator.requests.at(-1)!.path).toBe('/webapi/AudioStation/stream.cgi/0.mp3');
			const wav = await dsm.do(songs.downloadUncompressed, { song_id: 'music_10', position: 2.5 });
			const bytes = await bytesOf(wav);
			expect([wav.type, bytes.subarray(0, 4).toString(), bytes.length]).toEqual(['audio/x-wav', 'RIFF', 44 + 250]);
			const told = await failure(dsm.do(songs.download, { song_id: 'music_99' }));
			expect([told.code, told.dsmCode]).toEqual(['api', 100]);
		});
	});

	test('covers are pictures; where there is none that is said, or one in stock is given', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			const night = { album: 'Night Drive', album_artist: 'The Lanterns' };
			const folder_id = `dir_${state(scene).folderOf('/music/The Lanterns')}`;
			for (const cover of [
				await dsm.do(albums.downloadCover, night),
				await dsm.do(artists.downloadCover, { artist: 'The Lanterns' }),
				await dsm.do(composers.downloadCover, { composer: 'J. Lantern' }),
				await dsm.do(genres.downloadCover, { genre: 'Rock' }),
				await dsm.do(songs.downloadCover, { song_id: 'music_1' }),
				await dsm.do(folders.downloadCover, { folder_id }),
				await dsm.do(artists.downloadCover, { artist: 'House', default_cover: true }),
			])
				expect([cover.type, (await bytesOf(cover)).subarray(1, 4).toString()]).toEqual(['image/png', 'PNG']);
			const none = await failure(dsm.do(artists.downloadCover, { artist: 'House' }));
			expect(none.message).toBe('Audio Station has no cover of this.');
		});
	});

	test('lyrics are read, written and searched', async () => {
		await withNas({}, async ({ dsm }) => {
			expect(await dsm.do(lyrics.get, { song_id: 'music_1' })).toEqual({ lyrics: 'Hello again\nfrom the road' });
			await dsm.do(lyrics.set, { song_id: 'music_2', lyrics: 'On & on, “mile” + mile' });
			expect(await dsm.do(lyrics.get, { song_id: 'music_2' })).toEqual({ lyrics: 'On & on, “mile” + mile' });
			expect(await dsm.do(lyrics.search, { keyword: 'hello', artist: 'lanterns' })).toMatchObject([
				{ title: 'Hello Again', full_lyrics: 'Hello again\nfrom the road' },
			]);
		});
	});
});

describe('tags', () => {
	const HELLO = '/music/The Lanterns/Night Drive/01 Hello Again.mp3';
	const ROAD = '/music/The Lanterns/Night Drive/02 Long Road.mp3';

	test('are read from the files', async () => {
		await withNas({}, async ({ dsm }) => {
			const [one] = await dsm.do(tags.get, { paths: HELLO });
			expect(one).toMatchObject({ title: 'Hello Again', track: 1, year: 2015, lyrics: 'Hello again\nfrom the road' });
			expect(await dsm.do(tags.get, { paths: [HELLO, ROAD] })).toHaveLength(2);
		});
	});

	test('of which one is changed keep all others, the lyrics, too', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			expect(await dsm.do(tags.update, { paths: [HELLO, ROAD], genre: 'Blues', year: 1999 })).toEqual([
				{ path: HELLO, done: true },
				{ path: ROAD, done: true },
			]);
			expect((await dsm.do(tags.get, { paths: HELLO }))[0]).toMatchObject({ title: 'Hello Again', genre: 'Blues' });
			expect((await dsm.do(songs.get, { song_id: 'music_1' })).genre).toBe('Rock');
			later(scene, 3);
			expect(await dsm.do(songs.get, { song_id: 'music_1' })).toMatchObject({
				title: 'Hello Again',
				composer: 'J. Lantern',
				genre: 'Blues',
				year: 1999,
				track: 1,
			});
			expect(await dsm.do(lyrics.get, { song_id: 'music_1' })).toEqual({ lyrics: 'Hello again\nfrom the road' });
		});
	});

	test('of files that are gone or locked are told as failed, although the NAS says success', async () => {
		await withNas({}, async (scene) => {
			const { dsm } = scene;
			state(scene).songs.get('music_2')!.locked = true;
			expect(await dsm.do(tags.update, { paths: [HELLO, ROAD, '/music/none.mp3'], genre: 'Blues' })).toEqual([
				{ path: HELLO, done: true },
				{ path: ROAD, done: false, error: 'The file cannot be written.' },
				{ path: '/music/none.mp3', done: false, error: 'The file cannot be read.' },
			]);
			const told = await failure(dsm.do(tags.update, { paths: ROAD, genre: 'Blues' }));
			expect(told.message).toBe(`${ROAD}: The file cannot be written.`);
			expect((await failure(dsm.do(tags.update, { paths: ROAD }))).code).toBe('input');
			expect((await failure(dsm.do(tags.get, { paths: 'C:\\music\\a.mp3' }))).message).toContain(
				'is no path of a song',
			);
		});
	});
});
