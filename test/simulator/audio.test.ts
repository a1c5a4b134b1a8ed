import { describe, expect, test } from '@jest/globals';
import { pathOf, talk } from './audio-client';
import { get, post, type Answer, type Form } from './client';

const KITCHEN = '0006785AC8AE';
const SITE = '/webman/3rdparty/AudioStation/';

const code = ({ json }: Answer): number | undefined => json.error?.code;

describe('the CGIs of Audio Station', () => {
	test('are one for each API, and entry.cgi answers only those of JSON', async () => {
		await talk(async ({ ask, entry, simulator }) => {
			const info = (await post(simulator, { api: 'SYNO.API.Info', method: 'query', version: 1, query: 'all' })).json
				.data;
			expect(info['SYNO.AudioStation.RemotePlayerStatus']).toMatchObject({
				path: 'AudioStation/remote_player_status.cgi',
			});
			expect(info['SYNO.AudioStation.Song']).not.toHaveProperty('requestFormat');
			expect(info['SYNO.AudioStation.Pin']).toMatchObject({ path: 'entry.cgi', requestFormat: 'JSON' });
			expect((await ask('Song', 'list')).json.success).toBe(true);
			expect(code(await entry('Song', 'list'))).toBe(102);
			expect(code(await ask('Pin', 'list'))).toBe(102);
			expect((await entry('Pin', 'list')).json.data.items).toHaveLength(1);
			expect(code(await ask('Album', 'getinfo'))).toBe(103);
			expect(code(await ask('Album', 'list', {}, 9))).toBe(104);
		});
	});

	test('take bare values: quotes are part of them; a missing one is 101, on entry.cgi 114 or 120', async () => {
		await talk(async ({ ask, entry }) => {
			expect((await ask('Song', 'list', { genre: 'Jazz' })).json.data.total).toBe(3);
			expect((await ask('Song', 'list', { genre: '"Jazz"' })).json.data.total).toBe(0);
			expect(code(await ask('Song', 'getinfo'))).toBe(101);
			expect(code(await entry('Pin', 'unpin'))).toBe(114);
			expect(code(await entry('Pin', 'unpin', { items: '"pin_1"' }))).toBe(120);
			expect((await entry('Pin', 'unpin', { items: '["pin_1"]' })).json.success).toBe(true);
		});
	});

	test('answer 105 without a session; one that is over is 105 as well, or what the device says', async () => {
		await talk(async ({ simulator, ask, entry }) => {
			const none = { api: 'SYNO.AudioStation.Song', method: 'list', version: 1 };
			expect(code(await post(simulator, none, { path: pathOf('Song') }))).toBe(105);
			for (const expired of [105, 106, 119] as const) {
				simulator.nas.switches.oldCgiExpiredCode = expired;
				simulator.nas.faults.loseSessions(106);
				expect(code(await ask('Song', 'list'))).toBe(expired);
				expect(code(await post(simulator, none, { path: pathOf('Song') }))).toBe(105);
			}
			expect(code(await entry('Pin', 'list'))).toBe(106);
		});
	});

	test('are gone with the package', async () => {
		await talk(async ({ simulator, ask, who }) => {
			simulator.nas.packages.get('AudioStation')!.status = 'stop';
			expect(code(await ask('Song', 'list'))).toBe(102);
			const { headers } = who;
			const page = `${SITE}webUI/audio_userman.cgi`;
			expect((await post(simulator, { action: 'load_reindex' }, { path: page, headers })).status).toBe(404);
		});
	});
});

