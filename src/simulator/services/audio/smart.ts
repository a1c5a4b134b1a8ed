import type { AudioState } from './state';
import type { Rule, Song } from './types';

/** Fields of a song by the number that rules use (audiostation.md 4.12). */
const TAGS: Record<number, (song: Song) => string | number> = {
	1: ({ artist }) => artist,
	2: ({ album }) => album,
	3: ({ genre }) => genre,
	4: ({ path }) => path,
	7: ({ year }) => year,
	8: ({ bitrate }) => bitrate,
	9: ({ addedAt }) => addedAt,
	11: ({ album_artist }) => album_artist,
	12: ({ composer }) => composer,
	13: ({ rating }) => rating,
};

const lower = (value: unknown): string => String(value).toLowerCase();

function fits(song: Song, { tag, op, tagval }: Rule): boolean {
	const value = TAGS[tag]?.(song);
	if (value === undefined) return false;
	const time = tag === 9 ? Date.parse(tagval) : Number(tagval);
	if (op === 1) return lower(value) === lower(tagval);
	if (op === 2) return lower(value) !== lower(tagval);
	if (op === 3) return lower(value).includes(lower(tagval));
	if (op === 4) return !lower(value).includes(lower(tagval));
	if (op === 16 || op === 512) return Number(value) < time;
	return (op === 32 || op === 256) && Number(value) > time;
}

/** Ids of the songs that fit rules. */
export function matching(state: AudioState, rules: readonly Rule[], conjunction: 'and' | 'or'): string[] {
	return [...state.songs]
		.filter(([, song]) =>
			conjunction === 'and' ? rules.every((rule) => fits(song, rule)) : rules.some((rule) => fits(song, rule)),
		)
		.map(([id]) => id);
}
