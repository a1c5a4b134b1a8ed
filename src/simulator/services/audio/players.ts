import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { parseValue } from '../../core/json';
import { type AudioCall, AudioRefusal, guarded, needed, page } from './call';
import { queueRow, statusRow } from './rows';
import type { Player, Song } from './types';

/** A player by its id. Who may not use players is refused; an unknown one fails with a code that no source names. */
function playerOf({ state, text, user }: AudioCall): Player {
	if (!state.has(user, 'remote_player')) throw new AudioRefusal(105);
	const player = state.players.get(needed(text('id')));
	if (!player) throw new AudioRefusal(state.switches.unknownCode);
	return player;
}

function list({ state, text, user, list: listOf }: AudioCall): ApiReply {
	if (!state.has(user, 'remote_player')) return { error: 105 };
	if (![undefined, 'all'].includes(text('type'))) return { error: 101 };
	const groups = listOf('additional').includes('subplayer_list');
	const players = [...state.players.values()].map((player) => {
		const { id, is_multiple, name, password, support_seek, support_set_volume, type } = player;
		const row = { id, is_multiple, name, password_protected: password !== undefined, support_seek, support_set_volume };
		return { ...row, type, ...(groups && is_multiple && { additional: { subplayer_list: [] } }) };
	});
	return { data: { players } };
}

const status = (call: AudioCall): ApiReply => ({
	data: statusRow(call.state, playerOf(call), call.list('additional')),
});

const ACTIONS: Record<string, (player: Player, call: AudioCall) => void> = {
	play: (player, { state, number }) => state.playing.play(player, number('value')),
	pause: (player, { state }) => state.playing.pause(player),
	stop: (player, { state }) => state.playing.stop(player),
	next: (player, { state }) => state.playing.skip(player, 1),
	prev: (player, { state }) => state.playing.skip(player, -1),
	seek: (player, { state, number }) => {
		const seconds = needed(number('value'));
		if (player.support_seek) state.playing.seek(player, seconds);
	},
	// Ignored in silence where the device has no volume (audiostation.md 6).
	set_volume: (player, { number }) => {
		const volume = needed(number('value'));
		if (volume < 0 || volume > 100) throw new AudioRefusal(101);
		if (player.support_set_volume) player.volume = Math.round(volume);
	},
	set_repeat: (player, { text }) => {
		const value = needed(text('value'));
		if (value !== 'none' && value !== 'one' && value !== 'all') throw new AudioRefusal(101);
		player.repeat = value;
	},
	set_shuffle: (player, { text }) => {
		const value = needed(text('value'));
		if (!['auto', 'none', 'true', 'false'].includes(value)) throw new AudioRefusal(101);
		player.shuffle = value === 'auto' || value === 'true';
	},
};

function control(call: AudioCall): ApiReply {
	const player = playerOf(call);
	if (!player.unlocked) return { error: call.state.switches.unknownCode };
	const action = ACTIONS[needed(call.text('action'))];
	if (!action) return { error: 101 };
	action(player, call);
	return {};
}

function queue(call: AudioCall): ApiReply {
	const { state, list: listOf } = call;
	const player = playerOf(call);
	const { rows, total } = page(call, player.queue);
	const songs = rows.map((id) => queueRow(state, id, listOf('additional')));
	return {
		data: {
			current: player.index ?? -1,
			mode: player.repeat === 'none' ? 'normal' : player.repeat,
			shuffle: player.shuffle ? 1 : 0,
			songs,
			timestamp: player.timestamp,
			total,
		},
	};
}

interface Container {
	type?: string;
	id?: string;
	recursive?: boolean;
	album?: string;
	album_artist?: string;
	artist?: string;
	genre?: string;
	composer?: string;
	sort_by?: string;
	sort_direction?: string;
}

/** Ids of what a container holds. */
function contentOf(call: AudioCall, box: Container): string[] {
	const { state, user } = call;
	if (box.type === 'playlist') {
		const playlist = state.playlistsOf(user).find(({ id }) => id === box.id);
		return playlist ? state.songsOf(playlist) : [];
	}
	const folder = box.type === 'folder' ? [...state.folders].find(([, n]) => `dir_${n}` === box.id)?.[0] : undefined;
	const below = ({ path }: Song): boolean =>
		folder !== undefined &&
		path.startsWith(`${folder}/`) &&
		(box.recursive === true || !path.slice(folder.length + 1).includes('/'));
	const fits: Record<string, (song: Song) => boolean> = {
		folder: below,
		album: (song) => song.album === box.album && song.album_artist === (box.album_artist ?? ''),
		artist: ({ artist }) => artist === box.artist,
		genre: ({ genre }) => genre === box.genre,
		composer: ({ composer }) => composer === box.composer,
	};
	const test = fits[box.type ?? ''];
	if (!test) throw new AudioRefusal(101);
	const key = box.sort_by === 'track' ? ({ disc, track }: Song) => disc * 1000 + track : ({ title }: Song) => title;
	const found = [...state.songs].filter(([, song]) => test(song));
	return found.sort(([, a], [, b]) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).map(([id]) => id);
}

const isKnown = ({ state }: AudioCall, id: string): boolean => state.songs.has(id) || id.startsWith('radio_');

/** Songs that are not there are left out. */
function update(call: AudioCall): ApiReply {
	const { state, number, text, list: listOf } = call;
	const player = playerOf(call);
	if (!player.unlocked) return { error: state.switches.unknownCode };
	const boxes = parseValue(text('containers_json') || '[]');
	if (!Array.isArray(boxes)) return { error: 101 };
	const ids = [
		...listOf('songs').filter((id) => isKnown(call, id)),
		...(boxes as Container[]).flatMap((box) => contentOf(call, box)),
	];
	const offset = needed(number('offset'));
	const at = offset < 0 ? player.queue.length : offset;
	state.playing.splice(player, offset, needed(number('limit')), ids);
	if (text('play') === 'true' && !player.needsPlay && ids.length > 0) state.playing.play(player, at);
	return {};
}

function setPassword(call: AudioCall): ApiReply {
	const player = playerOf(call);
	const password = needed(call.text('password'));
	if (player.password !== password) return { error: call.state.switches.unknownCode };
	player.unlocked = true;
	return {};
}

const PLAYER = 'SYNO.AudioStation.RemotePlayer';

export const playerBehaviours: BehaviourTable = {
	[`${PLAYER}.list`]: guarded(list),
	[`${PLAYER}.getstatus`]: guarded(status),
	'SYNO.AudioStation.RemotePlayerStatus.getstatus': guarded(status),
	[`${PLAYER}.control`]: guarded(control),
	[`${PLAYER}.getplaylist`]: guarded(queue),
	[`${PLAYER}.updateplaylist`]: guarded(update),
	[`${PLAYER}.setpassword`]: guarded(setPassword),
};