describe('the library', () => {
	test('pages by limit and offset, with a total of all that fit, and details only where asked for', async () => {
		await talk(async ({ ask }) => {
			const { json } = await ask('Song', 'list', { limit: 2, offset: 1, sort_by: 'title', sort_direction: 'DESC' });
			expect([json.data.songs.length, json.data.total, json.data.offset]).toEqual([2, 11, 1]);
			expect(json.data.songs[0]).not.toHaveProperty('additional');
			const full = (await ask('Song', 'getinfo', { id: 'music_2', additional: 'song_tag, song_audio, song_rating' }))
				.json;
			expect(full.data.songs[0].additional).toMatchObject({
				song_rating: { rating: 4 },
				song_tag: { album: 'Night Drive', track: 2 },
				song_audio: { duration: 190, frequency: 44_100 },
			});
			expect((await ask('Song', 'getinfo', { id: 'music_99' })).json).toEqual({ data: { songs: [] }, success: true });
			expect((await ask('Song', 'list', { limit: -1 })).json.data.songs).toHaveLength(11);
		});
	});

	test('tells albums of one name apart by their artist, which may be empty', async () => {
		await talk(async ({ ask }) => {
			const rows = (await ask('Album', 'list', { keyword: 'moods' })).json.data.albums;
			expect(rows.map(({ album_artist }: { album_artist: string }) => album_artist)).toEqual(['', 'Sextet']);
			expect((await ask('Song', 'list', { album: 'Various Moods' })).json.data.total).toBe(3);
			expect((await ask('Song', 'list', { album: 'Various Moods', album_artist: '' })).json.data.total).toBe(2);
		});
	});

	test('counts in camel case where everything is searched, and rates at once', async () => {
		await talk(async ({ ask }) => {
			const { data } = (await ask('Search', 'list', { keyword: 'lantern' })).json;
			expect(data).toMatchObject({ albumTotal: 0, artistTotal: 1, songTotal: 0 });
			expect((await ask('Song', 'setrating', { id: 'music_1', rating: 5 }, 3)).json).toEqual({ success: true });
			expect(code(await ask('Song', 'setrating', { id: 'music_1', rating: 6 }, 3))).toBe(101);
			const rated = await ask('Song', 'list', { song_rating_meq: 5 });
			expect(rated.json.data.songs).toMatchObject([{ id: 'music_1' }]);
		});
	});

	test('tells the session and the serial number to whoever asks for its state', async () => {
		await talk(async ({ ask, who, simulator }) => {
			const { data } = (await ask('Info', 'getinfo', {}, 4)).json;
			expect([data.sid, data.serial_number]).toEqual([who.sid, simulator.nas.capabilities.serial]);
			expect(data.privilege).toMatchObject({ remote_player: true });
			expect((await ask('Info', 'getinfo')).json.data).toMatchObject({ path: '/webman/3rdparty/AudioStation' });
		});
	});
});

