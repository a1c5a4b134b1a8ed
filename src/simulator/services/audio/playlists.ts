import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { parseValue } from '../../core/json';
import { type AudioCall, AudioRefusal, guarded, needed, page, sorted } from './call';
import { songRow } from './rows';
import type { Playlist, Rule } from './types';

const find = ({ state, user }: AudioCall, id: string): Playlist | undefined =>
	state.playlistsOf(user).find((one) => one.id === id);

/** A playlist by its whole id. Shared ones are changed by managers and by who may edit playlists (audiostation.md 4.12). */
function editable(call: AudioCall): Playlist {
	const playlist = find(call, needed(call.text('id')));
	if (!playlist) throw new AudioRefusal(call.state.switches.unknownCode);
	mayEdit(call, playlist.library);
	return playlist;
}

function mayEdit({ state, user }: AudioCall, library: string): void {
	if (library === 'shared' && !state.has(user, 'playlist_edit')) throw new AudioRefusal(105);
}

function rowOf(call: AudioCall, playlist: Playlist, songs?: Record<string, unknown>): Record<string, unknown> {
	const { id, name, library, type, rules, conjunction } = playlist;
	const additional = call.list('additional');
	const blocks = {
		...songs,
		...(additional.includes('sharing_info') && {
			sharing_info: { date_available: '0', date_expired: '0', id: '', status: 'none', url: '' },
		}),
		...(additional.includes('rules') && type === 'smart' && { rules, rules_conjunction: conjunction }),
	};
	return {
		id,
		name,
		library,
		type,
		path: '',
		sharing_status: 'none',
		...(Object.keys(blocks).length > 0 && { additional: blocks }),
	};
}

function list(call: AudioCall): ApiReply {
	const found = call.state.playlistsOf(call.user, call.text('library'));
	const { offset, total, rows } = page(call, sorted(call, found, { name: ({ name }) => name }, 'name'));
	return { data: { offset, playlists: rows.map((one) => rowOf(call, one)), total } };
}

/** Details of the songs have `songs_` before them; without it they are not understood (audiostation.md 6). */
function info(call: AudioCall): ApiReply {
	const { state, list: listOf, text, number } = call;
	const playlist = find(call, needed(text('id')));
	if (!playlist) return { data: { playlists: [] } };
	const wanted = listOf('additional');
	const details = wanted.filter((name) => name.startsWith('songs_')).map((name) => name.slice('songs_'.length));
	if (!wanted.includes('songs') && details.length === 0) return { data: { playlists: [rowOf(call, playlist)] } };
	const ids = state.songsOf(playlist);
	const offset = number('songs_offset') ?? number('offset') ?? 0;
	const limit = number('songs_limit') ?? number('limit') ?? -1;
	const shown = ids.slice(offset, limit < 0 ? undefined : offset + limit);
	const songs = shown.map((id) => {
		const song = state.songs.get(id);
		return song ? songRow(id, song, details) : { id, path: '', title: '', type: 'file' };
	});
	const block = { songs, songs_offset: offset, songs_total: ids.length };
	return { data: { playlists: [rowOf(call, playlist, block)] } };
}

/** No source says what a taken name is answered with. */
function newName(call: AudioCall, library: string, name: string): string {
	if (call.state.playlistsOf(call.user).some((one) => one.library === library && one.name === name))
		throw new AudioRefusal(call.state.switches.unknownCode);
	return name;
}

function libraryOf(call: AudioCall): 'personal' | 'shared' {
	const library = needed(call.text('library'));
	if (library !== 'personal' && library !== 'shared') throw new AudioRefusal(101);
	mayEdit(call, library);
	return library;
}

function create(call: AudioCall): ApiReply {
	const { state, user, text, list: listOf } = call;
	const name = needed(text('name'));
	const library = libraryOf(call);
	newName(call, library, name);
	const songs = listOf('songs').filter((id) => state.songs.has(id));
	return { data: { id: state.addPlaylist({ name, library, owner: user.name, songs }).id } };
}

function rulesIn({ text }: AudioCall): Pick<Playlist, 'rules' | 'conjunction'> {
	const conjunction = text('conj_rule');
	const rules = parseValue(needed(text('rules_json')));
	if ((conjunction !== 'and' && conjunction !== 'or') || !Array.isArray(rules) || rules.length === 0)
		throw new AudioRefusal(101);
	return { rules: rules as Rule[], conjunction };
}

