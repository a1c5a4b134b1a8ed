import type { Nas, User } from '../../core/nas';
import { Playing } from './playing';
import { matching } from './smart';
import type { Pin, Player, Playlist, Privilege, Radio, Song } from './types';

/** What differs between devices, or is not documented. */
export interface AudioSwitches {
	/** Code of failures that no source names: unknown player, name taken. */
	unknownCode: number;
	/** Milliseconds between the order to play and the sound. */
	transitionMs: number;
	/** Milliseconds that the index takes to be built, and to learn of new tags. */
	indexMs: number;
	tagMs: number;
	/** Status tells the path of a song without its first slash. */
	bareStatusPath: boolean;
	/** A queue is cut to so many songs. */
	queueMax: number;
}

export type NewSong = Partial<Omit<Song, 'n'>> & Pick<Song, 'path'>;

/** Audio Station of a simulated NAS. */
export class AudioState {
	readonly songs = new Map<string, Song>();
	readonly playlists: Playlist[] = [];
	readonly players = new Map<string, Player>();
	readonly radios = new Map<string, Radio[]>([
		['UserDefined', []],
		['Favorite', []],
	]);
	readonly pins = new Map<string, Pin[]>();
	/** Numbers of folders by path. */
	readonly folders = new Map<string, number>();
	/** Privileges of ordinary accounts; administrators have all. */
	readonly privileges = new Map<string, Set<Privilege>>();
	readonly switches: AudioSwitches = {
		unknownCode: 100,
		transitionMs: 1500,
		indexMs: 5000,
		tagMs: 2000,
		bareStatusPath: false,
		queueMax: 8192,
	};
	readonly playing: Playing;
	/** The index is being built until then, milliseconds. */
	indexingUntil = 0;
	/** New tags that the index learns of later. */
	readonly tags: { at: number; n: number; values: Partial<Song> }[] = [];
	private lastSong = 0;
	private lastPlaylist = 380;
	private lastPin = 0;

	constructor(readonly nas: Nas) {
		this.playing = new Playing(this);
	}

	now(): number {
		return this.nas.clock.now();
	}

	/** A file comes into the library. */
	addSong(song: NewSong): string {
		const n = ++this.lastSong;
		const name = song.path.slice(song.path.lastIndexOf('/') + 1);
		const added: Song = {
			n,
			title: name.replace(/\.[^.]*$/, ''),
			artist: '',
			album: '',
			album_artist: '',
			composer: '',
			genre: '',
			comment: '',
			track: 0,
			disc: 0,
			year: 0,
			duration: 180,
			bitrate: 320_000,
			codec: 'mp3',
			rating: 0,
			lyrics: '',
			cover: false,
			addedAt: this.now(),
			locked: false,
			missing: false,
			...song,
		};
		const id = `music_${n}`;
		this.songs.set(id, added);
		this.folderOf(song.path.slice(0, song.path.lastIndexOf('/')));
		return id;
	}

	removeSong(id: string): void {
		this.songs.delete(id);
	}

	/** Number of a folder; those above it get one, too. */
	folderOf(path: string): number {
		const known = this.folders.get(path);
		if (known !== undefined) return known;
		const above = path.slice(0, path.lastIndexOf('/'));
		if (above !== '') this.folderOf(above);
		this.folders.set(path, this.folders.size + 1);
		return this.folders.size;
	}

	addPlayer(player: Pick<Player, 'id' | 'name' | 'type'> & Partial<Player>): Player {
		const added: Player = {
			is_multiple: false,
			unlocked: player.password === undefined,
			support_seek: true,
			support_set_volume: true,
			needsPlay: false,
			volume: 40,
			repeat: 'none',
			shuffle: false,
			queue: [],
			timestamp: Math.floor(this.now() / 1000),
			index: null,
			state: 'none',
			position: 0,
			since: this.now(),
			...player,
		};
		this.players.set(added.id, added);
		return added;
	}

	/** A playlist of one's own is named by its name, a shared one by a number (audiostation.md 1.2). */
	addPlaylist(playlist: Pick<Playlist, 'name' | 'library' | 'owner'> & Partial<Playlist>): Playlist {
		const added: Playlist = { type: 'normal', songs: [], rules: [], conjunction: 'and', id: '', ...playlist };
		if (added.id === '') added.id = this.playlistId(added);
		this.playlists.push(added);
		return added;
	}

	playlistId({ library, type, name }: Playlist): string {
		return `playlist_${library}_${type}/${library === 'shared' ? ++this.lastPlaylist : name}`;
	}

	/** Playlists that an account sees. */
	playlistsOf(user: User, library = 'all'): Playlist[] {
		return this.playlists.filter(({ library: own, owner }) =>
			own === 'shared' ? library !== 'personal' : library !== 'shared' && owner === user.name,
		);
	}

	/** Songs of a playlist that are there; a smart one holds what fits its rules. */
	songsOf({ type, songs, rules, conjunction }: Playlist): string[] {
		return type === 'smart' ? matching(this, rules, conjunction) : songs;
	}

	addPin(user: string, pin: Omit<Pin, 'id'>): Pin {
		const added = { ...pin, id: `pin_${++this.lastPin}` };
		this.pins.set(user, [...(this.pins.get(user) ?? []), added]);
		return added;
	}

	has(user: User, privilege: Privilege): boolean {
		return user.administrator || this.privileges.get(user.name)?.has(privilege) === true;
	}

	/** What happened while nobody asked: songs ended, the index learned of tags. */
	catchUp(): void {
		for (const player of this.players.values()) this.playing.catchUp(player);
		for (const change of this.tags.splice(0)) {
			const song = this.songs.get(`music_${change.n}`);
			if (change.at > this.now()) this.tags.push(change);
			else if (song) Object.assign(song, change.values);
		}
	}
}

/** Audio Station of a simulated NAS, made on first use. */
export function audioOf(nas: Nas): AudioState {
	return nas.service('audio', () => new AudioState(nas));
}