describe('pictures and sound', () => {
	test('are bytes; no picture is HTTP 404, no song an envelope with HTTP 200', async () => {
		await talk(async ({ simulator, who }) => {
			const fetched = async (api: string, method: string, params: Form, tail = '') =>
				await get(
					simulator,
					{ api: `SYNO.AudioStation.${api}`, method, version: 1, _sid: who.sid, SynoToken: who.token, ...params },
					{ path: pathOf(api) + tail },
				);
			const album = { album_name: 'Night Drive', album_artist_name: 'The Lanterns' };
			expect((await fetched('Cover', 'getcover', album)).headers.get('content-type')).toMatch(/^image\//);
			const none = await fetched('Cover', 'getcover', { artist_name: 'Kai 海' });
			expect([none.status, none.text.startsWith('{')]).toEqual([404, false]);
			const mp3 = await fetched('Stream', 'transcode', { id: 'music_1', format: 'mp3', bitrate: 128_000 }, '/0.mp3');
			expect(mp3.headers.get('content-type')).toBe('audio/mpeg');
			const wav = await fetched('Stream', 'transcode', { id: 'music_1', format: 'wav', position: 100 }, '/0.wav');
			expect(wav.headers.get('content-type')).toBe('audio/x-wav');
			const gone = await fetched('Stream', 'stream', { id: 'music_99' });
			expect([gone.status, gone.json]).toEqual([200, { success: false, error: { code: 100 } }]);
		});
	});
});

describe('playlists', () => {
	test('of one’s own are named by their name, shared ones by a number; the details of songs have another name', async () => {
		await talk(async ({ ask }) => {
			const create = async (library: string) =>
				(await ask('Playlist', 'create', { name: 'Tea, at 5', library, songs: 'music_1,music_2' }, 3)).json.data.id;
			expect(await create('personal')).toBe('playlist_personal_normal/Tea, at 5');
			const shared = await create('shared');
			expect(shared).toMatch(/^playlist_shared_normal\/\d+$/);
			const list = async (additional: string) =>
				(await ask('Playlist', 'getinfo', { id: shared, library: 'all', additional }, 3)).json.data.playlists[0]
					.additional;
			expect((await list('songs')).songs[0]).not.toHaveProperty('additional');
			expect((await list('songs_song_tag')).songs[0].additional.song_tag.artist).toBe('The Lanterns');
			const renamed = await ask('Playlist', 'rename', { id: shared, new_name: 'Tea' }, 3);
			expect(renamed.json.data).toEqual({ id: shared });
		});
	});

	test('are spliced, and tell of a failed deletion inside a success', async () => {
		await talk(async ({ ask, audio }) => {
			const id = 'playlist_personal_normal/Party';
			const splice = async (offset: number, limit: number, songs: string) =>
				(await ask('Playlist', 'updatesongs', { id, offset, limit, songs }, 3)).json;
			expect(await splice(-1, 0, 'music_2,music_2')).toEqual({ success: true });
			await splice(0, 2, 'music_9');
			expect(audio.playlists[0]!.songs).toEqual(['music_9', 'music_2', 'music_2']);
			await splice(1, 1, '');
			expect(audio.playlists[0]!.songs).toEqual(['music_9', 'music_2']);
			const gone = (await ask('Playlist', 'delete', { id: `${id},playlist_personal_normal/None` }, 3)).json;
			expect([gone.success, gone.data.errors.length]).toEqual([true, 1]);
		});
	});
});

describe('players', () => {
	test('are idle without a song, play in the time of the NAS, and end behind their queue', async () => {
		await talk(async ({ ask, later }) => {
			const status = async () =>
				(await ask('RemotePlayerStatus', 'getstatus', { id: KITCHEN, additional: 'song_tag' })).json.data;
			const control = async (action: string, value?: number | string) =>
				await ask('RemotePlayer', 'control', { id: KITCHEN, action, ...(value !== undefined && { value }) });
			expect(await status()).toMatchObject({
				index: null,
				song: null,
				state: 'none',
				stop_index: -1,
				playlist_total: 0,
			});
			const before = (await ask('RemotePlayer', 'getplaylist', { id: KITCHEN, limit: 0 })).json.data;
			const queue = {
				id: KITCHEN,
				offset: 0,
				limit: 0,
				songs: 'music_10,music_1',
				containers_json: '[]',
				play: 'true',
			};
			await ask('RemotePlayer', 'updateplaylist', queue);
			expect((await status()).state).toBe('transitioning');
			later(2);
			expect(await status()).toMatchObject({ state: 'playing', index: 0, song: { id: 'music_10' } });
			expect((await status()).playlist_timestamp).toBeGreaterThan(before.timestamp);
			later(5);
			expect(await status()).toMatchObject({ state: 'playing', index: 1, song: { title: 'Hello Again' } });
			await control('pause');
			const { position } = await status();
			later(60);
			expect(await status()).toMatchObject({ state: 'pause', position });
			await control('next');
			expect(await status()).toMatchObject({ state: 'stopped', song: null });
			expect(code(await control('dance'))).toBe(101);
			expect(code(await ask('RemotePlayer', 'control', { id: 'none', action: 'play' }))).toBe(100);
		});
	});

	test('are no business of who has no right to them; some ignore the volume in silence', async () => {
		await talk(async ({ ask, audio }) => {
			const volume = { id: '0006785AC8AF', action: 'set_volume', value: 10 };
			expect((await ask('RemotePlayer', 'control', volume)).json).toEqual({ success: true });
			expect(audio.players.get('0006785AC8AF')!.volume).toBe(40);
		});
		await talk(async ({ ask }) => {
			expect(code(await ask('RemotePlayer', 'list', { type: 'all' }))).toBe(105);
		}, 'bob');
	});
});

describe('pages that are no Web API', () => {
	test('answer flat, to the cookie or the query of a session with its token, and to no other', async () => {
		await talk(async ({ simulator, who, later }) => {
			const path = `${SITE}webUI/audio_userman.cgi`;
			const cookie = { ...who.headers, Cookie: `id=${who.sid}` };
			const ask = async (form: Form, headers: Record<string, string>) => await post(simulator, form, { path, headers });
			expect((await ask({ action: 'do_reindex' }, cookie)).json).toEqual({ success: true });
			expect((await ask({ action: 'load_reindex' }, cookie)).json).toEqual({ success: true, reindexing: true });
			later(6);
			const query = { path, headers: who.headers, query: { _sid: who.sid } };
			const over = await post(simulator, { action: 'load_reindex' }, query);
			expect(over.json).toEqual({ success: true, reindexing: false });
			for (const headers of [{}, { Cookie: `id=${who.sid}` }, who.headers])
				expect((await ask({ action: 'load_reindex', _sid: who.sid }, headers)).status).toBe(403);
		});
	});

	test('write all fields to all files, and name the files that they could not write', async () => {
		await talk(async ({ simulator, who, audio, later }) => {
			const headers = { ...who.headers, Cookie: `id=${who.sid}` };
			const editor = async (form: Form) =>
				(await post(simulator, form, { path: `${SITE}tagEditorUI/tag_editor.cgi`, headers })).json as unknown as {
					files: Record<string, unknown>[];
					write_fail_files: string[];
				};
			const [first, second] = [...audio.songs.values()];
			second!.locked = true;
			const infos = [{ path: first!.path }, { path: second!.path }];
			const loaded = await editor({ action: 'load', audioInfos: JSON.stringify(infos), requestFrom: '' });
			expect(loaded.files).toHaveLength(2);
			const told = await editor({ action: 'apply', data: JSON.stringify([{ title: 'Only this', audioInfos: infos }]) });
			expect(told.write_fail_files).toEqual([second!.path]);
			expect(first!.title).toBe('Hello Again');
			later(3);
			audio.catchUp();
			expect(first).toMatchObject({ title: 'Only this', artist: '', lyrics: '', year: 0 });
		});
	});
});
