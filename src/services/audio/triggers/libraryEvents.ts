import { absence, absent } from '../../../catalog/absence';
import { listTrigger } from '../../../catalog/listTrigger';
import { trigger } from '../../../catalog/operation';
import { compare, digest, packed, packedSnapshot, snapshotOf, unpacked, type Observed } from '../../../catalog/sources';
import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { getIndexing, getSong, listAlbums, listSongs } from '../wire/library';
import { album, song, SONG_DETAILS, type Song } from '../wire/rows';

export const albumAdded = listTrigger({
	title: 'Album added',
	summary: 'Starts when the library has a new album.',
	params: z.object({}),
	call: listAlbums,
	request: () => ({ library: 'all', sort_by: 'time', sort_direction: 'ASC', additional: ['avg_rating'] }),
	id: ({ name, album_artist = '' }) => JSON.stringify([name, album_artist]),
	idsRepeat: true,
	on: 'created',
	newest: 'last',
	event: album.with({ event_id: z.string() }),
});

/** Song of which the whole list is looked at again although its number is the same: one may have gone while another came. */
const LONGEST_QUIET = 20;

const songCursor = packedSnapshot.extend({
	total: z.number().optional(),
	quiet: z.number().int(),
	...absence,
});

const everySong = { library: 'all', sort_by: 'title', sort_direction: 'ASC', additional: SONG_DETAILS };
/** A new index may give the same file another id (audiostation.md 1.2). */
const keyOf = ({ path, id }: Song): string => path ?? id;
const observedOf = (row: Song): Observed<Song> => ({ id: keyOf(row), fingerprints: [], row });

const totalOf = async (dsm: Dsm): Promise<number | undefined> =>
	(await dsm.call(listSongs, { library: 'all', offset: 0, limit: 1 })).total;

/** Rows may have come twice or not at all while pages were read: the number of the rows then differs, and all is looked at again. */
const settledTotal = (total: number | undefined, rows: readonly Song[]): number | undefined =>
	total === rows.length ? total : undefined;

/** Code: the number of songs tells cheaply that there is nothing to look for; the library may have tens of thousands. */
export const songAdded = trigger({
	title: 'Song added',
	summary: 'Starts when the library has a new song, known by its path.',
	uses: [listSongs],
	params: z.object({}),
	cursor: songCursor,
	event: song.with({ event_id: z.string() }),
	key: ({ event_id }) => event_id,
	async start(_, handle) {
		const dsm = handle.with({ share: true });
		const total = await totalOf(dsm);
		const rows = await dsm.list(listSongs, everySong);
		const songs = await packed(snapshotOf(rows.map(observedOf)));
		return { ...songs, total: settledTotal(total, rows), quiet: 0, missing: [] };
	},
	async poll(_, known, handle) {
		const dsm = handle.with({ share: true });
		const total = await totalOf(dsm);
		const isQuiet = total !== undefined && total === known.total && known.missing.length === 0;
		if (isQuiet && known.quiet < LONGEST_QUIET) return { events: [], cursor: { ...known, quiet: known.quiet + 1 } };
		const rows = await dsm.list(listSongs, everySong);
		const before = await unpacked(known);
		const observed = rows.map(observedOf);
		const { missing, doubted } = known;
		const { kept, absence: missed, doubt } = absent<Song>({ ...before, missing, doubted }, observed, dsm.now());
		const { changes, cursor } = compare<Song | undefined>(before, [...observed, ...kept]);
		const events = changes.flatMap((change) =>
			change.kind === 'created' && change.row ? [{ ...change.row, event_id: change.event_id }] : [],
		);
		const songs = await packed(cursor);
		return { events, cursor: { ...songs, total: settledTotal(total, rows), quiet: 0, ...missed }, doubt };
	},
	async sample(_, dsm) {
		const rows = await dsm.call(listSongs, { ...everySong, offset: 0, limit: 5 });
		return rows.rows.map((row) => ({ ...row, event_id: `sample-${digest(keyOf(row))}` }));
	},
});

const told = song.with({ event_id: z.string(), previous_rating: z.number() });

/**
 * Only rated songs are listed: one that is no longer among them lost its rating, or is gone. Its id tells which.
 */
export const songRated = listTrigger({
	title: 'Rating changed',
	summary: 'Starts when a song gets another rating, or loses it.',
	params: z.object({}),
	call: listSongs,
	request: () => ({ ...everySong, song_rating_meq: 1 }),
	uses: [getSong],
	id: keyOf,
	fingerprints: ({ rating = 0, id }) => [String(rating), id],
	isGone: async (path, [, id = ''], dsm) => (await unratedOf(dsm, id, path)) !== undefined,
	on: ['created', 'changed', 'deleted'],
	tell(change) {
		if (change.kind === 'created') return [{ previous_rating: 0 }];
		const [rating, id] = change.was;
		if (change.kind === 'changed') return change.parts.includes(0) ? [{ previous_rating: Number(rating) }] : [];
		return [{ previous_rating: Number(rating), gone: id }];
	},
	async dress(found, dsm) {
		const events: unknown[] = [];
		for (const { id, row, more } of found) {
			const { gone, ...rest } = more;
			const now = row ?? (await unratedOf(dsm, String(gone), id));
			if (now) events.push({ ...now, ...rest });
		}
		return events;
	},
	event: told,
	basis: 'clients',
});

/** The song that is at the same path still, without a rating. */
async function unratedOf(dsm: Dsm, id: string, path: string): Promise<Song | undefined> {
	try {
		const now = await dsm.call(getSong, { id, additional: SONG_DETAILS });
		return keyOf(now) === path && (now.rating ?? 0) === 0 ? now : undefined;
	} catch (error) {
		if (isDsmError(error) && error.code === 'api') return undefined;
		throw error;
	}
}

/** One thing that is or is not going on. */
export const indexingFinished = listTrigger({
	title: 'Indexing finished',
	summary: 'Starts when the index of the music library is complete again. Needs an administrator.',
	right: 'administrator',
	params: z.object({}),
	uses: [getIndexing],
	look: async (_, dsm) => [await dsm.call(getIndexing)],
	id: () => 'index',
	fingerprints: ({ reindexing }) => [String(reindexing)],
	on: 'changed',
	keep: ({ reindexing }) => !reindexing,
	event: z.looseObject({ event_id: z.string(), reindexing: z.boolean() }),
});
