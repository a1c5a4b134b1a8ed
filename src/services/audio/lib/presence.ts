import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { findSongs, listFolder, listSongs } from '../wire/library';
import { listPlaylistSongs } from '../wire/playlists';
import { everySong } from './playlists';
import type { Box, Content } from './playback';

/** What is read of the library before a player is told anything. */
export const LOOKS = [findSongs, listSongs, listFolder, listPlaylistSongs] as const;

const READ = { readOnly: true } as const;
const ONE = { library: 'all', offset: 0, limit: 1 };

/** Whether a collection holds anything; of a folder only what lies in it directly is seen, so folders in it count. */
async function isThere(dsm: Dsm, { type, id, ...box }: Box): Promise<boolean> {
	if (type === 'folder') return (await dsm.call(listFolder, { ...ONE, id }, READ)).rows.length > 0;
	if (type === 'playlist')
		return (
			(await dsm.call(listPlaylistSongs, { ...everySong(String(id)), limit: 1, songs_limit: 1 }, READ)).rows.length > 0
		);
	const { album_artist } = box;
	const asked = { ...ONE, [type]: box[type], ...(album_artist !== undefined && { album_artist }) };
	return (await dsm.call(listSongs, asked, READ)).rows.length > 0;
}

/** Songs of the library; others, such as those of media servers, cannot be asked about (audiostation.md 1.2). */
const OF_LIBRARY = /^music_(p_)?\d+$/;

const nothing = (what: string): DsmInputError =>
	new DsmInputError(`The library has no ${what}.`, {
		hint: 'Check names and IDs; an album is found with its album artist only, and IDs of songs change when the library is indexed anew.',
	});

/** What is there already, asked once it is known that the library has what is to be played or added. */
export const whereThereIs = <P, L>(
	uses: readonly Call[],
	content: (given: P) => Content,
	look: (given: P, dsm: Dsm) => Promise<L>,
) => ({
	uses: [...LOOKS, ...uses],
	async look(given: P, dsm: Dsm): Promise<L> {
		await refuseNothing(dsm, content(given));
		return await look(given, dsm);
	},
});

/** Refuses what the library does not have: a NAS takes it for nothing, and says success. */
export async function refuseNothing(dsm: Dsm, { songs = [], containers = [] }: Content): Promise<void> {
	if (songs.length > 0 && songs.every((id) => OF_LIBRARY.test(id))) {
		const found = await dsm.call(findSongs, { id: songs }, READ);
		if (found.rows.length === 0) throw nothing(`song ${songs.join(', ')}`);
	}
	for (const box of containers) {
		const { type, id, album_artist } = box;
		if (await isThere(dsm, box)) continue;
		const of = typeof album_artist === 'string' && album_artist !== '' ? ` of "${album_artist}"` : '';
		throw nothing(id === undefined ? `${type} "${String(box[type])}"${of}` : `songs in the ${type} "${String(id)}"`);
	}
}
