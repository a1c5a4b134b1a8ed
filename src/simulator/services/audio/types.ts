/** A song of the library. */
export interface Song {
	/** Number of its id: `music_7`. */
	n: number;
	/** From the shared folder on: `/music/Artist/Album/01 Title.mp3`. */
	path: string;
	title: string;
	artist: string;
	album: string;
	album_artist: string;
	composer: string;
	genre: string;
	comment: string;
	track: number;
	disc: number;
	year: number;
	/** Seconds. */
	duration: number;
	/** Bits per second. */
	bitrate: number;
	codec: string;
	rating: number;
	lyrics: string;
	cover: boolean;
	/** When it came into the library, milliseconds. */
	addedAt: number;
	/** The tag editor cannot write it. */
	locked: boolean;
	/** Its file is gone; the index does not know yet. */
	missing: boolean;
}

export interface Rule {
	tag: number;
	op: number;
	tagval: string;
	interval: number;
}

export interface Playlist {
	id: string;
	name: string;
	library: 'personal' | 'shared';
	type: 'normal' | 'smart';
	/** Login name; of shared ones who made it. */
	owner: string;
	/** Ids of songs. */
	songs: string[];
	rules: Rule[];
	conjunction: 'and' | 'or';
}

export type PlayerState = 'playing' | 'pause' | 'stopped' | 'transitioning' | 'none';

export interface Player {
	id: string;
	name: string;
	type: 'upnp' | 'airplay' | 'usb' | 'chromecast';
	is_multiple: boolean;
	/** AirPlay: control fails until it was given. */
	password?: string;
	unlocked: boolean;
	support_seek: boolean;
	support_set_volume: boolean;
	/** Renderers that stay stopped after a new queue until they are told to play (audiostation.md 4.15). */
	needsPlay: boolean;
	volume: number;
	repeat: 'none' | 'one' | 'all';
	shuffle: boolean;
	/** Ids of songs and radio stations. */
	queue: string[];
	/** Seconds. */
	timestamp: number;
	index: number | null;
	state: PlayerState;
	/** Seconds into the song at `since`. */
	position: number;
	/** Milliseconds. */
	since: number;
}

export interface Radio {
	title: string;
	url: string;
	desc: string;
}

export interface Pin {
	id: string;
	type: string;
	name: string;
	criteria: Record<string, unknown>;
}

export type Privilege = 'playlist_edit' | 'remote_player' | 'sharing' | 'tag_edit' | 'upnp_browse';
