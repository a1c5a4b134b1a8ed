import { sortDirection } from '../../catalog/sorting';
import { z } from '../../vendor/zod';

/** Library that is looked into. `shared` is all there is where personal libraries are switched off (audiostation.md 6). */
export const library = z
	.enum(['all', 'shared', 'personal'])
	.default('all')
	.meta({
		title: 'Library',
		description: 'Music to look into',
		advanced: true,
		labels: { all: 'All music', shared: 'Shared music', personal: 'Own music' },
	});

export const sort_direction = sortDirection();

/** Upper case, as the web interface sends it. */
export const directionOf = (direction: 'asc' | 'desc'): string => direction.toUpperCase();

const ratedOnly = z.boolean().default(true);
export const with_rating = ratedOnly.meta({
	title: 'With Rating',
	description: 'Whether to give the average rating of the songs as well',
	advanced: true,
});

export const ratingDetail = (wanted: boolean): { additional?: string[] } =>
	wanted ? { additional: ['avg_rating'] } : {};

export const keyword = z
	.string()
	.min(1)
	.meta({ title: 'Search Text', description: 'Part of the name, whatever the case', placeholder: 'e.g. hello' });

/** Both are sent: newer releases read the one, older the other (audiostation.md 1.3). */
export const keywords = (text: string): { keyword: string; filter: string } => ({ keyword: text, filter: text });

/** Id as DSM gives it, a text that is taken as it is. */
const textId = () => z.coerce.string<string | number>().min(1);

export const song_id = textId().meta({
	title: 'Song',
	description: 'ID of the song, as lists of songs give it',
	placeholder: 'e.g. music_20508',
});

/** One or more ids: an array, or one text with commas between them. */
export const song_ids = z
	.union([z.string().min(1), z.array(z.string().min(1)).min(1)])
	.transform((given, context) => {
		const list = (typeof given === 'string' ? given.split(',') : given).flatMap((one) => one.trim() || []);
		if (list.length > 0) return list;
		context.addIssue({ code: 'custom', message: 'names no song' });
		return z.NEVER;
	})
	.meta({
		title: 'Songs',
		description: 'IDs of songs: one, several with commas between them, or an array from an expression',
		placeholder: 'e.g. music_1, music_2',
		widget: 'multiline',
	});

export const album_name = z
	.string()
	.min(1)
	.meta({ title: 'Album', description: 'Name of the album, exactly as it is stored', placeholder: 'e.g. Night Drive' });

/** An empty one is sent, too: without it, every album of that name would be meant (audiostation.md 4.4). */
export const album_artist = z.string().default('').meta({
	title: 'Album Artist',
	description: 'Artist of the album, exactly as it is stored; empty for an album that has none',
	placeholder: 'e.g. The Lanterns',
});

const name = (title: string, what: string, example: string, from: string) =>
	z
		.string()
		.min(1)
		.meta({
			title,
			description: `${what}, exactly as it is stored`,
			widget: 'picker',
			choices: { from, value: 'name', label: 'name' },
			by: { id: `e.g. ${example}` },
		});
export const artist_name = name('Artist', 'Name of the artist', 'The Lanterns', 'audio.artist.list');
export const composer_name = name('Composer', 'Name of the composer', 'J. Lantern', 'audio.composer.list');
export const genre_name = name('Genre', 'Name of the genre', 'Rock', 'audio.genre.list');

export const folder_id = textId().meta({
	title: 'Folder',
	description: 'Folder of the music library; the list shows those at the top',
	widget: 'picker',
	choices: { from: 'audio.folder.listTop', value: 'id', label: 'title' },
	by: { id: 'e.g. dir_12' },
});

export const playlist_id = textId().meta({
	title: 'Playlist',
	description: 'Playlist to work with; the ID of a personal one changes with its name',
	widget: 'picker',
	choices: { from: 'audio.playlist.list', value: 'id', label: 'name' },
	by: { id: 'e.g. playlist_personal_normal/Party' },
});

export const player_id = textId().meta({
	title: 'Player',
	description: 'Player in the network or on the NAS',
	widget: 'picker',
	choices: { from: 'audio.player.list', value: 'id', label: 'name' },
	by: { id: 'e.g. 0006785AC8AE' },
});

export const shared = z.boolean().default(false).meta({
	title: 'Shared',
	description: 'Whether all users see the playlist; that needs the right to edit playlists',
});

export const libraryOf = (isShared: boolean): string => (isShared ? 'shared' : 'personal');

/** How the picture of something is given where Audio Station has one of its own. */
export const default_cover = z.boolean().default(false).meta({
	title: 'Default Picture',
	description: 'Whether to take the picture that Audio Station has in stock where there is no own one',
	advanced: true,
});
