import { listTrigger } from '../../../catalog/listTrigger';
import { digest } from '../../../catalog/sources';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { playlist_id } from '../fields';
import { everySong } from '../lib/playlists';
import { listPlaylists, listPlaylistSongs } from '../wire/playlists';
import { playlist, type Playlist } from '../wire/rows';

type Seen = Playlist & { songs_digest?: string };

/** Playlists with what they hold, where that can be read. */
async function look({ playlist_id: only }: { playlist_id?: string | undefined }, dsm: Dsm): Promise<Seen[]> {
	const seen: Seen[] = [];
	for (const row of await dsm.list(listPlaylists, { library: 'all' })) {
		if (only !== undefined && row.id !== only) continue;
		try {
			const songs = await dsm.list(listPlaylistSongs, { ...everySong(row.id), additional: ['songs'] });
			const ids = songs.map(({ id }) => id);
			seen.push({ ...row, songs_total: ids.length, songs_digest: digest(ids) });
		} catch (error) {
			if (!isDsmError(error) || error.code !== 'api') throw error;
			seen.push(row);
		}
	}
	return seen;
}

/** What changed, by the position of what is compared. */
const PARTS = ['renamed', 'songs'];

export const playlistChanged = listTrigger({
	title: 'Playlist changed',
	summary:
		'Starts when a playlist is created, renamed or deleted, or holds other songs; a personal one that is renamed counts as a new one and a deleted one.',
	params: z.object({
		playlist_id: playlist_id.optional().meta({
			title: 'Playlist',
			description: 'Playlist that is watched; all playlists when empty',
			widget: 'picker',
			choices: { from: 'audio.playlist.list', value: 'id', label: 'name' },
			by: { id: 'e.g. playlist_personal_normal/Party' },
		}),
	}),
	look,
	uses: [listPlaylists, listPlaylistSongs],
	id: ({ id }) => id,
	fingerprints: ({ name, songs_digest }) => (songs_digest === undefined ? undefined : [name, songs_digest]),
	on: ['created', 'changed', 'deleted'],
	tell(change) {
		if (change.kind === 'created') return [{ change: 'created' }];
		if (change.kind === 'deleted') return [{ id: change.id, name: change.was[0], change: 'deleted' }];
		return change.parts.map((part) => ({ change: PARTS[part] }));
	},
	dress: async (found) => {
		const events = found.map(({ row, more }) => {
			const { songs_digest: _, ...rest } = row ?? {};
			return { ...rest, ...more };
		});
		return await Promise.resolve(events);
	},
	event: playlist.with({ event_id: z.string(), change: z.string() }).as({
		simple: ['event_id', 'change', 'id', 'name', 'library', 'type', 'path', 'songs_total', 'sharing_status'],
	}),
});