function createSmart(call: AudioCall): ApiReply {
	const { state, user, text } = call;
	const name = needed(text('name'));
	const library = libraryOf(call);
	const rules = rulesIn(call);
	newName(call, library, name);
	const made = { name, library, owner: user.name, type: 'smart', ...rules } as const;
	return { data: { id: state.addPlaylist(made).id } };
}

function updateSmart(call: AudioCall): ApiReply {
	const playlist = editable(call);
	if (playlist.type !== 'smart') return { error: call.state.switches.unknownCode };
	const name = needed(call.text('new_name'));
	Object.assign(playlist, rulesIn(call));
	if (name !== playlist.name) return rename(call);
	return { data: { id: playlist.id } };
}

/** A personal playlist gets another id. */
function rename(call: AudioCall): ApiReply {
	const playlist = editable(call);
	const name = newName(call, playlist.library, needed(call.text('new_name')));
	playlist.name = name;
	if (playlist.library === 'personal') playlist.id = call.state.playlistId(playlist);
	return { data: { id: playlist.id } };
}

/** Success, whatever became of the single ones. */
function remove(call: AudioCall): ApiReply {
	const { state, list: listOf } = call;
	needed(call.text('id'));
	const errors: unknown[] = [];
	for (const id of listOf('id')) {
		const playlist = find(call, id);
		const isForbidden = playlist?.library === 'shared' && !state.has(call.user, 'playlist_edit');
		if (playlist && !isForbidden) state.playlists.splice(state.playlists.indexOf(playlist), 1);
		else errors.push({ error: state.switches.unknownCode, id });
	}
	return { data: { errors } };
}

function updateSongs(call: AudioCall): ApiReply {
	const { state, number, list: listOf, text } = call;
	const playlist = editable(call);
	if (playlist.type === 'smart') return { error: state.switches.unknownCode };
	const offset = needed(number('offset'));
	const limit = needed(number('limit'));
	const known = listOf('songs').filter((id) => state.songs.has(id));
	const at = offset < 0 ? playlist.songs.length : offset;
	const fresh = text('skip_duplicate') === 'true' ? known.filter((id) => !playlist.songs.includes(id)) : known;
	playlist.songs.splice(at, limit < 0 ? playlist.songs.length : limit, ...fresh);
	return {};
}

function removeMissing(call: AudioCall): ApiReply {
	const playlist = editable(call);
	playlist.songs = playlist.songs.filter((id) => call.state.songs.get(id)?.missing === false);
	return {};
}

function saveQueue(call: AudioCall): ApiReply {
	const { state, user, text } = call;
	const player = state.players.get(needed(text('id')));
	const name = needed(text('name'));
	const library = libraryOf(call);
	if (!player) return { error: state.switches.unknownCode };
	newName(call, library, name);
	const songs = player.queue.filter((id) => state.songs.has(id));
	return { data: { id: state.addPlaylist({ name, library, owner: user.name, songs }).id } };
}

/** All songs of an album, artist, composer or genre. On entry.cgi: values are JSON, missing ones 114. */
function addTrack(call: AudioCall): ApiReply {
	const { params, state } = call;
	if (typeof params.id !== 'string') return { error: params.id === undefined ? 114 : 120 };
	const by = (['album', 'artist', 'composer', 'genre'] as const).filter((name) => params[name] !== undefined);
	if (by.length === 0) return { error: 114 };
	const playlist = editable(call);
	const fits = [...by, ...(params.album_artist === undefined ? [] : (['album_artist'] as const))];
	const found = [...state.songs].filter(([, song]) => fits.every((name) => song[name] === params[name]));
	playlist.songs.push(...found.map(([id]) => id));
	return {};
}

const PLAYLIST = 'SYNO.AudioStation.Playlist';

export const playlistBehaviours: BehaviourTable = {
	[`${PLAYLIST}.list`]: guarded(list),
	[`${PLAYLIST}.getinfo`]: guarded(info),
	[`${PLAYLIST}.create`]: guarded(create),
	[`${PLAYLIST}.createsmart`]: guarded(createSmart),
	[`${PLAYLIST}.updatesmart`]: guarded(updateSmart),
	[`${PLAYLIST}.rename`]: guarded(rename),
	[`${PLAYLIST}.delete`]: guarded(remove),
	[`${PLAYLIST}.updatesongs`]: guarded(updateSongs),
	[`${PLAYLIST}.removemissing`]: guarded(removeMissing),
	[`${PLAYLIST}.saveplaying`]: guarded(saveQueue),
	'SYNO.AudioStation.Browse.Playlist.add_track': guarded(addTrack),
};
