import { service } from '../../catalog/operation';
import { errors } from './errors';
import { replaces } from './methods';
import { albums } from './operations/album';
import { artists, composers, folders, genres } from './operations/browsing';
import { libraries } from './operations/library';
import { players } from './operations/player';
import { playlists } from './operations/playlist';
import { queues } from './operations/queue';
import { pins, radios } from './operations/small';
import { songs } from './operations/song';
import { lyrics, tags } from './operations/tags';
import { albumAdded, indexingFinished, songAdded, songRated } from './triggers/libraryEvents';
import { playerStateChanged, songStarted, volumeChanged } from './triggers/playerEvents';
import { playlistChanged } from './triggers/playlistChanged';

export const audio = service({
	id: 'audio',
	title: 'Audio Station',
	summary:
		'Players in the house, the music library, playlists, tags and radio stations, as the account of the connection.',
	package: 'Audio Station',
	privilege: 'Audio Station',
	apis: 'SYNO.AudioStation.',
	errors,
	replaces,
	resources: {
		player: players,
		queue: queues,
		library: libraries,
		song: songs,
		album: albums,
		artist: artists,
		composer: composers,
		genre: genres,
		folder: folders,
		playlist: playlists,
		lyric: lyrics,
		tag: tags,
		radio: radios,
		pin: pins,
	},
	triggers: {
		songStarted,
		playerStateChanged,
		volumeChanged,
		songAdded,
		albumAdded,
		playlistChanged,
		songRated,
		indexingFinished,
	},
});
